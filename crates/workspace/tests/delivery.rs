//! Notices on their way: once each, whatever dies, hangs or moves its clock meanwhile.
#![expect(
    clippy::unwrap_used,
    reason = "a test fails by panicking, its helpers too"
)]

mod post_office;
mod scene;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use jiff::Timestamp;
use post_office::{HOUR, Receiver, add, log, notice, of, post, sent, set, webhook};
use scene::{PASSPHRASE, Scene, clock, no_aws, secret};
use tallyport_ledger::alert::{AlertKind, Notice, Severity};
use tallyport_ledger::channel::ChannelKind;
use tallyport_ledger::delivery::DeliveryState;
use tallyport_ledger::{Currency, DayRange, ManageChannels, Money, ViewCosts};
use tallyport_notify::SendError;
use tallyport_store::{About, NewAlert};
use tallyport_workspace::channels::{self, ChannelAsk, SettingsAsk};
use tallyport_workspace::delivery::{Delivered, deliver_due, popup_shown, popups};
use tallyport_workspace::open::{self, Open};
use tallyport_workspace::{Context, Keychain, Unlock, WorkspaceError};

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
async fn a_digest_collects_what_can_wait_and_lets_the_urgent_through() {
    let (scene, receiver) = (Scene::new().await, Receiver::new().await);
    let ask = ChannelAsk {
        digest: Some(("08:00".to_owned(), "Europe/Vienna".to_owned())),
        ..webhook("Morning", &receiver)
    };
    let channel = add(&scene, ask).await;
    // The clocks go back in the night to the 25th.
    set(&scene, "2026-10-24T10:00:00Z");
    for (title, severity, alert) in [
        ("Ada at 80 %", Severity::Warning, 1),
        ("All over", Severity::Urgent, 2),
        ("Bob at 50 %", Severity::Notice, 3),
    ] {
        post(&scene, Some(channel.id), notice(title, severity, alert)).await;
    }
    assert_eq!(deliver_due(&scene.cx).await.unwrap(), sent(1));
    assert_eq!(receiver.taken()[0]["title"], "All over");
    let next: Vec<_> = log(&scene)
        .await
        .into_iter()
        .filter_map(|d| d.next_attempt_at)
        .collect();
    let eight: Timestamp = "2026-10-25T07:00:00Z".parse().unwrap();
    assert_eq!(next, [eight, eight], "the log says when they go out");
    set(&scene, "2026-10-25T06:59:00Z");
    assert_eq!(deliver_due(&scene.cx).await.unwrap(), sent(0));
    set(&scene, "2026-10-25T07:00:01Z");
    receiver.answers(503);
    assert_eq!(deliver_due(&scene.cx).await.unwrap().waiting, 2);
    // What comes meanwhile belongs to the next one: a second attempt is the same parcel.
    post(
        &scene,
        Some(channel.id),
        notice("Late", Severity::Notice, 4),
    )
    .await;
    receiver.answers(200);
    scene.time.fetch_add(HOUR, Ordering::SeqCst);
    assert_eq!(deliver_due(&scene.cx).await.unwrap(), sent(2));
    let got = receiver.taken();
    assert_eq!(got.len(), 2);
    assert_eq!(got[0], {
        let mut same = got[1].clone();
        same["sent_at"] = got[0]["sent_at"].clone();
        same
    });
    assert_eq!(got[1]["title"], "2 notices, 1 to look at");
    assert_eq!(got[1]["alerts"], serde_json::json!([1, 3]));
    set(&scene, "2026-10-26T07:00:01Z");
    assert_eq!(deliver_due(&scene.cx).await.unwrap(), sent(1));
    assert_eq!(receiver.taken()[0]["title"], "Late");
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

#[tokio::test]
async fn what_a_channel_is_not_for_is_dropped_with_the_reason() {
    let (scene, receiver) = (Scene::new().await, Receiver::new().await);
    let urgent_only = ChannelAsk {
        least: Severity::Urgent,
        ..webhook("Urgent", &receiver)
    };
    let off = ChannelAsk {
        enabled: false,
        ..webhook("Off", &receiver)
    };
    let (urgent_only, off, gone) = (
        add(&scene, urgent_only).await,
        add(&scene, off).await,
        add(&scene, webhook("Gone", &receiver)).await,
    );
    for channel in [urgent_only.id, off.id, gone.id] {
        post(
            &scene,
            Some(channel),
            notice("Ada at 80 %", Severity::Warning, 1),
        )
        .await;
    }
    channels::remove(&scene.cx, &scene.may::<ManageChannels>(), gone.id)
        .await
        .unwrap();
    deliver_due(&scene.cx).await.unwrap();
    assert!(receiver.taken().is_empty());
    let reasons: Vec<String> = log(&scene)
        .await
        .into_iter()
        .filter_map(|d| d.error)
        .collect();
    assert_eq!(
        reasons,
        [
            "the channel was removed",
            "the channel is switched off",
            "it is less urgent than what this channel is for"
        ]
    );
}

#[tokio::test]
async fn what_somebody_has_seen_to_before_it_went_out_is_not_sent() {
    let (scene, receiver) = (Scene::new().await, Receiver::new().await);
    let ask = ChannelAsk {
        digest: Some(("08:00".to_owned(), "UTC".to_owned())),
        ..webhook("Morning", &receiver)
    };
    let channel = add(&scene, ask).await;
    let now = scene.cx.now();
    let raise = move |subject: &str| NewAlert {
        kind: AlertKind::Anomaly,
        about: About::Subject(subject.to_owned()),
        span: DayRange::day(jiff::civil::date(2026, 11, 21)),
        severity: Severity::Warning,
        title: subject.to_owned(),
        text: String::new(),
        limit: Money::zero(Currency::USD),
        amount: Money::zero(Currency::USD),
        place: "/alerts".to_owned(),
        at: now,
    };
    let raised = scene
        .cx
        .store
        .write(move |w| {
            let open = w.raise_alert(&raise("Open"))?.unwrap();
            let seen = w.raise_alert(&raise("Seen"))?.unwrap();
            Ok::<_, WorkspaceError>((open, seen))
        })
        .await
        .unwrap();
    let (open, seen) = raised;
    for alerts in [vec![open], vec![seen], vec![open, seen]] {
        for to in [Some(channel.id), None] {
            let alerts = alerts.clone();
            let told = notice(&format!("{} alerts", alerts.len()), Severity::Warning, 0);
            post(&scene, to, Notice { alerts, ..told }).await;
        }
    }
    scene
        .cx
        .store
        .write(move |w| Ok::<_, WorkspaceError>(w.acknowledge_alert(seen, "ada", now)?))
        .await
        .unwrap();
    let shown: Vec<_> = popups(&scene.cx).await.unwrap();
    assert_eq!(shown.len(), 2);
    set(&scene, "2026-11-23T08:00:01Z");
    assert_eq!(deliver_due(&scene.cx).await.unwrap(), sent(2));
    assert_eq!(
        receiver.taken()[0]["alerts"],
        serde_json::json!([open.0, seen.0])
    );
}

#[tokio::test]
async fn popups_come_as_one_where_there_are_many_and_wait_where_nothing_shows_them() {
    let scene = Scene::new().await;
    for n in 0..2 {
        post(
            &scene,
            None,
            notice(&format!("Notice {n}"), Severity::Warning, n),
        )
        .await;
    }
    let two = popups(&scene.cx).await.unwrap();
    assert_eq!(two.len(), 2, "two are two");
    assert!(
        popups(&scene.cx).await.unwrap().is_empty(),
        "they are somebody's"
    );
    for popup in &two {
        popup_shown(&scene.cx, popup, Ok(())).await.unwrap();
    }
    for n in 0..30 {
        post(
            &scene,
            None,
            notice(&format!("Notice {n}"), Severity::Warning, n),
        )
        .await;
    }
    let mut asked = 0;
    for _ in 0..(20 * 60) {
        for popup in popups(&scene.cx).await.unwrap() {
            assert!(
                popup.notice.title.starts_with("30 notices"),
                "{}",
                popup.notice.title
            );
            asked += 1;
            popup_shown(&scene.cx, &popup, Err(SendError::NoDaemon))
                .await
                .unwrap();
        }
        scene.time.fetch_add(60_000, Ordering::SeqCst);
    }
    assert!((15..35).contains(&asked), "{asked} times in twenty hours");
    scene.time.fetch_add(5 * HOUR, Ordering::SeqCst);
    assert!(popups(&scene.cx).await.unwrap().is_empty());
    let dropped = log(&scene)
        .await
        .into_iter()
        .filter(|d| d.state == DeliveryState::Dropped)
        .count();
    assert_eq!(dropped, 30, "the inbox has them");
}

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
