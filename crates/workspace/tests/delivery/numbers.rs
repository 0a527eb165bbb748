//! Text messages to several numbers: each is told by itself.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use tallyport_ledger::alert::Severity;
use tallyport_ledger::channel::ChannelKind;
use tallyport_ledger::delivery::DeliveryState;
use tallyport_ledger::{ManageChannels, ManageClients};
use tallyport_sandbox::{Fault, Sandbox, SandboxOptions};
use tallyport_workspace::channels::{self, Channel, ChannelAsk, SettingsAsk};
use tallyport_workspace::clients::{self, ConnectionDraft};
use tallyport_workspace::delivery::deliver_due;
use tallyport_workspace::{Access, AwsSource, ConnectionId, Context};

use crate::post_office::{HOUR, add, log, notice, post, sent};
use crate::scene::{Scene, clock, random};

const ADA: &str = "+431234567";
const BOB: &str = "+15550100";

fn texting(connection: ConnectionId, to: &[&str]) -> ChannelAsk {
    ChannelAsk {
        kind: ChannelKind::Sms,
        name: "Phones".to_owned(),
        enabled: true,
        settings: SettingsAsk {
            connection: Some(connection),
            to: Some(to.iter().map(|&number| number.to_owned()).collect()),
            ..SettingsAsk::default()
        },
        secret: None,
        least: Severity::Notice,
        digest: None,
    }
}

/// A workspace that sends text messages through the sandbox.
async fn phones() -> (Scene, Sandbox, ConnectionId, Channel) {
    let mut scene = Scene::new().await;
    let sandbox = Sandbox::open(SandboxOptions {
        folder: scene.folder.path().join("sandbox"),
        today: jiff::civil::date(2026, 11, 22),
        seed: 7,
    })
    .unwrap();
    let config = sandbox.sdk_config();
    let aws: AwsSource = Arc::new(move |_, _| {
        let config = config.clone();
        Box::pin(async move { config })
    });
    scene.cx = Context::new(scene.cx.store.clone(), clock(&scene.time), random(), aws);
    let by = scene.may::<ManageClients>();
    let client = clients::add(&scene.cx, &by, "Northwind").await.unwrap().id;
    let draft = ConnectionDraft {
        name: "Bills".to_owned(),
        billing_account: "111122223333".to_owned(),
        access: Access::Environment,
        region: None,
        allocation_tag: None,
    };
    let connection = clients::add_connection(&scene.cx, &scene.may(), client, draft)
        .await
        .unwrap()
        .id;
    let channel = add(&scene, texting(connection, &[ADA, BOB])).await;
    (scene, sandbox, connection, channel)
}

fn numbers(sandbox: &Sandbox) -> Vec<String> {
    let texts = sandbox.texts().into_iter();
    texts.map(|text| text.number).collect()
}

#[tokio::test]
async fn a_number_that_was_told_is_not_told_again_because_another_was_not() {
    let (scene, sandbox, connection, channel) = phones().await;
    let over = notice("Ada is over its budget", Severity::Urgent, 1);
    post(&scene, Some(channel.id), over).await;
    // One of the two is refused, whichever comes first.
    sandbox.faults().next("sns:Publish", Fault::AccessDenied, 1);
    let first = deliver_due(&scene.cx).await.unwrap();
    assert_eq!((first.sent, first.failed), (1, 1), "{first:?}");
    assert_eq!(numbers(&sandbox).len(), 1);
    // Somebody mends it and saves the channel: what failed on it goes out, and nothing else.
    let by = scene.may::<ManageChannels>();
    channels::change(&scene.cx, &by, channel.id, texting(connection, &[ADA, BOB]))
        .await
        .unwrap();
    scene.time.fetch_add(HOUR, Ordering::SeqCst);
    assert_eq!(deliver_due(&scene.cx).await.unwrap(), sent(1));
    let mut both = numbers(&sandbox);
    assert_ne!(both[0], both[1], "each was told once");
    both.sort();
    assert_eq!(both, [BOB, ADA]);
    let log = log(&scene).await;
    assert!(log.iter().all(|one| one.state == DeliveryState::Sent));
    let mut to: Vec<_> = log.into_iter().filter_map(|one| one.recipient).collect();
    to.sort();
    assert_eq!(to, both, "the log says to whom");
}

#[tokio::test]
async fn a_number_that_is_taken_from_the_channel_is_not_told_any_more() {
    let (scene, sandbox, connection, channel) = phones().await;
    let over = notice("Ada is over its budget", Severity::Urgent, 1);
    post(&scene, Some(channel.id), over).await;
    sandbox.faults().next("sns:Publish", Fault::Throttling, 20);
    assert_eq!(deliver_due(&scene.cx).await.unwrap().waiting, 2);
    sandbox.faults().clear();
    let by = scene.may::<ManageChannels>();
    channels::change(&scene.cx, &by, channel.id, texting(connection, &[BOB]))
        .await
        .unwrap();
    assert_eq!(deliver_due(&scene.cx).await.unwrap(), sent(1));
    assert_eq!(numbers(&sandbox), [BOB]);
    let dropped = log(&scene).await.into_iter().find_map(|one| one.error);
    assert_eq!(
        dropped.as_deref(),
        Some("the number was taken from the channel")
    );
}
