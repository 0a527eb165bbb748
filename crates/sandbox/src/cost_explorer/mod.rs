//! Cost Explorer: GetCostAndUsage, GetDimensionValues and GetTags over the company's bill.
//!
//! It is as strict as the real one where clients go wrong (periods, unknown dimensions, tokens of
//! another request) and as quiet where the real one is: a filter value that matches nothing gives
//! an empty result, not an error.

mod answer;
mod cost_and_usage;
mod dimension;
mod filter;
mod listing;
mod metric;
mod paging;
mod period;
mod request;

use crate::call::{self, Call, Protocol, Reply};
use crate::dispatch::missing;
use crate::sandbox::State;

pub(crate) use cost_and_usage::Kept;

/// Why Cost Explorer says no: a code and a message.
#[derive(Debug)]
pub(crate) struct Refusal {
    code: &'static str,
    message: String,
}

impl Refusal {
    fn invalid(message: impl Into<String>) -> Self {
        Self {
            code: "ValidationException",
            message: message.into(),
        }
    }
}

pub(crate) fn answer(state: &State, call: &Call) -> Reply {
    let done = match call.operation.as_str() {
        "GetCostAndUsage" => cost_and_usage::answer(state, call),
        "GetDimensionValues" => listing::dimension_values(state, call),
        "GetTags" => listing::tags(state, call),
        _ => return missing("ce", call),
    };
    match done {
        Ok(body) => call::reply(200, "application/x-amz-json-1.1", body),
        Err(Refusal { code, message }) => call::error(Protocol::Json, 400, code, &message),
    }
}

/// The request's JSON.
fn read<T: serde::de::DeserializeOwned>(call: &Call) -> Result<T, Refusal> {
    serde_json::from_slice(&call.body).map_err(|error| Refusal {
        code: "SerializationException",
        message: error.to_string(),
    })
}

/// The answer's JSON.
fn written<T: serde::Serialize>(answer: &T) -> Result<Vec<u8>, Refusal> {
    serde_json::to_vec(answer).map_err(|error| Refusal {
        code: "InternalFailure",
        message: error.to_string(),
    })
}
