use std::io::Read;

use http::Method;

use crate::door::Door;
use crate::failure::Failure;

/// `tally api`: the answer as it came, whatever it is.
pub async fn api(
    door: &Door,
    method: &str,
    path: &str,
    body: Option<String>,
) -> Result<(), Failure> {
    let method: Method = method
        .to_uppercase()
        .parse()
        .map_err(|_| Failure::usage(format!("\"{method}\" is not a method.")))?;
    if !path.starts_with('/') {
        return Err(Failure::usage(format!(
            "\"{path}\" is not an address: it starts with /, such as /api/v1/people."
        )));
    }
    let body = match body.as_deref() {
        Some("-") => {
            let mut text = String::new();
            std::io::stdin()
                .read_to_string(&mut text)
                .map_err(|error| Failure::usage(format!("Standard input: {error}.")))?;
            Some(text)
        }
        _ => body,
    };
    let answer = door.raw(method, path, body).await;
    crate::say::bytes(&answer.body);
    if answer.content_type.contains("json") {
        crate::say::line("");
    }
    if answer.status.is_success() {
        return Ok(());
    }
    let problem = serde_json::from_slice(&answer.body).map_err(|_| {
        Failure::internal(format!(
            "The answer is {} without a problem.",
            answer.status
        ))
    })?;
    Err(Failure::from_problem(problem).answered())
}
