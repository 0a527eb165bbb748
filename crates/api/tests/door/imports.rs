use axum::body::Body;
use http::{Method, Request};

use crate::stage::{Stage, focus_sample};

#[tokio::test]
async fn a_file_in_the_body_is_imported_and_its_copy_is_gone_afterwards() {
    let stage = Stage::new().await;
    let bytes = std::fs::read(focus_sample()).unwrap();
    let request = Request::post("/api/v1/imports?name=september.csv&client=Northwind")
        .body(Body::from(bytes))
        .unwrap();
    let (status, _, job) = stage.send(request).await;
    assert_eq!(status, 202, "{job}");
    let job = stage.ended(&job).await;
    assert_eq!(job["state"], "done", "{job}");
    assert_eq!(job["result"]["file"], "september.csv");
    let periods = stage.get("/api/v1/periods?client=Northwind").await;
    assert_eq!(periods["periods"].as_array().unwrap().len(), 4);
    assert_eq!(in_passing(&stage), Vec::<String>::new());
}

#[tokio::test]
async fn a_refused_file_leaves_no_copy_and_says_why() {
    let stage = Stage::new().await;
    let request = Request::post("/api/v1/imports")
        .body(Body::from("no,bill\n1,2\n"))
        .unwrap();
    let (_, _, job) = stage.send(request).await;
    let job = stage.ended(&job).await;
    assert_eq!(job["state"], "failed", "{job}");
    assert_eq!(job["problem"]["status"], 422, "{job}");
    assert!(job["problem"]["hint"].is_string() || job["problem"]["detail"].is_string());
    assert_eq!(in_passing(&stage), Vec::<String>::new());
}

#[tokio::test]
async fn an_upload_without_a_body_reads_no_file_of_this_machine() {
    let stage = Stage::new().await;
    let request = Request::post("/api/v1/imports?name=%2Fetc%2Fpasswd")
        .body(Body::empty())
        .unwrap();
    let (_, _, job) = stage.send(request).await;
    let job = stage.ended(&job).await;
    assert_eq!(job["state"], "failed", "{job}");
    assert!(!job.to_string().contains("root:"), "{job}");
}

#[tokio::test]
async fn a_sync_says_its_price_and_runs_as_a_job() {
    let stage = Stage::new().await;
    let dry = r#"{"dry_run":true}"#;
    let (status, plans) = stage.ask(Method::POST, "/api/v1/syncs", Some(dry)).await;
    assert_eq!(status, 200, "{plans}");
    assert!(plans["plans"][0]["price"].is_string(), "{plans}");
    let (status, job) = stage.ask(Method::POST, "/api/v1/syncs", Some("{}")).await;
    assert_eq!(status, 202, "{job}");
    let job = stage.ended(&job).await;
    assert_eq!(job["state"], "done", "{job}");
    let connections = stage.get("/api/v1/clients").await;
    assert!(connections["clients"][0]["connections"][0]["last_sync"].is_string());
}

#[tokio::test]
async fn a_backup_comes_whole_and_its_copy_is_gone_afterwards() {
    let stage = Stage::with_focus_sample().await;
    let backup = stage.door().ask(Method::GET, "/api/v1/backup", None).await;
    assert_eq!(backup.status, 200);
    assert!(backup.body.len() > 10_000);
    assert_eq!(in_passing(&stage), Vec::<String>::new());
}

fn in_passing(stage: &Stage) -> Vec<String> {
    std::fs::read_dir(stage.folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| name.starts_with(".tallyport-"))
        .filter(|name| name.ends_with("import") || name.ends_with("backup"))
        .collect()
}

#[tokio::test]
async fn a_file_that_the_asker_holds_arrives_byte_for_byte() {
    let stage = Stage::new().await;
    let logo = "/api/v1/settings/letterhead/logo";
    // Not text: a door that carries words alone would spoil it.
    let picture = include_bytes!("../../../../icons/32x32.png");
    let set = stage
        .door()
        .hand(Method::PUT, logo, "image/png", picture.to_vec())
        .await;
    assert_eq!(set.status, 200, "{:?}", set.body);
    let kept = stage.door().ask(Method::GET, logo, None).await;
    assert_eq!(&kept.body[..], picture);
}
