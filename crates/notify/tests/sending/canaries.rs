//! Secrets that are told to servers which repeat them, fail, hang and lie: none comes back out.

use std::io::Write;
use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tallyport_notify::{Mail, Protection, Secret, Sender, Slack, Teams, Webhook};
use tracing_subscriber::fmt::MakeWriter;

use crate::mail::{PASSWORD, mail};
use crate::notices::parcel;
use crate::post::{KEY, address, webhook};
use crate::server::Server;

/// All that is logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

/// The ways in which a secret could be written.
fn forms(secret: &str) -> Vec<String> {
    let hex: String = secret.bytes().map(|byte| format!("{byte:02x}")).collect();
    let encoded = STANDARD.encode(secret);
    // What stays of a secret in base64 wherever it begins in what was encoded.
    let shifted = |by: usize| {
        let text = STANDARD.encode(["x".repeat(by), secret.to_owned()].concat());
        text[4..text.len() - 4].to_owned()
    };
    vec![
        secret.to_owned(),
        hex,
        encoded.trim_end_matches('=').to_owned(),
        shifted(1),
        shifted(2),
    ]
}

#[tokio::test]
async fn no_form_of_a_secret_stands_in_an_error_or_a_log_however_it_fails() {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
        .with_writer(log.clone())
        .with_ansi(false)
        .finish();
    let _guard = tracing::subscriber::set_default(subscriber);

    let mut failing: Vec<(String, Box<dyn Sender>)> = Vec::new();
    let mut servers = Vec::new();
    let mut note = |name: String, sender: Box<dyn Sender>| failing.push((name, sender));
    for answers in [
        "echo", "500", "503", "429", "401", "403", "404", "410", "302", "307",
    ] {
        let server = Server::receiver(KEY, answers);
        note(format!("webhook {answers}"), Box::new(webhook(&server)));
        note(
            format!("slack {answers}"),
            Box::new(Slack {
                address: address(&server),
                allow_private: true,
            }),
        );
        note(
            format!("teams {answers}"),
            Box::new(Teams {
                address: address(&server),
                allow_private: answers != "echo",
            }),
        );
        servers.push(server);
    }
    for answers in ["quote", "refuse", "later"] {
        for (way, protection) in [("tls", Protection::Tls), ("starttls", Protection::StartTls)] {
            let server = Server::mailbox(way, answers);
            note(
                format!("mail {way} {answers}"),
                Box::new(mail(&server, protection)),
            );
            servers.push(server);
        }
    }
    let taking = Server::mailbox("tls", "take");
    let wrong = |text: &str| {
        Some((
            "finance@example.com".to_owned(),
            Secret::new(text.to_owned()),
        ))
    };
    let other = Mail {
        sign_in: wrong("Canary-SMTP-pa55word-of-another"),
        ..mail(&taking, Protection::Tls)
    };
    note("mail with a wrong password".to_owned(), Box::new(other));
    let stranger = Mail {
        authority: None,
        ..mail(&taking, Protection::Tls)
    };
    note("mail to a stranger".to_owned(), Box::new(stranger));
    for odd in [
        "ftp://127.0.0.1/Canary00T",
        "http://user:Canary00T@127.0.0.1/",
        "https://[Canary00T",
        "Canary00T",
    ] {
        let odd = Webhook {
            address: Secret::new(odd.to_owned()),
            key: Secret::new(KEY.to_owned()),
            allow_private: true,
        };
        note("an address that is none".to_owned(), Box::new(odd));
    }
    let closed = Secret::new("http://127.0.0.1:9/services/Canary00T/Canary11B".to_owned());
    note(
        "nobody listens".to_owned(),
        Box::new(Slack {
            address: closed,
            allow_private: true,
        }),
    );

    assert!(failing.len() >= 40, "{} ways to fail", failing.len());
    let mut said = String::new();
    for (name, sender) in &failing {
        let error = sender.send(&parcel("ws-1")).await.expect_err(name);
        said.push_str(&format!("{name}: {error} {error:?}\n"));
    }
    said.push_str(&format!("{:?}", webhook(&servers[0])));
    said.push_str(&format!("{:?}", mail(&taking, Protection::Tls)));
    let logged = String::from_utf8_lossy(&log.0.lock().unwrap()).into_owned();
    assert!(
        logged.contains("TRACE"),
        "the most talkative level was listened to"
    );
    for canary in [PASSWORD, KEY, "Canary00T", "Canary11B"] {
        for form in forms(canary) {
            assert!(
                !said.contains(&form),
                "{form} of {canary} in an error:\n{said}"
            );
            let line = logged.lines().find(|line| line.contains(&form));
            assert_eq!(line, None, "{form} of {canary} in the log");
        }
    }
}
