//! A real workspace with a real sandbox behind it, and its door.

use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use http::{Method, Request, StatusCode, header};
use http_body_util::BodyExt;
use serde_json::Value;
use tallyport_api::{Door, InProcess, router};
use tallyport_ledger::Role;
use tallyport_sandbox::{Sandbox, SandboxOptions};
use tallyport_workspace::demo::{self, DemoCompany};
use tallyport_workspace::open::{Create, create};
use tallyport_workspace::{AwsSource, Context, Keychain, PassphraseCost, Random, SignedIn};
use tempfile::TempDir;
use tower::ServiceExt;

/// An open workspace.
pub struct Stage {
    pub folder: TempDir,
    pub context: Context,
    pub router: Router,
}

impl Stage {
    /// A workspace with one client and its connection, and no bill.
    pub async fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let random: Random = Arc::new(|bytes: &mut [u8]| getrandom::fill(bytes).unwrap());
        let ask = Create {
            path: folder.path().join("test.tally"),
            name: "Test".to_owned(),
            demo: true,
            keychain: Keychain::Unused,
            passphrase: None,
            cost: PassphraseCost::LEAST,
        };
        let clock = Arc::new(jiff::Timestamp::now);
        let made = create(ask, jiff::Timestamp::now(), random.clone())
            .await
            .unwrap();
        let sandbox = Sandbox::open(SandboxOptions {
            folder: folder.path().join("sandbox"),
            today: jiff::Zoned::now().date(),
            seed: 7,
        })
        .unwrap();
        let company = DemoCompany {
            name: "Northwind".to_owned(),
            billing_account: sandbox.company().payer().to_owned(),
            ..DemoCompany::default()
        };
        let config = sandbox.sdk_config();
        let aws: AwsSource = Arc::new(move |_, _| {
            let config = config.clone();
            Box::pin(async move { config })
        });
        let context = Context::new(made.store, clock, random, aws);
        demo::fill(&context, &SignedIn::local_super_admin(), company)
            .await
            .unwrap();
        let router = router(context.clone(), Door::InProcess);
        Self {
            folder,
            context,
            router,
        }
    }

    /// A workspace into which the FOCUS sample was imported.
    pub async fn with_focus_sample() -> Self {
        let stage = Self::new().await;
        let job = stage
            .door()
            .import("/api/v1/imports", focus_sample().into())
            .await;
        let job: Value = serde_json::from_slice(&job.body).unwrap();
        assert_eq!(stage.ended(&job).await["state"], "done");
        stage
    }

    /// The door as the local super admin has it.
    pub fn door(&self) -> InProcess {
        InProcess::new(self.router.clone(), SignedIn::local_super_admin())
    }

    /// Asks as `role`, or as nobody, and says the status alone: an event stream never ends.
    pub async fn status(&self, role: Option<Role>, method: &str, path: &str) -> StatusCode {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::CONTENT_TYPE, "application/json")
            .body(Body::from("{}"))
            .unwrap();
        if let Some(role) = role {
            request
                .extensions_mut()
                .insert(SignedIn::new("tester", role));
        }
        self.router.clone().oneshot(request).await.unwrap().status()
    }

    /// Asks as the local super admin and reads JSON.
    pub async fn ask(&self, method: Method, path: &str, body: Option<&str>) -> (u16, Value) {
        let answer = self.door().ask(method, path, body.map(str::to_owned)).await;
        let value = serde_json::from_slice(&answer.body).unwrap_or(Value::Null);
        (answer.status.as_u16(), value)
    }

    /// Reads JSON as the local super admin.
    pub async fn get(&self, path: &str) -> Value {
        let (status, value) = self.ask(Method::GET, path, None).await;
        assert_eq!(status, 200, "{path}: {value}");
        value
    }

    /// The job once it has ended.
    pub async fn ended(&self, job: &Value) -> Value {
        let path = format!("/api/v1/jobs/{}", job["id"]);
        loop {
            let job = self.get(&path).await;
            if !matches!(job["state"].as_str(), Some("queued" | "running")) {
                return job;
            }
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
    }

    /// Sends a request as it stands, as the local super admin.
    pub async fn send(&self, mut request: Request<Body>) -> (u16, String, Value) {
        request
            .extensions_mut()
            .insert(SignedIn::local_super_admin());
        let answer = self.router.clone().oneshot(request).await.unwrap();
        let status = answer.status().as_u16();
        let kind = answer.headers().get(header::CONTENT_TYPE);
        let kind = kind
            .map(|kind| kind.to_str().unwrap().to_owned())
            .unwrap_or_default();
        let body = answer.into_body().collect().await.unwrap().to_bytes();
        (
            status,
            kind,
            serde_json::from_slice(&body).unwrap_or(Value::Null),
        )
    }
}

/// The FOCUS 1.0 sample of the specification.
pub fn focus_sample() -> String {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../tests/data/focus-sample/focus_sample.csv")
        .display()
        .to_string()
}
