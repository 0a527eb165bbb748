use axum::body::Body;
use http::Request;
use http_body_util::BodyExt;
use serde_json::Value;
use tallyport_workspace::SignedIn;
use tower::ServiceExt;

use crate::stage::{Stage, focus_sample};

#[tokio::test]
async fn the_progress_of_a_job_comes_through_the_event_stream_up_to_its_end() {
    let stage = Stage::new().await;
    let mut request = Request::get("/api/v1/events").body(Body::empty()).unwrap();
    request
        .extensions_mut()
        .insert(SignedIn::local_super_admin());
    let answer = stage.router.clone().oneshot(request).await.unwrap();
    assert_eq!(answer.headers()["content-type"], "text/event-stream");
    let mut stream = answer.into_body();

    let job = stage
        .door()
        .import("/api/v1/imports", focus_sample().into())
        .await;
    let job: Value = serde_json::from_slice(&job.body).unwrap();
    let mut text = String::new();
    let last = loop {
        let frame = stream.frame().await.unwrap().unwrap();
        text.push_str(std::str::from_utf8(frame.data_ref().unwrap()).unwrap());
        let jobs = text.split("\n\n").filter_map(|event| {
            let data = event.strip_prefix("event: job\ndata: ")?;
            serde_json::from_str::<Value>(data).ok()
        });
        let last = jobs.last();
        if let Some(last) = last
            && last["state"] == "done"
        {
            break last;
        }
    };
    assert_eq!(last["id"], job["id"]);
    assert_eq!(last["result"]["lines"], 1000, "{last}");
}
