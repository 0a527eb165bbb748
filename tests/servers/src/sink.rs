//! A server that reads bodies as quickly as it can and believes what it is told about them.

mod told;

use std::collections::HashMap;
use std::io;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use http::header::CONTENT_LENGTH;
use http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode};
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;

use self::told::{Tail, Told, md5_of_parts};
use crate::listen::{Listening, anywhere, serve_http};
use crate::stream::locked;

/// A server for measuring speed: it keeps sizes and checksums, and no bytes.
#[derive(Debug)]
pub struct Sink {
    listening: Listening,
    kept: Arc<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    objects: Mutex<HashMap<String, Object>>,
    uploads: Mutex<HashMap<String, HashMap<u32, Told>>>,
    begun: std::sync::atomic::AtomicU64,
    came: std::sync::atomic::AtomicU64,
}

/// An object as it was told.
#[derive(Debug, Clone)]
struct Object {
    told: Told,
    /// What the writer said of it, which a reader is told again.
    headers: HeaderMap,
}

type Answer = Response<Full<Bytes>>;

impl Sink {
    /// Starts it.
    pub fn start() -> io::Result<Self> {
        let kept: Arc<Kept> = Arc::default();
        let keeping = kept.clone();
        let listening = Listening::start(anywhere, |listener| {
            serve_http(listener, move |request, _| answer(keeping.clone(), request))
        })?;
        Ok(Self { listening, kept })
    }

    /// Where clients find it.
    pub fn url(&self) -> String {
        self.listening.url()
    }

    /// How many objects were written, and how many bytes they have.
    pub fn written(&self) -> (usize, u64) {
        let objects = locked(&self.kept.objects);
        (
            objects.len(),
            objects.values().map(|object| object.told.size).sum(),
        )
    }

    /// How many bytes of bodies came, whether they became objects or not.
    pub fn came(&self) -> u64 {
        self.kept.came.load(std::sync::atomic::Ordering::Acquire)
    }
}

async fn answer(kept: Arc<Kept>, request: Request<Incoming>) -> Answer {
    let (parts, body) = request.into_parts();
    let Ok((came, tail)) = drained(body).await else {
        return empty(StatusCode::BAD_REQUEST);
    };
    kept.came
        .fetch_add(came, std::sync::atomic::Ordering::AcqRel);
    let key = parts.uri.path().trim_start_matches('/').to_owned();
    let is_object = key.split_once('/').is_some_and(|(_, key)| !key.is_empty());
    let query: HashMap<String, String> =
        form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes())
            .into_owned()
            .collect();
    let upload = query.get("uploadId");
    match (&parts.method, is_object) {
        (&Method::POST, true) if query.contains_key("uploads") => begun(&kept, &key),
        (&Method::POST, true) if let Some(id) = upload => {
            completed(&kept, &key, id, &parts.headers)
        }
        (&Method::PUT, true) => {
            let told = Told::of(&parts.headers, came, &tail);
            let mut answer = empty(StatusCode::OK);
            told.show(answer.headers_mut());
            let part = query.get("partNumber").and_then(|part| part.parse().ok());
            match (upload, part) {
                (Some(id), Some(part)) => {
                    locked(&kept.uploads)
                        .entry(id.clone())
                        .or_default()
                        .insert(part, told);
                }
                _ => keep(&kept, key, told, &parts.headers),
            }
            answer
        }
        (&Method::DELETE, true) => {
            match upload {
                Some(id) => drop(locked(&kept.uploads).remove(id)),
                None => drop(locked(&kept.objects).remove(&key)),
            }
            empty(StatusCode::NO_CONTENT)
        }
        (&Method::HEAD | &Method::GET, true) => found(&kept, &key),
        (&Method::GET, false) => listing(&query),
        _ => empty(StatusCode::OK),
    }
}

/// Reads a body to its end; answers its length and its last bytes.
async fn drained(mut body: Incoming) -> Result<(u64, Tail), hyper::Error> {
    let (mut came, mut tail) = (0, Tail::default());
    while let Some(frame) = body.frame().await {
        if let Ok(data) = frame?.into_data() {
            came += data.len() as u64;
            tail.push(&data);
        }
    }
    Ok((came, tail))
}

fn keep(kept: &Kept, key: String, told: Told, headers: &HeaderMap) {
    let headers = headers
        .iter()
        .filter(|(name, _)| name.as_str().starts_with("x-amz-meta-"))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    locked(&kept.objects).insert(key, Object { told, headers });
}

fn begun(kept: &Kept, key: &str) -> Answer {
    let number = kept
        .begun
        .fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    let id = format!("upload-{number}");
    locked(&kept.uploads).insert(id.clone(), HashMap::new());
    let (bucket, key) = key.split_once('/').unwrap_or((key, ""));
    xml(format!(
        "<InitiateMultipartUploadResult><Bucket>{bucket}</Bucket><Key>{key}</Key><UploadId>{id}</UploadId></InitiateMultipartUploadResult>"
    ))
}

fn completed(kept: &Kept, key: &str, id: &str, headers: &HeaderMap) -> Answer {
    let parts = locked(&kept.uploads).remove(id).unwrap_or_default();
    let mut parts: Vec<(u32, Told)> = parts.into_iter().collect();
    parts.sort_by_key(|(number, _)| *number);
    let size = parts.iter().map(|(_, told)| told.size).sum();
    let etag = md5_of_parts(parts.iter().map(|(_, told)| told.etag.as_str()));
    let told = Told::of_whole(headers, size, etag);
    let (bucket, name) = key.split_once('/').unwrap_or((key, ""));
    let answer = xml(format!(
        "<CompleteMultipartUploadResult><Bucket>{bucket}</Bucket><Key>{name}</Key><ETag>&quot;{}&quot;</ETag>{}</CompleteMultipartUploadResult>",
        told.etag,
        told.elements()
    ));
    keep(kept, key.to_owned(), told, headers);
    answer
}

fn found(kept: &Kept, key: &str) -> Answer {
    let objects = locked(&kept.objects);
    let Some(object) = objects.get(key) else {
        return empty(StatusCode::NOT_FOUND);
    };
    let mut answer = empty(StatusCode::OK);
    let headers = answer.headers_mut();
    headers.extend(object.headers.clone());
    object.told.show(headers);
    headers.insert(CONTENT_LENGTH, HeaderValue::from(object.told.size));
    headers.insert(
        http::header::LAST_MODIFIED,
        HeaderValue::from_static("Sat, 21 Nov 2026 00:00:00 GMT"),
    );
    answer
}

/// Every bucket is there and looks empty: what is copied to it is new.
fn listing(query: &HashMap<String, String>) -> Answer {
    if query.contains_key("location") {
        return xml("<LocationConstraint/>".to_owned());
    }
    xml("<ListBucketResult><KeyCount>0</KeyCount><MaxKeys>1000</MaxKeys><IsTruncated>false</IsTruncated></ListBucketResult>".to_owned())
}

fn empty(status: StatusCode) -> Answer {
    let mut answer = Response::new(Full::default());
    *answer.status_mut() = status;
    answer
}

fn xml(body: String) -> Answer {
    let body = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{body}");
    let mut answer = Response::new(Full::from(body));
    answer.headers_mut().insert(
        http::header::CONTENT_TYPE,
        HeaderValue::from_static("application/xml"),
    );
    answer
}
