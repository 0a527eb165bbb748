//! Channels as they are set and tried.

use std::sync::atomic::Ordering;

use tallyport_ledger::ManageChannels;
use tallyport_ledger::alert::Severity;
use tallyport_ledger::channel::ChannelKind;
use tallyport_ledger::delivery::DeliveryState;
use tallyport_workspace::channels::{ChannelAsk, SettingsAsk};
use tallyport_workspace::delivery::{Delivered, deliver_due};
use tallyport_workspace::{WorkspaceError, channels};

use crate::post_office::{HOUR, Receiver, add, webhook};
use crate::scene::{Scene, secret};

#[tokio::test]
async fn a_test_sends_the_real_thing_once_and_answers_how_it_went() {
    let (scene, receiver) = (Scene::new().await, Receiver::new().await);
    let channel = add(&scene, webhook("Bot", &receiver)).await;
    let by = scene.may::<ManageChannels>();
    let tested = channels::test(&scene.cx, &by, channel.id).await.unwrap();
    assert_eq!(tested.state, DeliveryState::Sent);
    assert!(
        receiver.taken()[0]["title"]
            .as_str()
            .unwrap()
            .starts_with("Test:")
    );
    receiver.answers(503);
    let tested = channels::test(&scene.cx, &by, channel.id).await.unwrap();
    assert_eq!(
        tested.state,
        DeliveryState::Failed,
        "a test is not repeated"
    );
    assert!(tested.error.unwrap().contains("503"));
    receiver.taken();
    scene.time.fetch_add(5 * HOUR, Ordering::SeqCst);
    assert_eq!(deliver_due(&scene.cx).await.unwrap(), Delivered::default());
    assert!(receiver.taken().is_empty());
}

#[tokio::test]
async fn a_password_stays_with_the_server_that_it_was_given_for() {
    let scene = Scene::new().await;
    let by = scene.may::<ManageChannels>();
    let mail = |host: &str, from: &str, password: Option<&str>| ChannelAsk {
        kind: ChannelKind::Mail,
        name: "Mail".to_owned(),
        enabled: true,
        settings: SettingsAsk {
            host: Some(host.to_owned()),
            user: Some("ada".to_owned()),
            from: Some(from.to_owned()),
            to: Some(vec!["cfo@example.com".to_owned()]),
            ..SettingsAsk::default()
        },
        secret: password.map(secret),
        least: Severity::Notice,
        digest: None,
    };
    let field = |error: WorkspaceError| match error {
        WorkspaceError::Invalid { field, .. } => field,
        other => panic!("{other}"),
    };
    let none = channels::add(
        &scene.cx,
        &by,
        mail("mail.example.com", "a@example.com", None),
    )
    .await;
    assert_eq!(field(none.unwrap_err()), "secret");
    let ask = mail("mail.example.com", "a@example.com", Some("Canary-password"));
    let added = channels::add(&scene.cx, &by, ask).await.unwrap();
    let ask = mail("mail.example.com", "b@example.com", None);
    channels::change(&scene.cx, &by, added.id, ask)
        .await
        .unwrap();
    let ask = mail("mail.evil.example", "b@example.com", None);
    let stolen = channels::change(&scene.cx, &by, added.id, ask).await;
    assert_eq!(field(stolen.unwrap_err()), "secret");
    // Neither in the trail nor, in clear, in any file of the workspace.
    let trail = scene
        .cx
        .store
        .read(|r| Ok::<_, WorkspaceError>(r.audit_trail(None, 100)?))
        .await
        .unwrap();
    assert!(trail.iter().any(|line| line.action == "channel.changed"));
    assert!(!format!("{trail:?}").contains("Canary"));
    for file in std::fs::read_dir(scene.folder.path()).unwrap() {
        let file = file.unwrap().path();
        if file.is_file() {
            let bytes = std::fs::read(&file).unwrap();
            let found = bytes.windows(15).any(|part| part == b"Canary-password");
            assert!(!found, "{}", file.display());
        }
    }
}
