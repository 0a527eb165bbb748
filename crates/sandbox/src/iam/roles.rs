//! Roles and what is written into them.

use std::collections::BTreeMap;

use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

use super::{Form, checked, moment};
use crate::company::Seed;
use crate::refusal::{Refusal, page};
use crate::shelf::Shelf;
use crate::xml::Xml;

/// A role's own policies together have at most so many characters, white space not counted.
const MOST_INLINE: usize = 10_240;
/// A trust policy has at most so many.
const MOST_TRUST: usize = 2_048;

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Roles {
    roles: Vec<RoleRecord>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct RoleRecord {
    pub account: String,
    pub name: String,
    pub path: String,
    pub id: String,
    pub created: String,
    pub description: Option<String>,
    pub trust: String,
    /// Its own policies, by name.
    pub inline: BTreeMap<String, String>,
    pub tags: Vec<(String, String)>,
}

impl Roles {
    pub fn find(&self, account: &str, name: &str) -> Option<&RoleRecord> {
        let mut roles = self.roles.iter();
        roles.find(|role| role.account == account && role.name == name)
    }

    fn find_mut(&mut self, account: &str, name: &str) -> Result<&mut RoleRecord, Refusal> {
        let mut roles = self.roles.iter_mut();
        roles
            .find(|role| role.account == account && role.name == name)
            .ok_or_else(|| no_such_role(name))
    }
}

fn no_such(message: String) -> Refusal {
    Refusal::new("NoSuchEntity", message).status(404)
}

fn no_such_role(name: &str) -> Refusal {
    no_such(format!("The role with name {name} cannot be found."))
}

fn is_name(name: &str, most: usize) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"_+=,.@-".contains(&byte);
    (1..=most).contains(&name.len()) && name.bytes().all(allowed)
}

fn checked_trust(text: &str) -> Result<(), Refusal> {
    checked(text, "MalformedPolicyDocument")?;
    if text.chars().filter(|sign| !sign.is_whitespace()).count() > MOST_TRUST {
        return Err(limit("ACLSizePerRole", MOST_TRUST));
    }
    Ok(())
}

fn limit(what: &str, most: usize) -> Refusal {
    Refusal::new(
        "LimitExceeded",
        format!("Cannot exceed quota for {what}: {most}"),
    )
    .status(409)
}

pub(super) fn found(iam: &Shelf<Roles>, account: &str, form: &Form) -> Result<RoleRecord, Refusal> {
    let name = form.required("RoleName")?;
    let roles = iam.read();
    roles
        .find(account, name)
        .cloned()
        .ok_or_else(|| no_such_role(name))
}

pub(super) fn create(
    iam: &Shelf<Roles>,
    account: &str,
    form: &Form,
    now: DateTime,
) -> Result<Xml, Refusal> {
    let name = form.required("RoleName")?;
    if !is_name(name, 64) {
        return Err(Refusal::new(
            "ValidationError",
            "The specified value for roleName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-",
        ));
    }
    let trust = form.required("AssumeRolePolicyDocument")?;
    checked_trust(trust)?;
    let path = form.get("Path").unwrap_or("/");
    let role = RoleRecord {
        account: account.to_owned(),
        name: name.to_owned(),
        path: path.to_owned(),
        id: format!(
            "AROA{}",
            Seed(0).hex(&format!("{account}/{name}"), 16).to_uppercase()
        ),
        created: moment(now),
        description: form.get("Description").map(str::to_owned),
        trust: trust.to_owned(),
        inline: BTreeMap::new(),
        tags: form.pairs("Tags", "Key", "Value"),
    };
    let shown = shown(&role);
    iam.change(|roles| {
        if roles.find(account, name).is_some() {
            let message = format!("Role with name {name} already exists.");
            return Err(Refusal::new("EntityAlreadyExists", message).status(409));
        }
        roles.roles.push(role);
        Ok(())
    })?;
    Ok(shown)
}

fn shown(role: &RoleRecord) -> Xml {
    let mut xml = Xml::default();
    xml.element("Role", |xml| fields(xml, role));
    xml
}

fn fields(xml: &mut Xml, role: &RoleRecord) {
    xml.text("Path", &role.path)
        .text("RoleName", &role.name)
        .text("RoleId", &role.id)
        .text("Arn", &role.arn())
        .text("CreateDate", &role.created)
        .text("AssumeRolePolicyDocument", &url_encoded(&role.trust))
        .text("MaxSessionDuration", "3600");
    if let Some(description) = &role.description {
        xml.text("Description", description);
    }
    if !role.tags.is_empty() {
        xml.element("Tags", |xml| {
            for (key, value) in &role.tags {
                xml.element("member", |xml| {
                    xml.text("Key", key).text("Value", value);
                });
            }
        });
    }
}

/// IAM gives documents out percent-encoded.
fn url_encoded(text: &str) -> String {
    let one = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
            char::from(byte).to_string()
        }
        other => format!("%{other:02X}"),
    };
    text.bytes().map(one).collect()
}

pub(super) fn get(iam: &Shelf<Roles>, account: &str, form: &Form) -> Result<Xml, Refusal> {
    found(iam, account, form).map(|role| shown(&role))
}

pub(super) fn list(iam: &Shelf<Roles>, account: &str, form: &Form) -> Result<Xml, Refusal> {
    let path = form.get("PathPrefix").unwrap_or("/");
    let mut all: Vec<RoleRecord> = iam.read().roles.clone();
    all.retain(|role| role.account == account && role.path.starts_with(path));
    all.sort_by(|one, two| one.name.cmp(&two.name));
    let most = form
        .get("MaxItems")
        .and_then(|most| most.parse().ok())
        .unwrap_or(100);
    let (roles, next) = page(all, |role| role.name.clone(), form.get("Marker"), most);
    let mut xml = Xml::default();
    xml.element("Roles", |xml| {
        for role in &roles {
            xml.element("member", |xml| fields(xml, role));
        }
    });
    ending(&mut xml, next);
    Ok(xml)
}

fn ending(xml: &mut Xml, next: Option<String>) {
    xml.text("IsTruncated", if next.is_some() { "true" } else { "false" });
    if let Some(next) = next {
        xml.text("Marker", &next);
    }
}

pub(super) fn delete(iam: &Shelf<Roles>, account: &str, form: &Form) -> Result<Xml, Refusal> {
    let name = form.required("RoleName")?;
    iam.change(|roles| {
        let role = roles.find_mut(account, name)?;
        if !role.inline.is_empty() {
            return Err(Refusal::new(
                "DeleteConflict",
                "Cannot delete entity, must delete policies first.",
            )
            .status(409));
        }
        roles
            .roles
            .retain(|role| role.account != account || role.name != name);
        Ok(Xml::default())
    })
}

pub(super) fn trust(iam: &Shelf<Roles>, account: &str, form: &Form) -> Result<Xml, Refusal> {
    let name = form.required("RoleName")?;
    let document = form.required("PolicyDocument")?;
    checked_trust(document)?;
    iam.change(|roles| {
        document.clone_into(&mut roles.find_mut(account, name)?.trust);
        Ok(Xml::default())
    })
}

pub(super) fn put_policy(iam: &Shelf<Roles>, account: &str, form: &Form) -> Result<Xml, Refusal> {
    let name = form.required("RoleName")?;
    let policy = form.required("PolicyName")?;
    let document = form.required("PolicyDocument")?;
    if !is_name(policy, 128) {
        return Err(Refusal::new(
            "ValidationError",
            "The specified value for policyName is invalid.",
        ));
    }
    checked(document, "MalformedPolicyDocument")?;
    iam.change(|roles| {
        let role = roles.find_mut(account, name)?;
        role.inline.insert(policy.to_owned(), document.to_owned());
        let signs = role.inline.values().flat_map(|text| text.chars());
        if signs.filter(|sign| !sign.is_whitespace()).count() > MOST_INLINE {
            return Err(limit("InlinePolicySizePerRole", MOST_INLINE));
        }
        Ok(Xml::default())
    })
}

pub(super) fn get_policy(iam: &Shelf<Roles>, account: &str, form: &Form) -> Result<Xml, Refusal> {
    let role = found(iam, account, form)?;
    let policy = form.required("PolicyName")?;
    let document = role
        .inline
        .get(policy)
        .ok_or_else(|| no_such_policy(policy))?;
    let mut xml = Xml::default();
    xml.text("RoleName", &role.name)
        .text("PolicyName", policy)
        .text("PolicyDocument", &url_encoded(document));
    Ok(xml)
}

fn no_such_policy(name: &str) -> Refusal {
    no_such(format!("The role policy with name {name} cannot be found."))
}

pub(super) fn list_policies(
    iam: &Shelf<Roles>,
    account: &str,
    form: &Form,
) -> Result<Xml, Refusal> {
    let role = found(iam, account, form)?;
    let mut xml = Xml::default();
    xml.element("PolicyNames", |xml| {
        for name in role.inline.keys() {
            xml.text("member", name);
        }
    });
    ending(&mut xml, None);
    Ok(xml)
}

pub(super) fn delete_policy(
    iam: &Shelf<Roles>,
    account: &str,
    form: &Form,
) -> Result<Xml, Refusal> {
    let name = form.required("RoleName")?;
    let policy = form.required("PolicyName")?;
    iam.change(|roles| {
        let role = roles.find_mut(account, name)?;
        role.inline
            .remove(policy)
            .ok_or_else(|| no_such_policy(policy))?;
        Ok(Xml::default())
    })
}
