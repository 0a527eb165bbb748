//! A notice goes out once, whatever dies, and is tried again where that can help.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use tallyport_ledger::alert::Severity;
use tallyport_ledger::delivery::DeliveryState;
use tallyport_ledger::{ManageChannels, ViewCosts};
use tallyport_workspace::channels::ChannelAsk;
use tallyport_workspace::delivery::deliver_due;
use tallyport_workspace::open::Open;
use tallyport_workspace::{Context, Keychain, Unlock, WorkspaceError, channels, open};

use crate::post_office::{HOUR, Receiver, add, notice, of, post, sent, set, webhook};
use crate::scene::{PASSPHRASE, Scene, clock, no_aws, secret};

#[tokio::test]
async fn a_notice_goes_out_once_and_says_so_in_the_log() {
    let (scene, receiver) = (Scene::new().await, Receiver::new().await);
    let channel = add(&scene, webhook("Bot", &receiver)).await;
    let id = post(
        &scene,
        Some(channel.id),
        notice("Ada at 80 %", Severity::Warning, 1),
    )
    .await;
    assert_eq!(deliver_due(&scene.cx).await.unwrap(), sent(1));
    assert_eq!(deliver_due(&scene.cx).await.unwrap(), sent(0));
    let got = receiver.taken();
    assert_eq!(got.len(), 1);
    assert_eq!(got[0]["title"], "Ada at 80 %");
    assert_eq!(got[0]["workspace"], "Books");
    let delivery = of(&scene, id).await;
    assert_eq!(
        (delivery.state, delivery.attempts),
        (DeliveryState::Sent, 1)
    );
    assert_eq!(delivery.channel_name.unwrap().0, "Bot");
    let listed = channels::list(&scene.cx, &scene.may::<ViewCosts>())
        .await
        .unwrap();
    assert_eq!(
        listed[0].id,
        channels::DESKTOP,
        "the desktop is always there"
    );
    assert_eq!(listed[1].last.as_ref().unwrap().error, None);
}

#[tokio::test]
async fn what_a_program_that_died_had_claimed_goes_out_as_the_same_parcel() {
    let (scene, receiver) = (Scene::new().await, Receiver::new().await);
    let channel = add(&scene, webhook("Bot", &receiver)).await;
    let id = post(
        &scene,
        Some(channel.id),
        notice("Ada at 80 %", Severity::Warning, 1),
    )
    .await;
    // It has claimed it, and perhaps even sent it, when it is killed.
    let until = scene
        .cx
        .now()
        .saturating_add(jiff::SignedDuration::from_mins(3))
        .unwrap();
    scene
        .cx
        .store
        .write(move |w| Ok::<_, WorkspaceError>(w.claim_outgoing(&[id], id, "dead", until)?))
        .await
        .unwrap();
    assert_eq!(
        deliver_due(&scene.cx).await.unwrap(),
        sent(0),
        "it may still be at it"
    );
    scene.time.fetch_add(4 * 60_000, Ordering::SeqCst);
    assert_eq!(deliver_due(&scene.cx).await.unwrap(), sent(1));
    let got = receiver.taken();
    assert_eq!(got.len(), 1);
    assert!(
        got[0]["id"].as_str().unwrap().ends_with(&format!("-{id}")),
        "{}",
        got[0]["id"]
    );
}

#[tokio::test]
async fn two_programs_at_once_send_each_notice_once() {
    let (scene, receiver) = (Scene::new().await, Receiver::new().await);
    let first = add(&scene, webhook("One", &receiver)).await;
    let second = add(&scene, webhook("Two", &receiver)).await;
    for n in 0..20 {
        for channel in [first.id, second.id] {
            post(
                &scene,
                Some(channel),
                notice(&format!("Notice {n}"), Severity::Warning, n),
            )
            .await;
        }
    }
    let ask = Open {
        path: scene.path(),
        keychain: Keychain::Unused,
        unlock: Unlock::Passphrase(secret(PASSPHRASE)),
    };
    let store = open::open(ask).await.unwrap();
    let random = Arc::new(|bytes: &mut [u8]| bytes.fill(7));
    let other = Context::new(store, clock(&scene.time), random, no_aws());
    let (ours, theirs) = tokio::join!(deliver_due(&scene.cx), deliver_due(&other));
    assert_eq!(ours.unwrap().sent + theirs.unwrap().sent, 40);
    let mut counted: BTreeMap<String, usize> = BTreeMap::new();
    for got in receiver.taken() {
        *counted
            .entry(got["id"].as_str().unwrap().to_owned())
            .or_default() += 1;
    }
    assert_eq!(counted.len(), 40);
    assert!(counted.values().all(|count| *count == 1), "{counted:?}");
}

#[tokio::test]
async fn a_channel_that_is_down_for_a_day_gets_its_notice_when_it_is_up() {
    let (scene, receiver) = (Scene::new().await, Receiver::new().await);
    let channel = add(&scene, webhook("Bot", &receiver)).await;
    let id = post(
        &scene,
        Some(channel.id),
        notice("Ada at 80 %", Severity::Warning, 1),
    )
    .await;
    receiver.answers(503);
    for _ in 0..(24 * 12) {
        deliver_due(&scene.cx).await.unwrap();
        scene.time.fetch_add(HOUR / 12, Ordering::SeqCst);
    }
    let tried = receiver.taken().len();
    assert!((25..45).contains(&tried), "{tried} attempts in a day");
    let waiting = of(&scene, id).await;
    assert_eq!(waiting.state, DeliveryState::Waiting);
    assert!(waiting.error.unwrap().contains("503"));
    receiver.answers(200);
    scene.time.fetch_add(2 * HOUR, Ordering::SeqCst);
    assert_eq!(deliver_due(&scene.cx).await.unwrap(), sent(1));
    assert_eq!(receiver.taken().len(), 1);
    assert_eq!(
        usize::try_from(of(&scene, id).await.attempts).unwrap(),
        tried + 1
    );
}

#[tokio::test]
async fn a_channel_that_stays_down_is_given_up_and_one_that_is_mended_gets_what_failed() {
    let (scene, receiver) = (Scene::new().await, Receiver::new().await);
    let channel = add(&scene, webhook("Bot", &receiver)).await;
    let old = post(
        &scene,
        Some(channel.id),
        notice("Old", Severity::Warning, 1),
    )
    .await;
    receiver.answers(500);
    for _ in 0..80 {
        deliver_due(&scene.cx).await.unwrap();
        scene.time.fetch_add(HOUR, Ordering::SeqCst);
    }
    let given_up = of(&scene, old).await;
    assert_eq!(given_up.state, DeliveryState::Failed);
    assert!(
        given_up
            .error
            .unwrap()
            .ends_with("given up after three days")
    );

    receiver.answers(404);
    let new = post(
        &scene,
        Some(channel.id),
        notice("New", Severity::Warning, 2),
    )
    .await;
    receiver.taken();
    for _ in 0..10 {
        deliver_due(&scene.cx).await.unwrap();
        scene.time.fetch_add(HOUR / 4, Ordering::SeqCst);
    }
    assert_eq!(receiver.taken().len(), 1, "repeating could not help");
    assert_eq!(of(&scene, new).await.state, DeliveryState::Failed);

    receiver.answers(200);
    let mended = ChannelAsk {
        secret: None,
        ..webhook("Bot, mended", &receiver)
    };
    channels::change(
        &scene.cx,
        &scene.may::<ManageChannels>(),
        channel.id,
        mended,
    )
    .await
    .unwrap();
    assert_eq!(deliver_due(&scene.cx).await.unwrap(), sent(1));
    assert_eq!(
        receiver.taken()[0]["title"],
        "New",
        "what is of days ago stays where it is"
    );
}

#[tokio::test]
async fn a_clock_that_is_set_back_keeps_no_notice_waiting() {
    let (scene, receiver) = (Scene::new().await, Receiver::new().await);
    let channel = add(&scene, webhook("Bot", &receiver)).await;
    for back in [1, 25, 24 * 40] {
        set(&scene, "2026-11-22T08:00:00Z");
        receiver.answers(503);
        post(
            &scene,
            Some(channel.id),
            notice("Tried", Severity::Warning, 1),
        )
        .await;
        assert_eq!(deliver_due(&scene.cx).await.unwrap().waiting, 1);
        post(
            &scene,
            Some(channel.id),
            notice("New", Severity::Warning, 2),
        )
        .await;
        scene.time.fetch_sub(back * HOUR, Ordering::SeqCst);
        receiver.answers(200);
        assert_eq!(deliver_due(&scene.cx).await.unwrap(), sent(2), "{back} h");
    }
}
