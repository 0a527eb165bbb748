//! Why a call is answered with an error, and how calls in JSON are read and answered.

use serde_json::{Map, Value};

use crate::call::{self, Call, Reply};

/// An error as AWS names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub status: u16,
    pub code: &'static str,
    pub message: String,
    /// What the error carries besides its message.
    pub more: Vec<(&'static str, String)>,
}

impl Refusal {
    /// Something is wrong with what was asked: HTTP 400.
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            status: 400,
            code,
            message: message.into(),
            more: vec![],
        }
    }

    pub fn status(self, status: u16) -> Self {
        Self { status, ..self }
    }

    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.more.push((name, value.into()));
        self
    }

    /// What the sandbox does not do, though the service does.
    pub fn not_here(what: &str) -> Self {
        let message =
            format!("The sandbox does not have {what}. Connect a real account to use this.");
        Self::new("NotImplementedInSandbox", message).status(501)
    }
}

impl From<std::io::Error> for Refusal {
    fn from(error: std::io::Error) -> Self {
        Self::new("InternalFailure", error.to_string()).status(500)
    }
}

/// The answer of a service that speaks JSON.
pub(crate) fn answered(call: &Call, result: Result<Value, Refusal>) -> Reply {
    match result {
        Ok(value) => call::reply(200, "application/x-amz-json-1.1", value.to_string()),
        Err(refusal) if refusal.more.is_empty() => call::error(
            call.protocol,
            refusal.status,
            refusal.code,
            &refusal.message,
        ),
        Err(refusal) => {
            let said = [
                ("__type", refusal.code.to_owned()),
                ("message", refusal.message.clone()),
                ("Message", refusal.message),
            ];
            let fields = said.into_iter().chain(refusal.more);
            let body: Map<String, Value> = fields
                .map(|(name, value)| (name.to_owned(), Value::String(value)))
                .collect();
            call::reply(
                refusal.status,
                "application/x-amz-json-1.1",
                Value::Object(body).to_string(),
            )
        }
    }
}

/// The body of a call in JSON.
pub(crate) fn asked(call: &Call) -> Result<Value, Refusal> {
    serde_json::from_slice(&call.body)
        .map_err(|_| Refusal::new("SerializationException", "The request is not JSON."))
}

/// A text that must be there.
pub(crate) fn required<'a>(
    ask: &'a Value,
    name: &str,
    code: &'static str,
) -> Result<&'a str, Refusal> {
    ask[name]
        .as_str()
        .ok_or_else(|| Refusal::new(code, format!("Missing required key '{name}' in params")))
}

/// `[{"Key": …, "Value": …}]`, under whichever names the service has for the two.
pub(crate) fn tags(value: &Value, key: &str, content: &str) -> Vec<(String, String)> {
    value
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|tag| {
            Some((
                tag[key].as_str()?.to_owned(),
                tag[content].as_str()?.to_owned(),
            ))
        })
        .collect()
}

/// One page of a list: what comes after `after`, at most `most`, and the name to go on with.
pub(crate) fn page<T>(
    all: Vec<T>,
    name: impl Fn(&T) -> String,
    after: Option<&str>,
    most: usize,
) -> (Vec<T>, Option<String>) {
    let mut rest: Vec<T> = all
        .into_iter()
        .filter(|one| after.is_none_or(|after| name(one).as_str() > after))
        .collect();
    let next = (rest.len() > most)
        .then(|| rest.get(most.saturating_sub(1)).map(name))
        .flatten();
    rest.truncate(most);
    (rest, next)
}
