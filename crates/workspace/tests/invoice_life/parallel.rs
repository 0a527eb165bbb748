use std::collections::BTreeSet;
use std::sync::Arc;

use tallyport_store::keys::Unlock;
use tallyport_workspace::invoices::{self, Credit};
use tallyport_workspace::open::{Open, open};
use tallyport_workspace::{Context, Keychain};

use crate::desk::{Desk, desk};
use crate::scene::{self, Scene, count};

/// People with a cost each.
async fn crowd(people: usize) -> Scene {
    let scene = Scene::new().await;
    let names: Vec<String> = (0..people).map(|n| format!("person {n:03}")).collect();
    let resources: Vec<String> = (0..people).map(|n| format!("i-{n}")).collect();
    let mut lines = Vec::new();
    for (name, resource) in names.iter().zip(&resources) {
        scene.person(name).await;
        let (name, resource) = (name.as_str(), resource.as_str());
        lines.push(("2026-10-01", "Amazon EC2", resource, name, "1.25"));
    }
    scene.bill(&lines).await;
    scene
}

/// The same workspace as another program has it open.
async fn another_program(scene: &Scene) -> Context {
    let ask = Open {
        path: scene.path(),
        keychain: Keychain::Unused,
        unlock: Unlock::Passphrase(scene::secret(scene::PASSPHRASE)),
    };
    let store = open(ask).await.unwrap();
    let clock = scene::clock(&scene.time);
    Context::new(store, clock, scene::random(), scene::no_aws())
}

#[tokio::test(flavor = "multi_thread")]
async fn invoices_issued_by_several_programs_at_once_leave_no_gap_and_no_number_twice() {
    let people = count("TALLYPORT_PARALLEL_INVOICES", 200);
    let scene = crowd(people).await;
    let drafted = scene.draft("2026-10").await;
    assert_eq!(drafted.invoices.len(), people);
    let programs = [
        scene.cx.clone(),
        another_program(&scene).await,
        another_program(&scene).await,
        another_program(&scene).await,
    ];
    let mut tasks = Vec::new();
    // Each is asked for by two programs: one of the two must lose.
    for (at, view) in drafted.invoices.iter().chain(&drafted.invoices).enumerate() {
        let (cx, by, id) = (programs[at % 4].clone(), scene.may(), view.id);
        tasks.push(tokio::spawn(
            async move { invoices::issue(&cx, &by, id).await },
        ));
    }
    let mut numbers = BTreeSet::new();
    for task in tasks {
        match task.await.unwrap() {
            Ok(view) => {
                let number = view.number.unwrap().to_string();
                assert!(numbers.insert(number), "a number twice");
            }
            Err(lost) => assert_eq!(lost.code(), "invoice.issued", "{lost}"),
        }
    }
    let wanted: BTreeSet<String> = (1..=people).map(|n| format!("INV-{n:05}")).collect();
    assert_eq!(numbers, wanted);
    Desk { scene }.sound().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn payments_at_once_never_pay_more_than_is_left() {
    let desk = Arc::new(desk().await);
    let invoice = desk.issued("ben").await;
    let mut tasks = Vec::new();
    for _ in 0..10 {
        let (desk, id) = (Arc::clone(&desk), invoice.id);
        tasks.push(tokio::spawn(async move { desk.pay(id, "5").await.is_ok() }));
    }
    let mut taken = 0;
    for task in tasks {
        taken += u32::from(task.await.unwrap());
    }
    assert_eq!(taken, 2, "12.50 is to be paid");
    let now = desk.now(invoice.id).await;
    assert_eq!(now.standing.open().unwrap().to_decimal(2), "2.50");
    desk.credited(invoice.id, Credit::Whole).await;
    desk.sound().await;
}
