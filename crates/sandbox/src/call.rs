//! One request, understood: who signed it, for which service, when, and what it asks.

use aws_smithy_types::body::SdkBody;
use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, Response, StatusCode, Uri};
use jiff::civil::DateTime;

use crate::identity::Identity;
use crate::xml::Xml;

pub(crate) type Reply = Response<SdkBody>;

/// How a service writes its requests, answers and errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Protocol {
    Json,
    Query,
    Ec2,
    RestXml,
    RestJson,
    Cbor,
}

/// What the signature of a request says.
#[derive(Debug, Clone, Default)]
pub(crate) struct Scope {
    pub access_key: String,
    pub region: String,
    pub service: String,
}

impl Scope {
    /// Reads `Credential=KEY/DAY/REGION/SERVICE/aws4_request` from the header or the query.
    pub fn of(headers: &HeaderMap, uri: &Uri) -> Option<Self> {
        let credential = match headers
            .get(AUTHORIZATION)
            .and_then(|value| value.to_str().ok())
        {
            Some(header) => header
                .split("Credential=")
                .nth(1)?
                .split(',')
                .next()?
                .trim()
                .to_owned(),
            None => {
                form_fields(uri.query()?)
                    .into_iter()
                    .find(|(key, _)| key == "X-Amz-Credential")?
                    .1
            }
        };
        let mut parts = credential.split('/');
        let access_key = parts.next()?.to_owned();
        let (_day, region, service) = (parts.next()?, parts.next()?, parts.next()?);
        Some(Self {
            access_key,
            region: region.to_owned(),
            service: service.to_owned(),
        })
    }
}

/// When a request was signed. The only clock of this room is its callers'.
pub(crate) fn signed_at(headers: &HeaderMap, uri: &Uri) -> Option<DateTime> {
    let text = match headers
        .get("x-amz-date")
        .and_then(|value| value.to_str().ok())
    {
        Some(header) => header.to_owned(),
        None => {
            form_fields(uri.query()?)
                .into_iter()
                .find(|(key, _)| key == "X-Amz-Date")?
                .1
        }
    };
    DateTime::strptime("%Y%m%dT%H%M%SZ", text).ok()
}

/// A whole request to a service other than S3.
#[derive(Debug)]
pub(crate) struct Call {
    pub protocol: Protocol,
    pub operation: String,
    pub region: String,
    pub body: Bytes,
    pub identity: Identity,
    pub now: DateTime,
}

/// The protocol and operation of a request, by its shape alone.
pub(crate) fn understand(
    service: &str,
    headers: &HeaderMap,
    uri: &Uri,
    body: &[u8],
) -> (Protocol, String) {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(target) = header("x-amz-target") {
        let operation = target.rsplit('.').next().unwrap_or(target);
        return (Protocol::Json, operation.to_owned());
    }
    if header("smithy-protocol").is_some_and(|protocol| protocol.contains("cbor")) {
        return (
            Protocol::Cbor,
            uri.path().rsplit('/').next().unwrap_or_default().to_owned(),
        );
    }
    if header("content-type")
        .is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded"))
    {
        let fields = form_fields(&String::from_utf8_lossy(body));
        let operation = fields
            .into_iter()
            .find(|(key, _)| key == "Action")
            .map(|(_, value)| value)
            .unwrap_or_default();
        let protocol = if service == "ec2" {
            Protocol::Ec2
        } else {
            Protocol::Query
        };
        return (protocol, operation);
    }
    let protocol = if matches!(service, "route53" | "cloudfront" | "s3" | "s3express") {
        Protocol::RestXml
    } else {
        Protocol::RestJson
    };
    // The one operation of a REST service that is counted and made to fail by its name.
    let operation = match (service, uri.path()) {
        ("ses", "/v2/email/outbound-emails") => "SendEmail",
        (_, path) => path,
    };
    (protocol, operation.to_owned())
}

/// The fields of a form or a query string, decoded, in order.
pub(crate) fn form_fields(text: &str) -> Vec<(String, String)> {
    text.split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decoded(key), decoded(value))
        })
        .collect()
}

pub(crate) fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        rest = tail;
        let digits = rest
            .get(..2)
            .and_then(|pair| std::str::from_utf8(pair).ok());
        match (
            first,
            digits.and_then(|pair| u8::from_str_radix(pair, 16).ok()),
        ) {
            (b'+', _) => bytes.push(b' '),
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = rest.get(2..).unwrap_or_default();
            }
            _ => bytes.push(first),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// An answer with a body of `kind`.
pub(crate) fn reply(status: u16, kind: &'static str, body: impl Into<Bytes>) -> Reply {
    let mut reply = Response::new(SdkBody::from(body.into()));
    *reply.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    reply
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    reply
        .headers_mut()
        .insert("x-amzn-requestid", HeaderValue::from_static(REQUEST_ID));
    reply
}

/// The request id of every answer: there is nothing to look up behind it.
pub(crate) const REQUEST_ID: &str = "00000000-0000-4000-8000-00000000demo";

/// The answer of a service that speaks the query protocol.
pub(crate) fn query_result(call: &Call, namespace: &str, inside: impl FnOnce(&mut Xml)) -> Reply {
    let operation = &call.operation;
    let body = Xml::document(&format!("{operation}Response"), namespace, |xml| {
        xml.element(&format!("{operation}Result"), inside);
        xml.element("ResponseMetadata", |xml| {
            xml.text("RequestId", REQUEST_ID);
        });
    });
    reply(200, "text/xml", body)
}

/// An error as the protocol writes it.
pub(crate) fn error(protocol: Protocol, status: u16, code: &str, message: &str) -> Reply {
    match protocol {
        Protocol::Json | Protocol::RestJson => {
            let body = serde_json::json!({ "__type": code, "message": message }).to_string();
            let mut reply = reply(status, "application/x-amz-json-1.1", body);
            if let Ok(code) = HeaderValue::from_str(code) {
                reply.headers_mut().insert("x-amzn-errortype", code);
            }
            reply
        }
        Protocol::Query => {
            let body = Xml::document("ErrorResponse", "", |xml| {
                xml.element("Error", |xml| {
                    xml.text("Type", "Sender")
                        .text("Code", code)
                        .text("Message", message);
                });
                xml.text("RequestId", REQUEST_ID);
            });
            reply(status, "text/xml", body)
        }
        Protocol::Ec2 => {
            let body = Xml::document("Response", "", |xml| {
                xml.element("Errors", |xml| {
                    xml.element("Error", |xml| {
                        xml.text("Code", code).text("Message", message);
                    });
                });
                xml.text("RequestID", REQUEST_ID);
            });
            reply(status, "text/xml;charset=UTF-8", body)
        }
        Protocol::RestXml => {
            let body = Xml::document("Error", "", |xml| {
                xml.text("Code", code)
                    .text("Message", message)
                    .text("RequestId", REQUEST_ID);
            });
            reply(status, "application/xml", body)
        }
        Protocol::Cbor => {
            let mut reply = reply(status, "application/cbor", cbor_error(code, message));
            reply
                .headers_mut()
                .insert("smithy-protocol", HeaderValue::from_static("rpc-v2-cbor"));
            reply
        }
    }
}

/// `{"__type": code, "message": message}` in CBOR (RFC 8949): a map of two text pairs.
fn cbor_error(code: &str, message: &str) -> Vec<u8> {
    fn push_text(bytes: &mut Vec<u8>, text: &str) {
        let length = u16::try_from(text.len()).unwrap_or(u16::MAX);
        bytes.push(0x79);
        bytes.extend_from_slice(&length.to_be_bytes());
        bytes.extend(text.bytes().take(usize::from(length)));
    }
    let mut bytes = vec![0xa2];
    for text in ["__type", code, "message", message] {
        push_text(&mut bytes, text);
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn understood(
        service: &str,
        headers: &[(&'static str, &'static str)],
        path: &str,
        body: &str,
    ) -> (Protocol, String) {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.insert(*name, HeaderValue::from_static(value));
        }
        understand(service, &map, &path.parse().unwrap(), body.as_bytes())
    }

    #[test]
    fn a_service_that_the_sandbox_does_not_have_is_still_answered_in_its_own_protocol() {
        let form = [("content-type", "application/x-www-form-urlencoded")];
        let cases = [
            (
                understood(
                    "transfer",
                    &[("x-amz-target", "TransferService.CreateUser")],
                    "/",
                    "{}",
                ),
                Protocol::Json,
                "CreateUser",
            ),
            (
                understood("iam", &form, "/", "Action=ListUsers&Version=2010-05-08"),
                Protocol::Query,
                "ListUsers",
            ),
            (
                understood("ec2", &form, "/", "Action=DescribeVpcs"),
                Protocol::Ec2,
                "DescribeVpcs",
            ),
            (
                understood(
                    "monitoring",
                    &[("smithy-protocol", "rpc-v2-cbor")],
                    "/service/X/operation/ListMetrics",
                    "",
                ),
                Protocol::Cbor,
                "ListMetrics",
            ),
            (
                understood("route53", &[], "/2013-04-01/hostedzone", ""),
                Protocol::RestXml,
                "/2013-04-01/hostedzone",
            ),
            (
                understood("lambda", &[], "/2015-03-31/functions", ""),
                Protocol::RestJson,
                "/2015-03-31/functions",
            ),
        ];
        for (found, protocol, operation) in cases {
            assert_eq!(found, (protocol, operation.to_owned()));
            let reply = error(protocol, 501, "NotImplementedInSandbox", "not here <yet>");
            assert_eq!(reply.status().as_u16(), 501);
            let said = String::from_utf8_lossy(reply.body().bytes().unwrap()).into_owned();
            assert!(said.contains("NotImplementedInSandbox"), "{said}");
        }
    }

    #[test]
    fn a_form_is_read_as_it_was_meant() {
        let fields = form_fields("a=1&tag%3Akey=Jane+Doe&odd=%zz&empty=");
        let expected = [
            ("a", "1"),
            ("tag:key", "Jane Doe"),
            ("odd", "%zz"),
            ("empty", ""),
        ];
        assert_eq!(
            fields,
            expected.map(|(key, value)| (key.to_owned(), value.to_owned()))
        );
    }
}
