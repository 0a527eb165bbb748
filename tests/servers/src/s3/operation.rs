//! Which operation a request is, as far as faults care.

use http::{Method, Uri};

/// What a request asks for, in S3's own name, and what it asks it about.
#[derive(Debug, Clone, Default)]
pub(crate) struct Asked {
    pub operation: &'static str,
    pub key: String,
    pub upload: Option<String>,
    pub part: Option<u32>,
}

impl Asked {
    pub fn of(method: &Method, uri: &Uri, is_copy: bool) -> Self {
        let query: Vec<(String, String)> =
            form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes())
                .into_owned()
                .collect();
        let field = |name: &str| {
            query
                .iter()
                .find(|(field, _)| field == name)
                .map(|(_, value)| value.clone())
        };
        let asks = |name: &str| field(name).is_some();
        // In a path these two stand for themselves, unlike in a query.
        let path = uri.path().trim_start_matches('/');
        let path = path.replace('+', "%2B").replace('&', "%26");
        let key = path.split_once('/').map_or("", |(_, key)| key);
        let operation = match (method, key.is_empty()) {
            (&Method::GET, false) if asks("uploadId") => "ListParts",
            (&Method::GET, false) if asks("attributes") => "GetObjectAttributes",
            (&Method::GET, false) => "GetObject",
            (&Method::HEAD, false) => "HeadObject",
            (&Method::PUT, false) if asks("partNumber") => "UploadPart",
            (&Method::PUT, false) if is_copy => "CopyObject",
            (&Method::PUT, false) => "PutObject",
            (&Method::POST, false) if asks("uploads") => "CreateMultipartUpload",
            (&Method::POST, false) if asks("uploadId") => "CompleteMultipartUpload",
            (&Method::DELETE, false) if asks("uploadId") => "AbortMultipartUpload",
            (&Method::DELETE, false) => "DeleteObject",
            (&Method::GET, true) if asks("uploads") => "ListMultipartUploads",
            (&Method::GET, true) if asks("list-type") => "ListObjectsV2",
            (&Method::HEAD, true) => "HeadBucket",
            _ => "Other",
        };
        let decoded = form_urlencoded::parse(format!("key={key}").as_bytes())
            .next()
            .map(|(_, key)| key.into_owned());
        Self {
            operation,
            key: decoded.unwrap_or_default(),
            upload: field("uploadId"),
            part: field("partNumber").and_then(|number| number.parse().ok()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_known_by_its_method_path_and_query() {
        let cases = [
            (
                Method::PUT,
                "/b/a%20+b%26c&d",
                "PutObject",
                "a +b&c&d",
                None,
            ),
            (
                Method::PUT,
                "/b/k?partNumber=7&uploadId=u",
                "UploadPart",
                "k",
                Some(7),
            ),
            (
                Method::POST,
                "/b/k?uploads",
                "CreateMultipartUpload",
                "k",
                None,
            ),
            (
                Method::POST,
                "/b/k?uploadId=u",
                "CompleteMultipartUpload",
                "k",
                None,
            ),
            (
                Method::GET,
                "/b/?uploads&prefix=x",
                "ListMultipartUploads",
                "",
                None,
            ),
            (Method::GET, "/b?list-type=2", "ListObjectsV2", "", None),
            (Method::HEAD, "/b/k", "HeadObject", "k", None),
        ];
        for (method, uri, operation, key, part) in cases {
            let asked = Asked::of(&method, &uri.parse().unwrap(), false);
            assert_eq!(
                (asked.operation, asked.key.as_str(), asked.part),
                (operation, key, part),
                "{uri}"
            );
        }
    }
}
