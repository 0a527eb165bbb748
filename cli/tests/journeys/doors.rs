use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};

use serde_json::Value;

use crate::stage::Stage;

/// `tally serve`, ended when it is dropped.
struct Server {
    child: Child,
    port: u64,
    token: String,
}

impl Server {
    fn start(stage: &Stage) -> Self {
        let mut command = stage.command(&["serve", "--port", "0"]);
        command.stderr(Stdio::inherit());
        let mut child = command.spawn().unwrap();
        let mut address = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut address)
            .unwrap();
        let rest = address.trim().strip_prefix("http://127.0.0.1:").unwrap();
        let (port, token) = rest.split_once("/enter?token=").unwrap();
        Self {
            child,
            port: port.parse().unwrap(),
            token: token.to_owned(),
        }
    }

    /// Sends a request as it stands and returns status, headers and body.
    fn raw(&self, request: &str) -> (u16, String, String) {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port as u16)).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        (status, head.to_lowercase(), body.to_owned())
    }

    fn get(&self, path: &str, headers: &str) -> (u16, String, String) {
        let port = self.port;
        self.raw(&format!(
            "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n{headers}\r\n"
        ))
    }

    fn signed_in(&self, path: &str) -> String {
        let bearer = format!("Authorization: Bearer {}\r\n", self.token);
        let (status, _, body) = self.get(path, &bearer);
        assert_eq!(status, 200, "{path}: {body}");
        body
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn the_same_question_through_every_door_gets_the_same_answer() {
    let stage = Stage::with_focus_sample();
    stage
        .tally(&["people", "add", "Ada", "--email", "ada@example.com"])
        .ok();
    stage
        .tally(&[
            "rules",
            "add",
            "--owner",
            "person:Ada",
            "--tag",
            "environment=dev",
        ])
        .ok();
    let server = Server::start(&stage);
    for path in [
        "/api/v1/costs?month=2024-09&by=person&compare=previous",
        "/api/v1/costs?month=2024-09&by=service&interval=day",
        "/api/v1/charges?month=2024-09&limit=20&person=Ada",
        "/api/v1/resources?month=2024-09",
        "/api/v1/people",
        "/api/v1/rules",
        "/api/v1/periods",
        "/api/v1/overview?month=2024-09",
        "/api/v1/openapi.json",
    ] {
        let over_http = server.signed_in(path);
        let by_command = stage.tally(&["api", "GET", path]).ok();
        assert_eq!(over_http, by_command.trim_end(), "{path}");
    }
    // The moment that one tells has passed when the other is asked; the day is that of the program.
    let but_for_the_moment = |answer: &str| {
        let mut answer: Value = serde_json::from_str(answer).unwrap();
        let now = answer["now"].take();
        assert!(now.as_str().unwrap().starts_with("2026-11-21T"), "{now}");
        answer
    };
    let path = "/api/v1/session";
    let by_command = stage.tally(&["api", "GET", path]).ok();
    assert_eq!(
        but_for_the_moment(&server.signed_in(path)),
        but_for_the_moment(&by_command)
    );
    let answer: Value =
        serde_json::from_str(&server.signed_in("/api/v1/costs?month=2024-09&by=provider")).unwrap();
    let by_subcommand = stage.json(&["costs", "--month", "2024-09", "--by", "provider"]);
    assert_eq!(
        answer["results"][0]["total"],
        by_subcommand["results"][0]["total"]
    );
}

#[test]
fn without_the_token_nothing_is_answered_that_is_worth_having() {
    let stage = Stage::new();
    let server = Server::start(&stage);
    let (status, head, body) = server.get("/api/v1/people", "");
    assert_eq!(status, 401, "{body}");
    assert!(head.contains("application/problem+json"), "{head}");
    let wrong = format!("Authorization: Bearer {}\r\n", "0".repeat(64));
    assert_eq!(server.get("/api/v1/people", &wrong).0, 401);
    assert_eq!(server.get("/enter?token=guess", "").0, 401);
    assert_eq!(server.get("/api/v1/health", "").0, 200);
}

#[test]
fn the_token_is_exchanged_for_a_cookie_that_scripts_cannot_read() {
    let stage = Stage::new();
    let server = Server::start(&stage);
    let (status, head, _) = server.get(&format!("/enter?token={}", server.token), "");
    assert_eq!(status, 303);
    let cookie = head
        .lines()
        .find(|line| line.starts_with("set-cookie:"))
        .unwrap();
    assert!(
        cookie.contains("httponly") && cookie.contains("samesite=strict"),
        "{cookie}"
    );
    let cookie = format!("Cookie: tally_{}={}\r\n", server.port, server.token);
    assert_eq!(server.get("/api/v1/people", &cookie).0, 200);
}

#[test]
fn other_hosts_and_other_origins_are_refused() {
    let stage = Stage::new();
    let server = Server::start(&stage);
    let bearer = format!("Authorization: Bearer {}\r\n", server.token);
    let rebound = server.raw(&format!(
        "GET /api/v1/people HTTP/1.1\r\nHost: evil.example:{}\r\nConnection: close\r\n{bearer}\r\n",
        server.port
    ));
    assert_eq!(rebound.0, 421, "{}", rebound.2);
    for origin in [
        "http://evil.example",
        "null",
        "https://127.0.0.1",
        "http://127.0.0.1:1",
    ] {
        let headers = format!("{bearer}Origin: {origin}\r\n");
        assert_eq!(server.get("/api/v1/people", &headers).0, 403, "{origin}");
    }
    let own = format!("{bearer}Origin: http://127.0.0.1:{}\r\n", server.port);
    assert_eq!(server.get("/api/v1/people", &own).0, 200);
}

#[test]
fn the_server_is_bound_to_this_machine_only_and_its_pages_run_no_foreign_script() {
    let stage = Stage::new();
    let server = Server::start(&stage);
    let (status, head, _) = server.get("/", "");
    assert_eq!(status, 200);
    let policy = head
        .lines()
        .find(|line| line.starts_with("content-security-policy:"))
        .unwrap();
    assert!(policy.contains("script-src 'self';"), "{policy}");
    assert!(head.contains("x-content-type-options: nosniff"), "{head}");

    let listening = std::fs::read_to_string("/proc/net/tcp").unwrap_or_default();
    let port = format!(":{:04X} ", server.port);
    for line in listening
        .lines()
        .filter(|line| line.contains(" 0A ") && line.contains(&port))
    {
        assert!(line.contains("0100007F"), "{line}");
    }
}
