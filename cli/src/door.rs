//! The one way from a command to the program: a request to the Router in this process.

use http::Method;
use serde_json::Value;
use tallyport_api::{Answer, InProcess, Saved};

use crate::failure::Failure;

/// The open workspace as the commands see it.
pub struct Door {
    in_process: InProcess,
    /// Whether answers are printed as JSON.
    pub json: bool,
}

/// The address of a question: a path and what stands behind the question mark.
pub struct Address {
    path: String,
    query: form_urlencoded::Serializer<'static, String>,
}

impl Door {
    /// The door of an open workspace.
    pub const fn new(in_process: InProcess, json: bool) -> Self {
        Self { in_process, json }
    }

    /// Asks, and returns what came back whatever it is.
    pub async fn raw(&self, method: Method, path: &str, body: Option<String>) -> Answer {
        self.in_process.ask(method, path, body).await
    }

    /// Asks for JSON.
    ///
    /// # Errors
    /// The problem that came back.
    pub async fn ask(
        &self,
        method: Method,
        address: impl Into<String>,
        body: Option<Value>,
    ) -> Result<Value, Failure> {
        let body = body.map(|body| body.to_string());
        let answer = self.raw(method, &address.into(), body).await;
        if answer.body.is_empty() && answer.status.is_success() {
            return Ok(Value::Null);
        }
        read(&answer)
    }

    /// Reads JSON.
    ///
    /// # Errors
    /// The problem that came back.
    pub async fn get(&self, address: impl Into<String>) -> Result<Value, Failure> {
        self.ask(Method::GET, address, None).await
    }

    /// Sends JSON.
    ///
    /// # Errors
    /// The problem that came back.
    pub async fn post(&self, address: impl Into<String>, body: Value) -> Result<Value, Failure> {
        self.ask(Method::POST, address, Some(body)).await
    }

    /// Starts the import of a file where it lies.
    ///
    /// # Errors
    /// The problem that came back.
    pub async fn import(
        &self,
        address: impl Into<String>,
        file: std::path::PathBuf,
    ) -> Result<Value, Failure> {
        read(&self.in_process.import(&address.into(), file).await)
    }

    /// Begins a transfer of files where they lie.
    ///
    /// # Errors
    /// The problem that came back.
    pub async fn transfer(
        &self,
        address: impl Into<String>,
        body: &Value,
        files: Vec<std::path::PathBuf>,
    ) -> Result<Value, Failure> {
        let answer = self
            .in_process
            .transfer(&address.into(), body.to_string(), files)
            .await;
        read(&answer)
    }

    /// Hands over a file's content.
    ///
    /// # Errors
    /// The problem that came back.
    pub async fn hand(
        &self,
        method: Method,
        address: impl Into<String>,
        kind: &str,
        content: Vec<u8>,
    ) -> Result<Value, Failure> {
        read(
            &self
                .in_process
                .hand(method, &address.into(), kind, content)
                .await,
        )
    }

    /// Reads bytes.
    ///
    /// # Errors
    /// The problem that came back.
    pub async fn bytes(&self, address: impl Into<String>) -> Result<Vec<u8>, Failure> {
        let answer = self.raw(Method::GET, &address.into(), None).await;
        if answer.status.is_success() {
            Ok(answer.body.into())
        } else {
            read(&answer).map(|_| Vec::new())
        }
    }

    /// Downloads to a file, telling how many bytes have come.
    ///
    /// # Errors
    /// The problem that came back, or that the file did not come whole.
    pub async fn save(
        &self,
        address: impl Into<String>,
        to: &std::path::Path,
        told: impl FnMut(u64),
    ) -> Result<Saved, Failure> {
        match self.in_process.save(&address.into(), to, told).await {
            Ok(saved) => Ok(saved),
            Err(answer) => Err(Failure::from_problem(
                serde_json::from_slice(&answer.body).unwrap_or_default(),
            )),
        }
    }

    /// The one of `list` called `name`, whatever the case.
    ///
    /// # Errors
    /// There is none.
    pub async fn named(&self, list: &str, name: &str) -> Result<Value, Failure> {
        let all = self.get(format!("/api/v1/{list}")).await?;
        let wanted = name.to_lowercase();
        rows(&all, list)
            .iter()
            .find(|row| {
                row["name"]
                    .as_str()
                    .is_some_and(|name| name.to_lowercase() == wanted)
            })
            .cloned()
            .ok_or_else(|| {
                Failure::not_found(format!(
                    "There is nobody and nothing called \"{name}\" here."
                ))
                .hint(&format!("`tally {list} list` shows all."))
            })
    }
}

/// The rows of a list in an answer.
pub fn rows<'a>(answer: &'a Value, list: &str) -> &'a [Value] {
    answer[list].as_array().map_or(&[], Vec::as_slice)
}

/// A text as one segment of an address.
pub fn segment(text: &str) -> String {
    let mut segment = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._:".contains(&byte) {
            segment.push(char::from(byte));
        } else {
            segment.push_str(&format!("%{byte:02X}"));
        }
    }
    segment
}

fn read(answer: &Answer) -> Result<Value, Failure> {
    let value: Value = serde_json::from_slice(&answer.body).map_err(|error| {
        Failure::internal(format!(
            "The answer ({}) is not JSON: {error}.",
            answer.status
        ))
    })?;
    if answer.status.is_success() {
        Ok(value)
    } else {
        Err(Failure::from_problem(value))
    }
}

impl Address {
    /// The address `/api/v1/PATH`.
    pub fn new(path: &str) -> Self {
        Self {
            path: format!("/api/v1/{path}"),
            query: form_urlencoded::Serializer::new(String::new()),
        }
    }

    /// With a parameter, if it has a value.
    pub fn with(mut self, name: &str, value: Option<&str>) -> Self {
        if let Some(value) = value {
            self.query.append_pair(name, value);
        }
        self
    }

    /// With a parameter once for each value.
    pub fn each(mut self, name: &str, values: &[String]) -> Self {
        for value in values {
            self.query.append_pair(name, value);
        }
        self
    }
}

impl From<Address> for String {
    fn from(mut address: Address) -> Self {
        let query = address.query.finish();
        if query.is_empty() {
            address.path
        } else {
            format!("{}?{query}", address.path)
        }
    }
}
