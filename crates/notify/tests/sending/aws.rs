use tallyport_notify::{SendError, Sender as _, Ses, Sms};
use tallyport_sandbox::{Fault, Sandbox, SandboxOptions};

use crate::notices::{evil, long, parcel};

fn sandbox(folder: &tempfile::TempDir) -> Sandbox {
    Sandbox::open(SandboxOptions {
        folder: folder.path().to_owned(),
        today: jiff::civil::date(2026, 11, 21),
        seed: 7,
    })
    .unwrap()
}

fn ses(sandbox: &Sandbox) -> Ses {
    Ses {
        config: sandbox.sdk_config(),
        from: "alerts@northwind.example".to_owned(),
        to: vec!["cfo@northwind.example".to_owned()],
    }
}

fn sms(sandbox: &Sandbox) -> Sms {
    Sms {
        config: sandbox.sdk_config(),
        to: vec!["+431234567".to_owned(), "+15550100".to_owned()],
        sender_id: Some("Tallyport".to_owned()),
    }
}

#[tokio::test]
async fn ses_gets_the_same_mail_as_a_mail_server() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = sandbox(&folder);
    ses(&sandbox).send(&parcel("ws-1")).await.unwrap();
    let [mail] = &sandbox.mails()[..] else {
        panic!("one mail: {:?}", sandbox.mails());
    };
    assert_eq!(mail.from, "alerts@northwind.example");
    assert_eq!(mail.to, ["cfo@northwind.example"]);
    let raw = String::from_utf8(mail.raw.clone()).unwrap();
    assert!(
        raw.contains("Message-ID: <ws-1@northwind.example>"),
        "{raw}"
    );
    assert!(raw.contains("8,123.46 USD"), "{raw}");
    let stranger = Ses {
        from: "alerts@elsewhere.example".to_owned(),
        ..ses(&sandbox)
    };
    let refused = stranger.send(&parcel("ws-2")).await.unwrap_err();
    assert!(
        refused.is_lasting() && refused.to_string().contains("not verified"),
        "{refused}"
    );
}

#[tokio::test]
async fn a_text_message_is_short_and_says_how_much() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = sandbox(&folder);
    for parcel in [parcel("ws-3"), evil("ws-4"), long("ws-5")] {
        sms(&sandbox).send(&parcel).await.unwrap();
    }
    let texts = sandbox.texts();
    assert_eq!(texts.len(), 6, "each to both numbers");
    assert_eq!(texts[0].number, "+431234567");
    assert_eq!(texts[1].number, "+15550100");
    assert_eq!(texts[0].sender_id.as_deref(), Some("Tallyport"));
    assert_eq!(
        texts[0].message,
        "Tallyport: Jane Doe at 81 % of September's budget; Spent so far: 8,123.46 USD; Limit: 10,000.00 USD"
    );
    for text in texts {
        assert!(text.message.chars().count() <= 300, "{}", text.message);
        assert!(
            !text.message.contains(['\n', '\u{202e}']),
            "{}",
            text.message
        );
    }
    let nobody = Sms {
        to: vec!["0043".to_owned()],
        ..sms(&sandbox)
    };
    assert!(nobody.send(&parcel("ws-6")).await.unwrap_err().is_lasting());
}

#[tokio::test]
async fn what_aws_says_decides_whether_it_is_tried_again() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = sandbox(&folder);
    for (operation, fault, lasting) in [
        ("ses:SendEmail", Fault::Throttling, false),
        ("sns:Publish", Fault::Throttling, false),
        ("ses:SendEmail", Fault::AccessDenied, true),
        ("sns:Publish", Fault::AccessDenied, true),
        ("ses:SendEmail", Fault::ConnectionReset, false),
    ] {
        sandbox.faults().next(operation, fault, 20);
        let refused = if operation.starts_with("ses") {
            ses(&sandbox).send(&parcel("ws-7")).await
        } else {
            sms(&sandbox).send(&parcel("ws-7")).await
        };
        let refused = refused.unwrap_err();
        assert_eq!(
            refused.is_lasting(),
            lasting,
            "{operation} {fault:?}: {refused:?}"
        );
        if fault == Fault::AccessDenied {
            assert!(matches!(refused, SendError::SignIn { .. }), "{refused:?}");
            assert!(refused.to_string().contains(operation), "{refused}");
        }
        sandbox.faults().clear();
    }
}
