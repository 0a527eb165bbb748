//! From a request to the desk that answers it.

use aws_smithy_types::body::SdkBody;
use http::Request;
use http_body_util::BodyExt as _;
use jiff::civil::DateTime;

use crate::call::{self, Call, Protocol, Reply, Scope};
use crate::faults::{self, Fault};
use crate::identity::{Rights, Stranger, session_token};
use crate::permission::usual;
use crate::policy::Decision;
use crate::sandbox::State;
use crate::{
    budgets, clock, cost_explorer, ec2, exports, iam, invoices, kms, logs, metrics, outgoing, s3,
    sts, transfer,
};

type Cause = Box<dyn std::error::Error + Send + Sync>;

/// A request without an answer.
#[derive(Debug)]
pub(crate) enum Broken {
    Reset,
    Request(Cause),
    Inside(Cause),
}

/// Answers one request of the SDK.
pub(crate) async fn answer(state: &State, request: Request<SdkBody>) -> Result<Reply, Broken> {
    let scope = Scope::of(request.headers(), request.uri()).unwrap_or_default();
    if scope.service == "s3" {
        let operation = format!("s3:{}", s3::operation_name(&request));
        let signed = call::signed_at(request.headers(), request.uri());
        return with_faults(state, &operation, Protocol::RestXml, signed, |fault| {
            let is_corrupted = fault == Some(Fault::CorruptedBody);
            s3::answer(state, request, &scope.region, is_corrupted)
        })
        .await;
    }
    let (parts, body) = request.into_parts();
    let body = body.collect().await.map_err(Broken::Request)?.to_bytes();
    let (protocol, operation) = call::understand(&scope.service, &parts.headers, &parts.uri, &body);
    let full_name = format!("{}:{operation}", scope.service);
    let signed = call::signed_at(&parts.headers, &parts.uri);
    let work = |_| async {
        let now = signed.unwrap_or_else(|| state.today().at(0, 0, 0, 0));
        let token = session_token(&parts.headers, &parts.uri);
        let known = state
            .identities
            .recognise(&scope.access_key, token.as_deref(), now);
        let identity = match known {
            Ok(identity) => identity,
            Err(stranger) => return Ok(refused(protocol, stranger)),
        };
        let call = Call {
            protocol,
            operation,
            region: scope.region.clone(),
            body,
            identity,
            now,
        };
        Ok(not_allowed(state, &full_name, &call)
            .unwrap_or_else(|| ask(state, &scope.service, &call)))
    };
    with_faults(state, &full_name, protocol, signed, work).await
}

fn ask(state: &State, service: &str, call: &Call) -> Reply {
    match service {
        "ce" => cost_explorer::answer(state, call),
        "sts" => sts::answer(state, call),
        "ec2" => ec2::answer(state, call),
        "bcm-data-exports" => exports::answer(state, call),
        "cur" => exports::answer_report(state, call),
        "invoicing" => invoices::answer(state, call),
        "budgets" => budgets::answer(state, call),
        "iam" => iam::answer(state, call),
        "kms" => kms::answer(state, call),
        "logs" => logs::answer(state, call),
        "monitoring" => metrics::answer(state, call),
        "transfer" => transfer::answer(state, call),
        "ses" => outgoing::answer_mail(state, call),
        "sns" => outgoing::answer_text(state, call),
        _ => missing(service, call),
    }
}

/// The refusal of a role whose policies do not allow what it asks of a service other than S3. Who one is may
/// always be asked.
fn not_allowed(state: &State, action: &str, call: &Call) -> Option<Reply> {
    if call.identity.rights == Rights::Everything || action == "sts:GetCallerIdentity" {
        return None;
    }
    let said = usual(&call.identity, call.now, true);
    let decision = state
        .permission
        .decide(&call.identity, None, action, "*", &said);
    let (status, code) = match call.protocol {
        Protocol::Query => (403, "AccessDenied"),
        Protocol::Ec2 => (403, "UnauthorizedOperation"),
        _ => (400, "AccessDeniedException"),
    };
    let message = format!(
        "User: {} is not authorized to perform: {action}",
        call.identity.arn
    );
    (decision != Decision::Allowed).then(|| call::error(call.protocol, status, code, &message))
}

/// The honest answer to what the sandbox does not have. HTTP 501 is not retried by the SDKs.
pub(crate) fn missing(service: &str, call: &Call) -> Reply {
    let message = format!(
        "The sandbox does not have {service}:{}. It serves demo data for Cost Explorer, budgets, data exports, invoicing, SES, SNS, STS, IAM, KMS, Transfer, CloudWatch, its logs, EC2 and S3 only; \
         connect a real account to use this.",
        call.operation
    );
    call::error(call.protocol, 501, "NotImplementedInSandbox", &message)
}

fn refused(protocol: Protocol, stranger: Stranger) -> Reply {
    let (code, message) = match (stranger, protocol) {
        (Stranger::Expired, Protocol::Query) => (
            "ExpiredToken",
            "The security token included in the request is expired",
        ),
        (Stranger::Expired, Protocol::Ec2) => ("RequestExpired", "Request has expired."),
        (Stranger::Expired, _) => (
            "ExpiredTokenException",
            "The security token included in the request is expired",
        ),
        (_, Protocol::Query) => (
            "InvalidClientTokenId",
            "The security token included in the request is invalid.",
        ),
        (_, Protocol::Ec2) => ("AuthFailure", "The sandbox knows only its own credentials."),
        _ => (
            "UnrecognizedClientException",
            "The security token included in the request is invalid.",
        ),
    };
    let status = if protocol == Protocol::Ec2 { 401 } else { 403 };
    call::error(protocol, status, code, message)
}

/// Counts the request, lets an armed fault happen, and otherwise does the work.
async fn with_faults<F: Future<Output = Result<Reply, Broken>>>(
    state: &State,
    operation: &str,
    protocol: Protocol,
    signed: Option<DateTime>,
    work: impl FnOnce(Option<Fault>) -> F,
) -> Result<Reply, Broken> {
    state.count(|requests| requests.count_asked(operation));
    let fault = state.faults.take(operation);
    if let Some((status, code, message)) =
        fault.and_then(|fault| faults::answer_of(fault, protocol))
    {
        return Ok(call::error(protocol, status, code, message));
    }
    match fault {
        Some(Fault::ConnectionReset) => return Err(Broken::Reset),
        Some(Fault::Slow(delay)) => tokio::time::sleep(delay).await,
        _ => {}
    }
    let is_off = state
        .clock()
        .and_then(|now| clock::refusal(protocol, signed?, now));
    if let Some(refusal) = is_off {
        return Ok(refusal);
    }
    let reply = work(fault).await?;
    if fault == Some(Fault::LostAnswer) {
        return Err(Broken::Reset);
    }
    if reply.status().is_success() {
        state.count(|requests| requests.count_answered(operation));
    }
    Ok(reply)
}
