use sha2::{Digest, Sha256};
use tallyport_ledger::alert::Severity;
use tallyport_ledger::channel::ChannelKind;
use tallyport_ledger::delivery::DeliveryState;
use tallyport_ledger::{Electronic, IssueInvoices, ManageChannels};
use tallyport_store::{ChannelId, Delivery, InvoiceId, Mailing};
use tallyport_workspace::channels::{self, ChannelAsk, SettingsAsk};
use tallyport_workspace::invoices::{self, BatchAction, LetterAsk};
use tallyport_workspace::{WorkspaceError, delivery};

use crate::batch::outcomes;
use crate::billing::{of, terms};
use crate::desk::{Desk, desk};
use crate::scene::moment;
use crate::server::Server;

impl Desk {
    async fn mail(&self, name: &str, server: &Server) -> ChannelId {
        let by = self.scene.may::<ManageChannels>();
        let ask = ChannelAsk {
            kind: ChannelKind::Mail,
            name: name.to_owned(),
            enabled: true,
            settings: SettingsAsk {
                host: Some("localhost".to_owned()),
                port: Some(u16::try_from(server.port).unwrap()),
                security: Some("none".to_owned()),
                from: Some("Nord GmbH <billing@example.com>".to_owned()),
                to: Some(vec!["cfo@example.com".to_owned()]),
                ..SettingsAsk::default()
            },
            secret: None,
            least: Severity::Urgent,
            digest: Some(("08:00".to_owned(), "UTC".to_owned())),
        };
        channels::add(&self.scene.cx, &by, ask).await.unwrap().id
    }

    async fn send(&self, id: InvoiceId, ask: LetterAsk) -> Result<Delivery, WorkspaceError> {
        let by = self.scene.may::<IssueInvoices>();
        invoices::send(&self.scene.cx, &by, id, ask).await
    }

    async fn told(&self, id: InvoiceId) -> Vec<(String, String)> {
        let detail = invoices::detail(&self.scene.cx, &self.scene.may(), id).await;
        let history = detail.unwrap().history.into_iter();
        let text = |record: &tallyport_workspace::AuditRecord, key: &str| {
            record.details[key].as_str().unwrap_or_default().to_owned()
        };
        history
            .filter(|record| record.details.get("to").is_some())
            .map(|record| (record.action.clone(), text(&record, "to")))
            .collect()
    }
}

fn to(address: &str) -> LetterAsk {
    LetterAsk {
        to: Some(vec![address.to_owned()]),
        ..LetterAsk::default()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_paper_that_was_kept_is_what_arrives_and_it_goes_out_once() {
    let (desk, server) = (desk().await, Server::mailbox("plain", "take"));
    desk.mail("Post", &server).await;
    let by = desk.scene.may::<IssueInvoices>();
    let mailing = Mailing {
        channel: None,
        reply_to: Some("accounts@example.com".to_owned()),
        copy_to: vec!["archive@example.com".to_owned()],
    };
    invoices::set_mailing(&desk.scene.cx, &by, mailing)
        .await
        .unwrap();
    let invoice = desk.issued("ada").await;
    let message = invoices::message(&desk.scene.cx, &desk.scene.may(), invoice.id)
        .await
        .unwrap();
    assert_eq!(message.problem, None);

    let sent = desk.send(invoice.id, LetterAsk::default()).await.unwrap();
    assert_eq!((sent.state, sent.attempts), (DeliveryState::Sent, 1));
    let mail = server.next();
    assert_eq!(mail["from"], "billing@example.com");
    assert_eq!(
        mail["to"],
        serde_json::json!(["ada@example.com", "archive@example.com"])
    );
    assert_eq!(mail["subject"], message.subject.as_str());
    assert_eq!(mail["subject"], "Invoice INV-00001 from Books");
    let paper = invoices::paper(&desk.scene.cx, &desk.scene.may(), invoice.id)
        .await
        .unwrap();
    let hash: String = Sha256::digest(paper)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    assert_eq!(
        mail["files"],
        serde_json::json!([{
            "name": "INV-00001.pdf", "type": "application/pdf", "sha256": hash,
        }])
    );
    assert_eq!(message.files[0].sha256, hash);
    let letter = desk.now(invoice.id).await.letter.unwrap();
    assert_eq!(letter.state, DeliveryState::Sent);
    let ada = "ada@example.com".to_owned();
    assert_eq!(
        desk.told(invoice.id).await,
        [
            ("invoice.posted".to_owned(), ada.clone()),
            ("invoice.sent".to_owned(), ada)
        ]
    );

    let twice = desk
        .send(invoice.id, LetterAsk::default())
        .await
        .unwrap_err();
    assert_eq!(twice.code(), "invoice.sent", "{twice}");
    assert!(server.is_silent());
    let again = LetterAsk {
        subject: Some("Once more".to_owned()),
        again: true,
        ..to("bea@example.com")
    };
    desk.send(invoice.id, again).await.unwrap();
    let mail = server.next();
    assert_eq!(
        (&mail["to"][0], &mail["subject"]),
        (&"bea@example.com".into(), &"Once more".into())
    );
    // The log of notices, which everybody may read who sees costs, does not tell who was billed.
    let log = delivery::log(&desk.scene.cx, &desk.scene.may(), Default::default()).await;
    assert!(log.unwrap().0.is_empty());
    desk.sound().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_sent_is_refused_before_anything_goes_out() {
    let (desk, server) = (desk().await, Server::mailbox("plain", "take"));
    let draft = desk.drafted("ben").await;
    let code = |answer: Result<Delivery, WorkspaceError>| answer.unwrap_err().code();
    let usual = LetterAsk::default;
    assert_eq!(code(desk.send(draft.id, usual()).await), "invoice.draft");
    let invoice = desk.issued("ada").await;
    assert_eq!(
        code(desk.send(invoice.id, usual()).await),
        "invoice.no-channel"
    );
    desk.mail("Post", &server).await;
    let other = desk.mail("Other", &server).await;
    assert_eq!(
        code(desk.send(invoice.id, usual()).await),
        "invoice.which-channel"
    );
    let by = desk.scene.may::<IssueInvoices>();
    let mailing = Mailing {
        channel: Some(other),
        ..Mailing::default()
    };
    invoices::set_mailing(&desk.scene.cx, &by, mailing)
        .await
        .unwrap();
    for ask in [to("ada at example"), to("")] {
        let refused = desk.send(invoice.id, ask).await.unwrap_err();
        assert!(
            matches!(refused.code(), "request.invalid" | "invoice.no-address"),
            "{refused}"
        );
    }
    assert!(server.is_silent());
    desk.send(invoice.id, usual()).await.unwrap();
    assert_eq!(server.next()["to"][0], "ada@example.com");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_refuses_is_told_and_one_that_cannot_now_gets_it_later_and_once() {
    let (desk, server) = (desk().await, Server::mailbox("plain", "take"));
    let channel = desk.mail("Post", &server).await;
    let ada = desk.issued("ada").await;
    let refused = desk.send(ada.id, to("nobody@example.com")).await.unwrap();
    assert_eq!(refused.state, DeliveryState::Failed);
    assert!(refused.error.unwrap().contains("no such mailbox"));
    let told = desk.told(ada.id).await;
    assert_eq!(told.last().unwrap().0, "invoice.not_sent");
    let popups = delivery::popups(&desk.scene.cx).await.unwrap();
    assert!(
        popups[0].notice.title.contains("was not sent"),
        "{popups:?}"
    );
    desk.send(ada.id, LetterAsk::default()).await.unwrap();
    assert_eq!(
        server.next()["to"][0],
        "ada@example.com",
        "after that it can go out"
    );

    // The server is away for a while.
    drop(server);
    let ben = desk.drafted("ben").await;
    desk.issue(ben.id).await.unwrap();
    let waits = desk.send(ben.id, LetterAsk::default()).await.unwrap();
    assert_eq!((waits.state, waits.attempts), (DeliveryState::Waiting, 1));
    assert!(waits.next_attempt_at.is_some());
    let server = Server::mailbox("plain", "take");
    let all = channels::list(&desk.scene.cx, &desk.scene.may())
        .await
        .unwrap();
    let post = all.iter().find(|one| one.id == channel).unwrap();
    let ask = ChannelAsk {
        kind: ChannelKind::Mail,
        name: post.name.clone(),
        enabled: true,
        settings: SettingsAsk {
            host: Some("localhost".to_owned()),
            port: Some(u16::try_from(server.port).unwrap()),
            security: Some("none".to_owned()),
            from: Some("billing@example.com".to_owned()),
            to: Some(vec!["cfo@example.com".to_owned()]),
            ..SettingsAsk::default()
        },
        secret: None,
        least: Severity::Urgent,
        digest: None,
    };
    channels::change(&desk.scene.cx, &desk.scene.may(), channel, ask)
        .await
        .unwrap();
    desk.scene.time.store(
        moment("2026-11-22T12:00:00Z"),
        std::sync::atomic::Ordering::SeqCst,
    );
    let delivered = delivery::deliver_due(&desk.scene.cx).await.unwrap();
    assert_eq!(delivered.sent, 1);
    assert_eq!(server.next()["to"][0], "ben@example.com");
    assert_eq!(delivery::deliver_due(&desk.scene.cx).await.unwrap().sent, 0);
    assert!(server.is_silent());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_buyers_program_reads_goes_with_it() {
    let (desk, server) = (desk().await, Server::mailbox("plain", "take"));
    desk.in_germany().await;
    desk.mail("Post", &server).await;
    for (whom, kind, names) in [
        (
            "ada",
            Electronic::Ubl,
            &["INV-00001.pdf", "INV-00001.xml"][..],
        ),
        ("ben", Electronic::FacturX, &["INV-00002.pdf"]),
    ] {
        let mut ask = of("FR", Some("FR40303265045"));
        ask.party.city = Some("Paris".to_owned());
        ask.electronic = Some(kind);
        ask.language = Some("fr".to_owned());
        ask.invoice_emails = vec![format!("{whom}@paris.example")];
        desk.buyer(&format!("person:{whom}"), ask).await.unwrap();
        let invoice = desk.issued(whom).await;
        desk.send(invoice.id, LetterAsk::default()).await.unwrap();
        let mail = server.next();
        let files = mail["files"].as_array().unwrap();
        let found: Vec<&str> = files
            .iter()
            .map(|file| file["name"].as_str().unwrap())
            .collect();
        assert_eq!(found, names, "{whom}");
        assert!(mail["subject"].as_str().unwrap().starts_with("Facture "));
        assert_eq!(mail["to"][0], format!("{whom}@paris.example"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_sends_each_once_and_says_whom_it_could_not_reach() {
    let (desk, server) = (desk().await, Server::mailbox("plain", "take"));
    desk.mail("Post", &server).await;
    let mut ask = terms();
    ask.invoice_emails = vec!["nobody@example.com".to_owned()];
    desk.buyer("person:ben", ask).await.unwrap();
    desk.batch(BatchAction::Draft).await;
    desk.batch(BatchAction::Issue).await;
    let pair = |ada: &str, ben: &str| {
        vec![
            ("ada".to_owned(), ada.to_owned()),
            ("ben".to_owned(), ben.to_owned()),
        ]
    };
    let result = desk.batch(BatchAction::Send).await;
    assert_eq!(outcomes(&result), pair("sent", "failed"), "{result}");
    let reason = result["recipients"][1]["reason"].as_str().unwrap();
    assert!(reason.contains("no such mailbox"), "{reason}");
    assert_eq!(server.next()["to"][0], "ada@example.com");
    let again = desk.batch(BatchAction::Send).await;
    assert_eq!(outcomes(&again), pair("unchanged", "failed"), "{again}");
    assert!(server.is_silent());
}
