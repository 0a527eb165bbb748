//! What is asked of Athena, held against a server that speaks its protocol on this machine. It shows
//! the shape and the order of requests and what is made of answers, not that AWS answers so.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on stops"
)]

use std::collections::VecDeque;
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex};

use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_credential_types::Credentials;
use tallyport_aws::athena::{Athena, Place, QueryProgress};
use tallyport_aws::{AwsError, Staging};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// A request: the operation (or the method and path of S3) and its body.
type Asked = Arc<Mutex<Vec<(String, String)>>>;

/// A server that gives these answers to these operations, each once, the last one again and again.
struct Server {
    config: SdkConfig,
    asked: Asked,
}

const ROWS: &str = "\"BilledCost\"\n\"1.000000000000000000000001\"\n";

impl Server {
    async fn new(answers: &[(&str, &[&str])]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let asked = Asked::default();
        let answers: Vec<(String, VecDeque<String>)> = answers
            .iter()
            .map(|(operation, texts)| {
                let texts = texts.iter().map(|text| (*text).to_owned()).collect();
                ((*operation).to_owned(), texts)
            })
            .collect();
        let answers = Arc::new(Mutex::new(answers));
        let noted = Arc::clone(&asked);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(talk(stream, Arc::clone(&answers), Arc::clone(&noted)));
            }
        });
        let config = aws_config::defaults(BehaviorVersion::latest())
            .region(Region::from_static("eu-central-1"))
            .credentials_provider(Credentials::new("AKIATEST", "secret", None, None, "test"))
            .endpoint_url(format!("http://{address}"))
            .load()
            .await;
        Self { config, asked }
    }

    fn operations(&self) -> Vec<String> {
        let asked = self.asked.lock().unwrap();
        asked
            .iter()
            .map(|(operation, _)| operation.clone())
            .collect()
    }

    fn body_of(&self, operation: &str) -> String {
        let asked = self.asked.lock().unwrap();
        let found = asked.iter().find(|(known, _)| known == operation);
        found.unwrap().1.clone()
    }
}

type Answers = Arc<Mutex<Vec<(String, VecDeque<String>)>>>;

/// One connection: requests with a length, answered one after another.
async fn talk(mut stream: TcpStream, answers: Answers, asked: Asked) {
    let mut bytes = Vec::new();
    loop {
        let head_end = loop {
            if let Some(at) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
                break at + 4;
            }
            let mut piece = [0; 4096];
            match stream.read(&mut piece).await {
                Ok(0) | Err(_) => return,
                Ok(count) => bytes.extend_from_slice(&piece[..count]),
            }
        };
        let head = String::from_utf8_lossy(&bytes[..head_end]).into_owned();
        let header = |name: &str| {
            head.lines()
                .filter_map(|line| line.split_once(':'))
                .find(|(key, _)| key.eq_ignore_ascii_case(name))
                .map(|(_, value)| value.trim().to_owned())
        };
        let length: usize = header("content-length").map_or(0, |text| text.parse().unwrap());
        while bytes.len() < head_end + length {
            let mut piece = [0; 4096];
            let count = stream.read(&mut piece).await.unwrap();
            bytes.extend_from_slice(&piece[..count]);
        }
        let body = String::from_utf8_lossy(&bytes[head_end..head_end + length]).into_owned();
        bytes.drain(..head_end + length);
        let operation = match header("x-amz-target") {
            Some(target) => target.rsplit('.').next().unwrap().to_owned(),
            None => head.split_whitespace().take(1).collect(),
        };
        asked.lock().unwrap().push((operation.clone(), body));
        let answer = answer_of(&operation, &answers);
        stream.write_all(answer.as_bytes()).await.unwrap();
    }
}

fn answer_of(operation: &str, answers: &Answers) -> String {
    let facts = "ETag: \"abc\"\r\nLast-Modified: Sun, 22 Nov 2026 08:00:00 GMT\r\n";
    let length = ROWS.len();
    match operation {
        "HEAD" => {
            return format!("HTTP/1.1 200 OK\r\n{facts}Content-Length: {length}\r\n\r\n");
        }
        "GET" => {
            return format!("HTTP/1.1 200 OK\r\n{facts}Content-Length: {length}\r\n\r\n{ROWS}");
        }
        _ => {}
    }
    let mut answers = answers.lock().unwrap();
    let (_, texts) = answers
        .iter_mut()
        .find(|(known, _)| known == operation)
        .unwrap_or_else(|| panic!("{operation} was not expected"));
    let text = if texts.len() > 1 {
        texts.pop_front().unwrap()
    } else {
        texts[0].clone()
    };
    let (status, text) = match text.strip_prefix("400 ") {
        Some(refusal) => ("400 Bad Request", refusal.to_owned()),
        None => ("200 OK", text),
    };
    format!(
        "HTTP/1.1 {status}\r\nContent-Type: application/x-amz-json-1.1\r\nContent-Length: {}\r\n\r\n{text}",
        text.len()
    )
}

fn place(workgroup: &str) -> Place {
    Place {
        region: "eu-central-1".to_owned(),
        workgroup: workgroup.to_owned(),
        database: "bills".to_owned(),
        output: "s3://acme-answers/tallyport/".to_owned(),
        most_bytes: 50_000_000,
    }
}

const ABSENT: &str =
    r#"400 {"__type":"InvalidRequestException","Message":"WorkGroup tallyport is not found."}"#;
const LIMITED: &str =
    r#"{"WorkGroup":{"Name":"w","Configuration":{"BytesScannedCutoffPerQuery":50000000}}}"#;
const UNLIMITED: &str = r#"{"WorkGroup":{"Name":"w","Configuration":{}}}"#;
const STARTED: &str = r#"{"QueryExecutionId":"q-1"}"#;
const RUNNING: &str =
    r#"{"QueryExecution":{"Status":{"State":"RUNNING"},"Statistics":{"DataScannedInBytes":7}}}"#;
const DONE: &str = r#"{"QueryExecution":{"Status":{"State":"SUCCEEDED"},"Statistics":{"DataScannedInBytes":12345},
    "ResultConfiguration":{"OutputLocation":"s3://acme-answers/tallyport/q-1.csv"}}}"#;
const CUT_OFF: &str = r#"{"QueryExecution":{"Status":{"State":"CANCELLED",
    "StateChangeReason":"Query cancelled! : Bytes scanned limit was exceeded"}}}"#;
const FAILED: &str = r#"{"QueryExecution":{"Status":{"State":"FAILED",
    "StateChangeReason":"TABLE_NOT_FOUND: line 1:15: Table 'bills.focus' does not exist"}}}"#;

fn go_on(_: QueryProgress) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

#[tokio::test]
async fn a_query_runs_within_its_limit_and_its_answer_comes_home() {
    let server = Server::new(&[
        ("GetWorkGroup", &[ABSENT]),
        ("CreateWorkGroup", &["{}"]),
        ("StartQueryExecution", &[STARTED]),
        ("GetQueryExecution", &[RUNNING, DONE]),
    ])
    .await;
    let athena = Athena::open(&server.config, place("tallyport"))
        .await
        .unwrap();
    let made = server.body_of("CreateWorkGroup");
    assert!(
        made.contains("\"BytesScannedCutoffPerQuery\":50000000"),
        "{made}"
    );
    assert!(
        made.contains("\"EnforceWorkGroupConfiguration\":true"),
        "{made}"
    );
    let mut seen = Vec::new();
    let answer = athena
        .run("SELECT 1", &mut |progress| {
            seen.push(progress.scanned);
            ControlFlow::Continue(())
        })
        .await
        .unwrap();
    assert_eq!(seen, [7]);
    assert_eq!(answer.scanned, 12_345);
    assert_eq!(answer.object.key, "tallyport/q-1.csv");
    let started = server.body_of("StartQueryExecution");
    for part in [
        "\"QueryString\":\"SELECT 1\"",
        "\"Database\":\"bills\"",
        "\"WorkGroup\":\"tallyport\"",
        "\"OutputLocation\":\"s3://acme-answers/tallyport/\"",
        "\"ClientRequestToken\"",
    ] {
        assert!(started.contains(part), "{part} in {started}");
    }
    let folder = tempfile::tempdir().unwrap();
    let staging = Staging::open(folder.path()).unwrap().unwrap();
    let bucket = tallyport_aws::exports::Bucket::open(
        &server.config,
        &answer.object.bucket,
        Some("eu-central-1"),
    )
    .await
    .unwrap();
    let mut told = |_| ControlFlow::Continue(());
    let path = staging
        .fetch(&bucket, &answer.object, &mut told)
        .await
        .unwrap();
    assert_eq!(std::fs::read_to_string(path).unwrap(), ROWS);
}

#[tokio::test]
async fn a_cancelled_query_is_stopped_in_athena_too() {
    let server = Server::new(&[
        ("GetWorkGroup", &[LIMITED]),
        ("StartQueryExecution", &[STARTED]),
        ("GetQueryExecution", &[RUNNING]),
        ("StopQueryExecution", &["{}"]),
    ])
    .await;
    let athena = Athena::open(&server.config, place("tallyport"))
        .await
        .unwrap();
    let ended = athena
        .run("SELECT 1", &mut |_| ControlFlow::Break(()))
        .await;
    assert!(matches!(ended, Err(AwsError::Cancelled)), "{ended:?}");
    assert_eq!(server.operations().last().unwrap(), "StopQueryExecution");
    assert!(server.body_of("StopQueryExecution").contains("q-1"));
}

#[tokio::test]
async fn a_query_that_wants_to_scan_too_much_is_cut_off_and_says_so() {
    let server = Server::new(&[
        ("GetWorkGroup", &[LIMITED]),
        ("StartQueryExecution", &[STARTED]),
        ("GetQueryExecution", &[CUT_OFF]),
    ])
    .await;
    let athena = Athena::open(&server.config, place("finance"))
        .await
        .unwrap();
    let ended = athena.run("SELECT 1", &mut go_on).await.unwrap_err();
    assert!(
        matches!(
            ended,
            AwsError::CutOff {
                most_bytes: 50_000_000
            }
        ),
        "{ended}"
    );
}

#[tokio::test]
async fn what_athena_says_of_a_failed_query_is_passed_on() {
    let server = Server::new(&[
        ("GetWorkGroup", &[LIMITED]),
        ("StartQueryExecution", &[STARTED]),
        ("GetQueryExecution", &[FAILED]),
    ])
    .await;
    let athena = Athena::open(&server.config, place("finance"))
        .await
        .unwrap();
    let said = athena
        .run("SELECT 1", &mut go_on)
        .await
        .unwrap_err()
        .to_string();
    assert!(
        said.contains("FAILED") && said.contains("TABLE_NOT_FOUND"),
        "{said}"
    );
}

#[tokio::test]
async fn no_query_starts_in_a_workgroup_without_a_limit() {
    let server = Server::new(&[("GetWorkGroup", &[UNLIMITED])]).await;
    let refused = Athena::open(&server.config, place("finance"))
        .await
        .unwrap_err();
    assert!(
        matches!(refused, AwsError::Unlimited { cutoff: None, .. }),
        "{refused}"
    );
    assert_eq!(server.operations(), ["GetWorkGroup"]);
}

#[tokio::test]
async fn the_programs_own_workgroup_gets_the_limit_that_is_wanted() {
    let server = Server::new(&[("GetWorkGroup", &[UNLIMITED]), ("UpdateWorkGroup", &["{}"])]).await;
    Athena::open(&server.config, place("tallyport"))
        .await
        .unwrap();
    let changed = server.body_of("UpdateWorkGroup");
    assert!(
        changed.contains("\"BytesScannedCutoffPerQuery\":50000000"),
        "{changed}"
    );
}
