//! Bills that lie in a folder: each counts once, none replaces another unseen.
#![expect(
    clippy::unwrap_used,
    reason = "a test fails by panicking, its helpers too"
)]

mod scene;

use std::path::PathBuf;

use scene::{Scene, focus};
use tallyport_store::{Job, JobState};
use tallyport_workspace::import::{ImportAsk, import};
use tallyport_workspace::jobs;

/// Imports whatever lies at the path and waits for the end.
async fn bring_in(scene: &Scene, path: PathBuf, add: bool) -> Job {
    let ask = ImportAsk {
        path,
        name: None,
        client: None,
        add,
        skip_bad_rows: false,
        passing: false,
    };
    let job = import(&scene.cx, &scene.may(), ask).await.unwrap();
    jobs::wait(&scene.cx, &scene.may(), job.id).await.unwrap()
}

fn write(scene: &Scene, name: &str, amount: &str) -> PathBuf {
    let folder = scene.folder.path().join("bills");
    std::fs::create_dir_all(&folder).unwrap();
    let lines = [("2026-09-03", "Amazon EC2", "i-1", "jane", amount)];
    std::fs::write(folder.join(name), focus(&lines)).unwrap();
    folder
}

#[tokio::test(flavor = "multi_thread")]
async fn two_bills_of_one_month_in_a_folder_do_not_replace_one_another_unseen() {
    let scene = Scene::new().await;
    write(&scene, "east.csv", "10");
    let folder = write(&scene, "west.csv", "5");
    let job = bring_in(&scene, folder.clone(), false).await;
    assert_eq!(job.state, JobState::Failed);
    let said = format!("{:?}", job.problem);
    assert!(
        said.contains("west.csv and east.csv are both of")
            && said.contains("one would replace the other"),
        "{said}"
    );
    // What both hold is one bill if a person says so.
    let job = bring_in(&scene, folder, true).await;
    assert_eq!(job.state, JobState::Done, "{:?}", job.problem);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bill_that_lies_twice_in_a_folder_counts_once() {
    let scene = Scene::new().await;
    write(&scene, "bill.csv", "10");
    let folder = write(&scene, "copy of bill.csv", "10");
    let job = bring_in(&scene, folder, false).await;
    assert_eq!(job.state, JobState::Done, "{:?}", job.problem);
}
