//! One policy document, read.

use serde_json::{Map, Value};

use super::matching::{Operator, is_like};
use super::{Ask, Circumstances, Principal, Verdict};

/// Why a document cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Unreadable {
    /// It is no policy; AWS says so too.
    Malformed(String),
    /// It is one, with something in it that the sandbox does not evaluate.
    NotEvaluated(String),
}

/// A policy document.
#[derive(Debug, Clone)]
pub(crate) struct Document {
    statements: Vec<Statement>,
}

#[derive(Debug, Clone)]
struct Statement {
    is_denial: bool,
    actions: Listed,
    /// Trust policies name no resource.
    resources: Option<Listed>,
    /// Policies of identities name no principal.
    principals: Option<Principals>,
    conditions: Vec<(Operator, String, Vec<String>)>,
}

#[derive(Debug, Clone)]
enum Listed {
    Only(Vec<String>),
    AllBut(Vec<String>),
}

#[derive(Debug, Clone)]
enum Principals {
    Everybody,
    These {
        aws: Vec<String>,
        services: Vec<String>,
    },
}

impl Document {
    pub fn parse(text: &str) -> Result<Self, Unreadable> {
        let value: Value = serde_json::from_str(text)
            .map_err(|error| Unreadable::Malformed(format!("The policy is not JSON: {error}")))?;
        let statements = match &value["Statement"] {
            Value::Array(statements) => statements.iter().collect(),
            one @ Value::Object(_) => vec![one],
            _ => return Err(malformed("Missing required field Statement")),
        };
        let statements = statements.into_iter().map(statement);
        Ok(Self {
            statements: statements.collect::<Result<_, _>>()?,
        })
    }

    /// What this document says to a question, on its own.
    pub fn verdict(&self, ask: &Ask<'_>) -> Verdict {
        let mut is_allowed = false;
        for statement in self.statements.iter().filter(|one| one.applies(ask)) {
            if statement.is_denial {
                return Verdict::Denied;
            }
            is_allowed = true;
        }
        if is_allowed {
            Verdict::Allowed
        } else {
            Verdict::Silent
        }
    }
}

impl Statement {
    fn applies(&self, ask: &Ask<'_>) -> bool {
        let action = ask.action.to_ascii_lowercase();
        self.actions
            .covers(|pattern| is_like(&pattern.to_ascii_lowercase(), &action))
            && self
                .resources
                .as_ref()
                .is_none_or(|resources| resources.covers(|pattern| is_like(pattern, ask.resource)))
            && self
                .principals
                .as_ref()
                .is_none_or(|principals| principals.name(ask.principal))
            && self.hold(ask.circumstances)
    }

    fn hold(&self, circumstances: &Circumstances) -> bool {
        self.conditions
            .iter()
            .all(|(operator, key, wanted)| operator.holds(wanted, circumstances.get(key)))
    }
}

impl Listed {
    fn covers(&self, is_like: impl Fn(&str) -> bool) -> bool {
        match self {
            Self::Only(patterns) => patterns.iter().any(|pattern| is_like(pattern)),
            Self::AllBut(patterns) => !patterns.iter().any(|pattern| is_like(pattern)),
        }
    }
}

impl Principals {
    fn name(&self, principal: &Principal) -> bool {
        match self {
            Self::Everybody => true,
            Self::These { aws, services } => {
                let root = format!("arn:aws:iam::{}:root", principal.account);
                let is_account = |name: &String| *name == root || *name == principal.account;
                let is_aws = principal.service.is_none()
                    && aws.iter().any(|name| {
                        name == "*" || is_account(name) || principal.arns.contains(name)
                    });
                is_aws
                    || principal
                        .service
                        .is_some_and(|asks| services.iter().any(|name| name == asks))
            }
        }
    }
}

fn malformed(message: &str) -> Unreadable {
    Unreadable::Malformed(message.to_owned())
}

fn statement(value: &Value) -> Result<Statement, Unreadable> {
    let value = value
        .as_object()
        .ok_or_else(|| malformed("A statement is an object"))?;
    let is_denial = match value.get("Effect").and_then(Value::as_str) {
        Some("Allow") => false,
        Some("Deny") => true,
        _ => return Err(malformed("Effect must be Allow or Deny")),
    };
    let actions = listed(value, "Action", "NotAction")?
        .ok_or_else(|| malformed("Policy statement must contain actions."))?;
    let principals = value.get("Principal").map(principals).transpose()?;
    if value.contains_key("NotPrincipal") {
        return Err(not_evaluated("NotPrincipal"));
    }
    let resources = listed(value, "Resource", "NotResource")?;
    if resources.is_none() && principals.is_none() {
        return Err(malformed("Policy statement must contain resources."));
    }
    Ok(Statement {
        is_denial,
        actions,
        resources,
        principals,
        conditions: conditions(value.get("Condition"))?,
    })
}

fn listed(
    value: &Map<String, Value>,
    only: &str,
    all_but: &str,
) -> Result<Option<Listed>, Unreadable> {
    Ok(match (value.get(only), value.get(all_but)) {
        (Some(these), None) => Some(Listed::Only(texts(these)?)),
        (None, Some(these)) => Some(Listed::AllBut(texts(these)?)),
        (None, None) => None,
        _ => {
            return Err(malformed(&format!(
                "{only} and {all_but} exclude each other"
            )));
        }
    })
}

fn principals(value: &Value) -> Result<Principals, Unreadable> {
    let named = match value {
        Value::String(all) if all == "*" => return Ok(Principals::Everybody),
        Value::Object(named) => named,
        _ => return Err(malformed("Invalid principal in policy")),
    };
    if let Some(other) = named
        .keys()
        .find(|kind| !matches!(kind.as_str(), "AWS" | "Service"))
    {
        return Err(not_evaluated(&format!("the principal {other}")));
    }
    let of = |kind: &str| named.get(kind).map_or(Ok(vec![]), texts);
    Ok(Principals::These {
        aws: of("AWS")?,
        services: of("Service")?,
    })
}

fn conditions(value: Option<&Value>) -> Result<Vec<(Operator, String, Vec<String>)>, Unreadable> {
    let mut found = vec![];
    let operators = match value {
        None => return Ok(found),
        Some(Value::Object(operators)) => operators,
        Some(_) => return Err(malformed("Condition is an object")),
    };
    for (name, keys) in operators {
        let operator = Operator::read(name)
            .ok_or_else(|| not_evaluated(&format!("the condition operator {name}")))?;
        let keys = keys
            .as_object()
            .ok_or_else(|| malformed("A condition names keys"))?;
        for (key, values) in keys {
            found.push((operator, key.clone(), texts(values)?));
        }
    }
    Ok(found)
}

/// A text, a truth value, or a list of them.
fn texts(value: &Value) -> Result<Vec<String>, Unreadable> {
    let one = |value: &Value| match value {
        Value::String(text) if text.contains("${") => {
            Err(not_evaluated(&format!("the policy variable in \"{text}\"")))
        }
        Value::String(text) => Ok(text.clone()),
        Value::Bool(truth) => Ok(truth.to_string()),
        Value::Number(number) => Ok(number.to_string()),
        _ => Err(malformed("A policy holds texts and lists of texts")),
    };
    match value {
        Value::Array(values) => values.iter().map(one).collect(),
        other => Ok(vec![one(other)?]),
    }
}

fn not_evaluated(what: &str) -> Unreadable {
    Unreadable::NotEvaluated(format!(
        "The sandbox does not evaluate {what}. Connect a real account to use this."
    ))
}
