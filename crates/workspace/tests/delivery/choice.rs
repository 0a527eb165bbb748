//! What goes out when: digests, what a channel is not for, what somebody has seen to.

use std::sync::atomic::Ordering;

use jiff::Timestamp;
use tallyport_ledger::alert::{AlertKind, Notice, Severity};
use tallyport_ledger::delivery::DeliveryState;
use tallyport_ledger::{DayRange, ManageChannels};
use tallyport_notify::SendError;
use tallyport_store::{About, NewAlert};
use tallyport_workspace::channels::ChannelAsk;
use tallyport_workspace::delivery::{deliver_due, popup_shown, popups};
use tallyport_workspace::{WorkspaceError, channels};

use crate::post_office::{HOUR, Receiver, add, log, notice, post, sent, set, webhook};
use crate::scene::Scene;

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
        figures: None,
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
