//! Jobs: watched, cancelled, failed, interrupted.
#![expect(
    clippy::unwrap_used,
    reason = "a test fails by panicking, its helpers too"
)]

mod scene;

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, mpsc};
use std::time::Duration;

use scene::{Scene, clock, moment, no_aws, random};
use serde_json::json;
use tallyport_store::{Job, JobState, Store};
use tallyport_workspace::jobs::{self, Jobs};
use tallyport_workspace::{Context, WorkspaceError};
use tokio::sync::broadcast;

async fn ended(scene: &Scene, job: &Job) -> Job {
    jobs::wait(&scene.cx, &scene.may(), job.id).await.unwrap()
}

/// What is told of a job until it has ended, which is a moment after the file has it.
async fn told(events: &mut broadcast::Receiver<Job>) -> Vec<Job> {
    let mut told: Vec<Job> = Vec::new();
    while told.last().is_none_or(|job| job.state.is_open()) {
        let event = tokio::time::timeout(Duration::from_secs(20), events.recv()).await;
        told.push(event.unwrap().unwrap());
    }
    told
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_tells_how_far_it_is_and_what_came_of_it() {
    let scene = Scene::new().await;
    let mut events = jobs::events(&scene.cx, &scene.may());
    let job = scene
        .cx
        .jobs
        .start_blocking("local", "test", "Count", "steps", |handle| {
            for done in 0..=50 {
                assert!(handle.progress(done, 50, "counting").is_continue());
            }
            Ok(json!({ "counted": 50 }))
        })
        .await
        .unwrap();
    let job = ended(&scene, &job).await;
    assert_eq!(job.state, JobState::Done);
    assert_eq!(job.result, Some(json!({ "counted": 50 })));
    assert_eq!((job.done, job.total), (50, 50));
    assert!(job.ended_at > Some(job.started_at));
    let seen: Vec<_> = told(&mut events)
        .await
        .iter()
        .map(|job| (job.state, job.done))
        .collect();
    assert_eq!(seen.first(), Some(&(JobState::Running, 0)), "it begins");
    assert_eq!(seen.last(), Some(&(JobState::Done, 50)), "it ends");
    assert!(
        seen.windows(2).all(|pair| pair[0].1 <= pair[1].1),
        "{seen:?}"
    );
    let listed = jobs::list(&scene.cx, &scene.may()).await.unwrap();
    assert_eq!(listed, [job]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_waits_for_others_says_so_at_once() {
    let scene = Scene::new().await;
    let mut events = jobs::events(&scene.cx, &scene.may());
    let job = scene
        .cx
        .jobs
        .start_blocking("local", "test", "Count", "steps", |handle| {
            assert!(handle.waits("after you").is_continue());
            assert!(handle.waits("after you").is_continue());
            assert!(handle.progress(1, 2, "counting").is_continue());
            Ok(json!({}))
        })
        .await
        .unwrap();
    ended(&scene, &job).await;
    let mut seen: Vec<_> = told(&mut events)
        .await
        .iter()
        .map(|job| job.state)
        .collect();
    seen.dedup();
    let turns = [
        JobState::Running,
        JobState::Queued,
        JobState::Running,
        JobState::Done,
    ];
    assert_eq!(seen, turns);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_job_stops_at_its_next_step() {
    let scene = Scene::new().await;
    let (begun, wait) = mpsc::channel();
    let job = scene
        .cx
        .jobs
        .start_blocking("local", "test", "Forever", "steps", move |handle| {
            loop {
                let _ = begun.send(());
                if handle.progress(1, 0, "still at it") == ControlFlow::Break(()) {
                    assert!(handle.is_cancelled());
                    return Err(WorkspaceError::Cancelled);
                }
                std::thread::sleep(Duration::from_millis(2));
            }
        })
        .await
        .unwrap();
    wait.recv().unwrap();
    jobs::cancel(&scene.cx, &scene.may(), job.id).await.unwrap();
    let job = ended(&scene, &job).await;
    assert_eq!(job.state, JobState::Cancelled);
    assert!(job.problem.is_none());
    let again = jobs::cancel(&scene.cx, &scene.may(), job.id).await.unwrap();
    assert_eq!(again.state, JobState::Cancelled, "a job ends once");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_fails_or_panics_says_so() {
    let scene = Scene::new().await;
    let failed = scene
        .cx
        .jobs
        .start("local", "test", "Fail", "", |_| async {
            Err(WorkspaceError::NotFound {
                what: "client",
                name: "nobody".to_owned(),
            })
        })
        .await
        .unwrap();
    let failed = ended(&scene, &failed).await;
    assert_eq!(failed.state, JobState::Failed);
    let problem = failed.problem.unwrap();
    assert_eq!(problem["code"], "request.not-found");
    assert_eq!(problem["kind"], "not found");
    let panicked = scene
        .cx
        .jobs
        .start_blocking("local", "test", "Panic", "", |_| panic!("on purpose"))
        .await
        .unwrap();
    let panicked = ended(&scene, &panicked).await;
    assert_eq!(panicked.state, JobState::Failed);
    assert_eq!(panicked.problem.unwrap()["code"], "program.fault");
}

/// The same workspace, opened by what stands for another process.
async fn other_process(scene: &Scene, name: u8) -> (Store, Jobs) {
    let (path, key) = (scene.path(), scene.cx.store.key().clone());
    let store = tokio::task::spawn_blocking(move || Store::open(&path, &key))
        .await
        .unwrap()
        .unwrap();
    let time = Arc::new(AtomicI64::new(moment("2026-11-22T09:00:00Z")));
    let jobs = Jobs::new(store.clone(), clock(&time), [name; 8]);
    (store, jobs)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_of_another_process_is_seen_and_cancelled_and_interrupted_when_that_dies() {
    let scene = Scene::new().await;
    let (store, theirs) = other_process(&scene, 7).await;
    let body = |handle: jobs::JobHandle| async move {
        while handle.progress(1, 2, "busy").is_continue() {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        Err(WorkspaceError::Cancelled)
    };
    let job = theirs
        .start("them", "test", "Theirs", "", body)
        .await
        .unwrap();
    let seen = jobs::get(&scene.cx, &scene.may(), job.id).await.unwrap();
    assert_eq!(seen.state, JobState::Running, "its process is alive");
    jobs::cancel(&scene.cx, &scene.may(), job.id).await.unwrap();
    let job = theirs.wait(job.id).await.unwrap();
    assert_eq!(
        job.state,
        JobState::Cancelled,
        "the request reached the other process"
    );

    // A process that dies leaves its row, and its mark unlocked or gone.
    let row = Job {
        state: JobState::Running,
        ended_at: None,
        process: "00ff00ff00ff00ff".to_owned(),
        ..job
    };
    let id = store.write(move |w| w.add_job(&row)).await.unwrap();
    let mut mark = scene.path().into_os_string();
    mark.push(".running-00ff00ff00ff00ff");
    std::fs::write(&mark, "").unwrap();
    let found = jobs::list(&scene.cx, &scene.may()).await.unwrap();
    let dead = found.iter().find(|job| job.id == id).unwrap();
    assert_eq!(dead.state, JobState::Interrupted);
    assert!(
        !std::path::Path::new(&mark).exists(),
        "its mark is cleared away"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn progress_does_not_wait_for_the_writer() {
    let scene = Scene::new().await;
    let (begin, begun) = mpsc::channel::<()>();
    let (end, ended_rx) = mpsc::channel::<()>();
    let job = scene
        .cx
        .jobs
        .start_blocking("local", "test", "Report", "", move |handle| {
            begun.recv().unwrap();
            for done in 0..1_000 {
                let _ = handle.progress(done, 1_000, "while somebody writes");
            }
            end.send(()).unwrap();
            Ok(json!(null))
        })
        .await
        .unwrap();
    // An import holds the writer until the job has reported everything.
    scene
        .cx
        .store
        .write(move |_| {
            begin.send(()).unwrap();
            let reported = ended_rx.recv_timeout(Duration::from_secs(10));
            assert!(reported.is_ok(), "progress waited for the writer");
            Ok::<_, WorkspaceError>(())
        })
        .await
        .unwrap();
    assert_eq!(ended(&scene, &job).await.state, JobState::Done);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_mark_of_a_process_goes_with_it() {
    let scene = Scene::new().await;
    let job = scene
        .cx
        .jobs
        .start("local", "test", "Short", "", |_| async { Ok(json!(1)) })
        .await
        .unwrap();
    ended(&scene, &job).await;
    let marks = || {
        std::fs::read_dir(scene.folder.path())
            .unwrap()
            .filter(|e| {
                e.as_ref()
                    .unwrap()
                    .file_name()
                    .to_string_lossy()
                    .contains("running")
            })
            .count()
    };
    assert_eq!(marks(), 1, "it is alive");
    let Scene {
        cx, folder, time, ..
    } = scene;
    time.fetch_add(1, Ordering::SeqCst);
    let path = folder.path().to_owned();
    let _ = Context::new(cx.store.clone(), cx.clock.clone(), random(), no_aws());
    drop(cx);
    // The job's own task lets go of the board a moment after it has ended.
    for _ in 0..100 {
        tokio::time::sleep(Duration::from_millis(10)).await;
        let left = std::fs::read_dir(&path)
            .unwrap()
            .filter(|e| {
                e.as_ref()
                    .unwrap()
                    .file_name()
                    .to_string_lossy()
                    .contains("running")
            })
            .count();
        if left == 0 {
            return;
        }
    }
    panic!("the mark stays");
}
