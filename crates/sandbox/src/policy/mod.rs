//! Policies that are really evaluated: what a document says, and what several say together.

mod document;
mod matching;

use std::collections::BTreeMap;

pub(crate) use document::{Document, Unreadable};

/// What is known of a request besides who asks what: condition keys, in lower case, with values.
#[derive(Debug, Clone, Default)]
pub(crate) struct Circumstances(BTreeMap<String, Vec<String>>);

impl Circumstances {
    pub fn with(mut self, key: &str, value: impl Into<String>) -> Self {
        self.set(key, vec![value.into()]);
        self
    }

    pub fn with_some(self, key: &str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.with(key, value),
            None => self,
        }
    }

    pub fn set(&mut self, key: &str, values: Vec<String>) {
        self.0.insert(key.to_ascii_lowercase(), values);
    }

    fn get(&self, key: &str) -> Option<&[String]> {
        self.0.get(&key.to_ascii_lowercase()).map(Vec::as_slice)
    }
}

/// Who asks, as the principals of a policy name them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Principal {
    /// The account that they belong to.
    pub account: String,
    /// Every name that means them: of a session its own and its role's.
    pub arns: Vec<String>,
    /// The service, where one asks for somebody.
    pub service: Option<&'static str>,
}

/// One question: may this be done to that?
#[derive(Debug, Clone)]
pub(crate) struct Ask<'a> {
    pub principal: &'a Principal,
    pub action: &'a str,
    pub resource: &'a str,
    pub circumstances: &'a Circumstances,
}

/// What one document says to a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Verdict {
    Allowed,
    Silent,
    Denied,
}

/// What all documents say together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Decision {
    Allowed,
    /// Nothing allows it.
    ImplicitDeny,
    /// Something forbids it.
    ExplicitDeny,
}

/// The documents that apply to a question within one account.
#[derive(Debug, Default)]
pub(crate) struct Policies<'a> {
    /// Of the identity; nothing for an administrator, who may do everything.
    pub identity: Option<&'a [Document]>,
    /// What the session was narrowed down to.
    pub session: Option<&'a Document>,
    /// Of the resource.
    pub resource: Option<&'a Document>,
}

impl Policies<'_> {
    /// An explicit denial wins; identity or resource must allow; a session is never wider than its
    /// policy.
    pub fn decide(&self, ask: &Ask<'_>) -> Decision {
        let identity = match self.identity {
            None => Verdict::Allowed,
            Some(documents) => together(documents.iter().map(|one| one.verdict(ask))),
        };
        let session = self.session.map(|document| document.verdict(ask));
        let resource = self.resource.map(|document| document.verdict(ask));
        let all = [Some(&identity), session.as_ref(), resource.as_ref()];
        if all.contains(&Some(&Verdict::Denied)) {
            return Decision::ExplicitDeny;
        }
        let is_granted = identity == Verdict::Allowed || resource == Some(Verdict::Allowed);
        if is_granted && session.is_none_or(|session| session == Verdict::Allowed) {
            Decision::Allowed
        } else {
            Decision::ImplicitDeny
        }
    }
}

fn together(verdicts: impl Iterator<Item = Verdict>) -> Verdict {
    verdicts.fold(Verdict::Silent, |before, next| match (before, next) {
        (Verdict::Denied, _) | (_, Verdict::Denied) => Verdict::Denied,
        (Verdict::Allowed, _) | (_, Verdict::Allowed) => Verdict::Allowed,
        _ => Verdict::Silent,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(text: &str) -> Document {
        Document::parse(text).unwrap()
    }

    fn ask(
        policies: &Policies<'_>,
        action: &str,
        resource: &str,
        said: &Circumstances,
    ) -> Decision {
        let principal = Principal {
            account: "111122223333".into(),
            arns: vec!["arn:aws:iam::111122223333:role/acme".into()],
            service: None,
        };
        policies.decide(&Ask {
            principal: &principal,
            action,
            resource,
            circumstances: said,
        })
    }

    #[test]
    fn a_prefix_is_listed_read_and_left_to_others_as_the_policy_says() {
        let role = [document(
            r#"{"Version":"2012-10-17","Statement":[
                {"Effect":"Allow","Action":"s3:ListBucket","Resource":"arn:aws:s3:::shared",
                 "Condition":{"StringLike":{"s3:prefix":["acme/*"]}}},
                {"Effect":"Allow","Action":["s3:Get*","s3:PutObject"],"Resource":"arn:aws:s3:::shared/acme/*"},
                {"Effect":"Deny","Action":"s3:*","NotResource":["arn:aws:s3:::shared","arn:aws:s3:::shared/acme/*"]},
                {"Effect":"Deny","Action":"*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}}}]}"#,
        )];
        let policies = Policies {
            identity: Some(&role),
            ..Policies::default()
        };
        let safe = Circumstances::default().with("aws:SecureTransport", "true");
        let of = |prefix: &str| safe.clone().with("s3:prefix", prefix);
        let cases = [
            (
                "s3:GetObject",
                "arn:aws:s3:::shared/acme/a.csv",
                safe.clone(),
                Decision::Allowed,
            ),
            (
                "s3:getobject",
                "arn:aws:s3:::shared/acme/a.csv",
                safe.clone(),
                Decision::Allowed,
            ),
            (
                "s3:DeleteObject",
                "arn:aws:s3:::shared/acme/a.csv",
                safe.clone(),
                Decision::ImplicitDeny,
            ),
            (
                "s3:GetObject",
                "arn:aws:s3:::shared/globex/a.csv",
                safe.clone(),
                Decision::ExplicitDeny,
            ),
            (
                "s3:ListBucket",
                "arn:aws:s3:::shared",
                of("acme/"),
                Decision::Allowed,
            ),
            (
                "s3:ListBucket",
                "arn:aws:s3:::shared",
                of("acme"),
                Decision::ImplicitDeny,
            ),
            (
                "s3:ListBucket",
                "arn:aws:s3:::shared",
                safe.clone(),
                Decision::ImplicitDeny,
            ),
            (
                "s3:GetObject",
                "arn:aws:s3:::shared/acme/a.csv",
                Circumstances::default().with("aws:SecureTransport", "false"),
                Decision::ExplicitDeny,
            ),
        ];
        for (action, resource, said, expected) in cases {
            assert_eq!(
                ask(&policies, action, resource, &said),
                expected,
                "{action} {resource} {said:?}"
            );
        }
    }

    #[test]
    fn a_session_is_never_wider_than_its_role_and_a_resource_may_forbid_what_both_allow() {
        let role = [document(
            r#"{"Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}}"#,
        )];
        let session = document(
            r#"{"Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*",
                "Condition":{"DateLessThan":{"aws:CurrentTime":"2026-12-01T00:00:00Z"}}}]}"#,
        );
        let bucket = document(
            r#"{"Statement":[{"Effect":"Deny","Principal":{"AWS":"arn:aws:iam::111122223333:role/acme"},
                "Action":"s3:PutObject","Resource":"*"}]}"#,
        );
        let at = |time: &str| Circumstances::default().with("aws:CurrentTime", time);
        let early = at("2026-11-21T10:00:00Z");
        let narrowed = Policies {
            identity: Some(&role),
            session: Some(&session),
            resource: Some(&bucket),
        };
        assert_eq!(
            ask(&narrowed, "s3:GetObject", "x", &early),
            Decision::Allowed
        );
        assert_eq!(
            ask(&narrowed, "s3:DeleteObject", "x", &early),
            Decision::ImplicitDeny
        );
        assert_eq!(
            ask(&narrowed, "s3:GetObject", "x", &at("2026-12-01T00:00:00Z")),
            Decision::ImplicitDeny,
            "a temporary user ends without anybody's doing"
        );
        assert_eq!(
            ask(&narrowed, "s3:GetObject", "x", &Circumstances::default()),
            Decision::ImplicitDeny,
            "and what is not known does not open anything"
        );
        let administrator = Policies {
            resource: Some(&bucket),
            ..Policies::default()
        };
        assert_eq!(
            ask(&administrator, "s3:PutObject", "x", &early),
            Decision::ExplicitDeny
        );
        assert_eq!(
            ask(&administrator, "s3:GetObject", "x", &early),
            Decision::Allowed
        );
    }

    #[test]
    fn what_is_not_evaluated_is_said_and_not_guessed() {
        for (text, is_ours) in [
            ("{", false),
            (
                r#"{"Statement":[{"Effect":"Maybe","Action":"*","Resource":"*"}]}"#,
                false,
            ),
            (
                r#"{"Statement":[{"Effect":"Allow","Resource":"*"}]}"#,
                false,
            ),
            (
                r#"{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}}}]}"#,
                true,
            ),
            (
                r#"{"Statement":[{"Effect":"Allow","Action":"*","Resource":"arn:aws:s3:::b/${aws:username}/*"}]}"#,
                true,
            ),
        ] {
            let found = Document::parse(text).unwrap_err();
            assert_eq!(
                matches!(found, Unreadable::NotEvaluated(_)),
                is_ours,
                "{text}: {found:?}"
            );
        }
    }
}
