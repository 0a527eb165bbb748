//! The policy simulator, on the policies that the sandbox evaluates anyway.

use super::{Form, Roles, checked};
use crate::policy::{Ask, Circumstances, Decision, Document, Policies, Principal};
use crate::refusal::Refusal;
use crate::shelf::Shelf;
use crate::xml::Xml;

/// What the policies of a role would say.
pub(super) fn principal(iam: &Shelf<Roles>, account: &str, form: &Form) -> Result<Xml, Refusal> {
    let arn = form.required("PolicySourceArn")?;
    let name = arn.rsplit('/').next().unwrap_or_default();
    let roles = iam.read();
    let role = roles.find(account, name).filter(|role| role.arn() == arn);
    let role = role.ok_or_else(|| {
        Refusal::new(
            "NoSuchEntity",
            format!("The role with name {name} cannot be found."),
        )
        .status(404)
    })?;
    simulated(account, vec![arn.to_owned()], role.documents(), form)
}

/// What policies would say that nobody has.
pub(super) fn custom(account: &str, form: &Form) -> Result<Xml, Refusal> {
    let root = format!("arn:aws:iam::{account}:root");
    simulated(account, vec![root], vec![], form)
}

fn simulated(
    account: &str,
    arns: Vec<String>,
    mut documents: Vec<Document>,
    form: &Form,
) -> Result<Xml, Refusal> {
    for text in form.list("PolicyInputList") {
        documents.push(checked(text, "InvalidInput")?);
    }
    let resource_policy = form.get("ResourcePolicy");
    let resource_policy = resource_policy
        .map(|text| checked(text, "InvalidInput"))
        .transpose()?;
    let principal = Principal {
        account: account.to_owned(),
        arns,
        service: None,
    };
    let said = circumstances(form);
    let actions = form.list("ActionNames");
    if actions.is_empty() {
        return Err(Refusal::new(
            "InvalidInput",
            "ActionNames is missing from the request.",
        ));
    }
    let named = form.list("ResourceArns");
    let resources = if named.is_empty() { vec!["*"] } else { named };
    let policies = Policies {
        identity: Some(&documents),
        session: None,
        resource: resource_policy.as_ref(),
    };
    let mut xml = Xml::default();
    xml.element("EvaluationResults", |xml| {
        for action in &actions {
            for resource in &resources {
                let ask = Ask {
                    principal: &principal,
                    action,
                    resource,
                    circumstances: &said,
                };
                let decision = policies.decide(&ask);
                xml.element("member", |xml| {
                    xml.text("EvalActionName", action)
                        .text("EvalResourceName", resource)
                        .text("EvalDecision", word(decision))
                        .element("MatchedStatements", |_| {})
                        .element("MissingContextValues", |_| {});
                });
            }
        }
    });
    xml.text("IsTruncated", "false");
    Ok(xml)
}

fn word(decision: Decision) -> &'static str {
    match decision {
        Decision::Allowed => "allowed",
        Decision::ImplicitDeny => "implicitDeny",
        Decision::ExplicitDeny => "explicitDeny",
    }
}

fn circumstances(form: &Form) -> Circumstances {
    let mut said = Circumstances::default();
    for number in 1.. {
        let entry = format!("ContextEntries.member.{number}");
        let Some(key) = form.get(&format!("{entry}.ContextKeyName")) else {
            break;
        };
        let values = form.list(&format!("{entry}.ContextKeyValues"));
        said.set(key, values.into_iter().map(str::to_owned).collect());
    }
    said
}
