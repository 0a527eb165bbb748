use base64::Engine as _;
use tallyport_notify::{Mail, Protection, Secret, SendError, Sender as _};

use crate::notices::{evil, long, parcel};
use crate::server::{Server, certificate};

pub const PASSWORD: &str = "Canary-SMTP-pa55word";

pub fn mail(server: &Server, protection: Protection) -> Mail {
    let signs_in = protection != Protection::None;
    Mail {
        host: "localhost".to_owned(),
        port: u16::try_from(server.port).unwrap(),
        protection,
        authority: Some(std::fs::read_to_string(certificate("authority.pem")).unwrap()),
        sign_in: signs_in.then(|| {
            (
                "finance@example.com".to_owned(),
                Secret::new(PASSWORD.to_owned()),
            )
        }),
        from: "Tallyport <tallyport@example.com>".to_owned(),
        to: vec![
            "cfo@example.com".to_owned(),
            "Ada <ada@example.com>".to_owned(),
        ],
    }
}

fn data(told: &serde_json::Value) -> String {
    let text = told["data"].as_str().unwrap();
    let bytes = base64::engine::general_purpose::STANDARD
        .decode(text)
        .unwrap();
    String::from_utf8(bytes).unwrap()
}

/// The parts of a mail, decoded as far as these tests need it.
fn readable(mail: &str) -> String {
    let unfolded = mail.replace("=\r\n", "");
    unfolded.replace("=E2=80=A6", "…").replace("=3D", "=")
}

#[tokio::test]
async fn a_mail_with_the_figures_arrives_over_tls_both_ways_of_it() {
    for (way, protection) in [("tls", Protection::Tls), ("starttls", Protection::StartTls)] {
        let server = Server::mailbox(way, "take");
        mail(&server, protection)
            .send(&parcel("ws-1"))
            .await
            .unwrap();
        let told = server.next();
        assert_eq!(told["tls"], true, "{way}");
        assert_eq!(told["user"], "finance@example.com");
        assert_eq!(told["from"], "tallyport@example.com");
        assert_eq!(
            told["to"],
            serde_json::json!(["cfo@example.com", "ada@example.com"])
        );
        let data = readable(&data(&told));
        for part in [
            "Message-ID: <ws-1@example.com>",
            "Auto-Submitted: auto-generated",
            "Subject: Jane Doe at 81 % of September's budget",
            "Content-Type: multipart/alternative",
            "  Spent so far   8,123.46 USD",
            "  Limit         10,000.00 USD",
            ">8,123.46 USD</td>",
        ] {
            assert!(data.contains(part), "{way}: {part} in\n{data}");
        }
    }
}

#[tokio::test]
async fn the_same_parcel_is_the_same_mail_so_that_a_second_one_can_be_told() {
    let server = Server::mailbox("tls", "take");
    let (sender, parcel) = (mail(&server, Protection::Tls), parcel("ws-2"));
    sender.send(&parcel).await.unwrap();
    sender.send(&parcel).await.unwrap();
    assert_eq!(data(&server.next()), data(&server.next()));
}

#[tokio::test]
async fn a_server_that_nobody_vouches_for_gets_neither_mail_nor_password() {
    for (way, protection) in [("tls", Protection::Tls), ("starttls", Protection::StartTls)] {
        let server = Server::mailbox(way, "take");
        let stranger = Mail {
            authority: None,
            ..mail(&server, protection)
        };
        let refused = stranger.send(&parcel("ws-3")).await.unwrap_err();
        assert!(
            matches!(refused, SendError::Unreachable { .. }),
            "{refused:?}"
        );
        assert!(server.is_silent());
    }
    // A server without TLS, where TLS was asked for.
    let server = Server::mailbox("plain", "take");
    for protection in [Protection::StartTls, Protection::Tls] {
        let refused = mail(&server, protection)
            .send(&parcel("ws-4"))
            .await
            .unwrap_err();
        assert!(!refused.to_string().contains(PASSWORD), "{refused}");
        assert!(server.is_silent());
    }
}

#[tokio::test]
async fn without_tls_mail_goes_to_this_computer_only_and_never_with_a_password() {
    let server = Server::mailbox("plain", "take");
    let plain = mail(&server, Protection::None);
    plain.send(&parcel("ws-5")).await.unwrap();
    assert_eq!(server.next()["tls"], false);
    let elsewhere = Mail {
        host: "mail.example.com".to_owned(),
        ..plain.clone()
    };
    let with_password = Mail {
        sign_in: Some((
            "finance@example.com".to_owned(),
            Secret::new(PASSWORD.to_owned()),
        )),
        ..plain
    };
    for wrong in [elsewhere, with_password] {
        let refused = wrong.send(&parcel("ws-5")).await.unwrap_err();
        assert!(matches!(refused, SendError::Unusable(_)), "{refused:?}");
    }
    assert!(server.is_silent());
}

#[tokio::test]
async fn what_a_server_says_decides_whether_it_is_tried_again() {
    let server = Server::mailbox("tls", "later");
    let later = mail(&server, Protection::Tls)
        .send(&parcel("ws-6"))
        .await
        .unwrap_err();
    assert!(
        matches!(later, SendError::Later { .. }) && !later.is_lasting(),
        "{later:?}"
    );
    let server = Server::mailbox("tls", "refuse");
    let never = mail(&server, Protection::Tls)
        .send(&parcel("ws-6"))
        .await
        .unwrap_err();
    assert!(
        matches!(never, SendError::Refused { .. }) && never.is_lasting(),
        "{never:?}"
    );
    let server = Server::mailbox("starttls", "quote");
    let wrong = mail(&server, Protection::StartTls)
        .send(&parcel("ws-6"))
        .await
        .unwrap_err();
    assert!(
        matches!(wrong, SendError::SignIn { .. }) && wrong.is_lasting(),
        "{wrong:?}"
    );
    let gone = mail(&Server::mailbox("tls", "take"), Protection::Tls);
    let gone = gone.send(&parcel("ws-6")).await.unwrap_err();
    assert!(
        matches!(gone, SendError::Unreachable { .. }) && !gone.is_lasting(),
        "{gone:?}"
    );
}

#[tokio::test]
async fn a_name_in_a_mail_is_neither_a_header_nor_markup_nor_endless() {
    let server = Server::mailbox("tls", "take");
    let sender = mail(&server, Protection::Tls);
    sender.send(&evil("ws-7")).await.unwrap();
    let told = server.next();
    assert_eq!(
        told["to"],
        serde_json::json!(["cfo@example.com", "ada@example.com"])
    );
    let data = readable(&data(&told));
    let (headers, body) = data.split_once("\r\n\r\n").unwrap();
    assert!(
        !headers.lines().any(|line| line.starts_with("Bcc:")),
        "{headers}"
    );
    let html = &body[body.find("<!doctype").unwrap()..];
    for markup in ["<img", "<script", "<!channel", "\u{202e}"] {
        assert!(!html.contains(markup), "{markup} in {html}");
    }
    assert!(html.contains("&lt;script&gt;"), "it is shown as what it is");

    sender.send(&long("ws-8")).await.unwrap();
    let size = server.next()["data"].as_str().unwrap().len();
    assert!(size < 200_000, "{size}");
}
