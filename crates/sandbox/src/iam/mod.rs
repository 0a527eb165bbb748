//! IAM: roles, their policies, and what those policies would say to a question.

mod roles;
mod simulate;

use std::path::Path;

use jiff::civil::DateTime;

use crate::call::{self, Call, Reply};
use crate::dispatch::missing;
use crate::error::SandboxError;
use crate::policy::{Ask, Circumstances, Document, Principal, Unreadable, Verdict};
use crate::refusal::Refusal;
use crate::sandbox::State;
use crate::shelf::Shelf;
use crate::xml::Xml;

pub(crate) use roles::{RoleRecord, Roles};

const NAMESPACE: &str = "https://iam.amazonaws.com/doc/2010-05-08/";

/// The roles of all accounts. Clones are one.
#[derive(Debug, Clone)]
pub(crate) struct Iam(Shelf<Roles>);

impl Iam {
    pub fn open(folder: &Path) -> Result<Self, SandboxError> {
        Shelf::open(folder.join("iam.json"), Roles::default).map(Self)
    }

    /// The role of that name, if the account has one.
    pub fn role(&self, account: &str, name: &str) -> Option<RoleRecord> {
        self.0.read().find(account, name).cloned()
    }

    /// Whether the role's trust policy lets `principal` be it.
    pub fn trusts(&self, role: &RoleRecord, principal: &Principal, said: &Circumstances) -> bool {
        let Ok(trust) = Document::parse(&role.trust) else {
            return false;
        };
        let ask = Ask {
            principal,
            action: "sts:AssumeRole",
            resource: "*",
            circumstances: said,
        };
        trust.verdict(&ask) == Verdict::Allowed
    }
}

impl RoleRecord {
    pub fn arn(&self) -> String {
        format!(
            "arn:aws:iam::{}:role{}{}",
            self.account, self.path, self.name
        )
    }

    /// What the role may do, read. What cannot be read was refused when it was written.
    pub fn documents(&self) -> Vec<Document> {
        let texts = self.inline.values();
        texts
            .filter_map(|text| Document::parse(text).ok())
            .collect()
    }
}

/// Refuses a document that is none, or that could not be evaluated later.
pub(crate) fn checked(text: &str, code: &'static str) -> Result<Document, Refusal> {
    Document::parse(text).map_err(|unreadable| match unreadable {
        Unreadable::Malformed(message) => Refusal::new(code, message),
        Unreadable::NotEvaluated(message) => {
            Refusal::new("NotImplementedInSandbox", message).status(501)
        }
    })
}

/// The fields of a call, as a form has them.
struct Form(Vec<(String, String)>);

impl Form {
    fn of(call: &Call) -> Self {
        Self(call::form_fields(&String::from_utf8_lossy(&call.body)))
    }

    fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }

    fn required(&self, name: &str) -> Result<&str, Refusal> {
        self.get(name).ok_or_else(|| {
            Refusal::new(
                "ValidationError",
                format!("{name} is missing from the request."),
            )
        })
    }

    /// `Name.member.1`, `Name.member.2`, …
    fn list(&self, name: &str) -> Vec<&str> {
        (1..)
            .map_while(|number| self.get(&format!("{name}.member.{number}")))
            .collect()
    }

    /// `Name.member.1.First` with `Name.member.1.Second`, …
    fn pairs(&self, name: &str, first: &str, second: &str) -> Vec<(String, String)> {
        (1..)
            .map_while(|number| {
                let one = self.get(&format!("{name}.member.{number}.{first}"))?;
                let other = self.get(&format!("{name}.member.{number}.{second}"))?;
                Some((one.to_owned(), other.to_owned()))
            })
            .collect()
    }
}

pub(crate) fn answer(state: &State, call: &Call) -> Reply {
    let form = Form::of(call);
    let iam = &state.permission.iam.0;
    let account = call.identity.account;
    let result = match call.operation.as_str() {
        "CreateRole" => roles::create(iam, account, &form, call.now),
        "GetRole" => roles::get(iam, account, &form),
        "ListRoles" => roles::list(iam, account, &form),
        "DeleteRole" => roles::delete(iam, account, &form),
        "UpdateAssumeRolePolicy" => roles::trust(iam, account, &form),
        "PutRolePolicy" => roles::put_policy(iam, account, &form),
        "GetRolePolicy" => roles::get_policy(iam, account, &form),
        "ListRolePolicies" => roles::list_policies(iam, account, &form),
        "DeleteRolePolicy" => roles::delete_policy(iam, account, &form),
        // Nothing here is managed by AWS or shared by roles.
        "ListAttachedRolePolicies" | "ListInstanceProfilesForRole" => {
            roles::found(iam, account, &form).map(|_| {
                let mut xml = Xml::default();
                let name = if call.operation == "ListAttachedRolePolicies" {
                    "AttachedPolicies"
                } else {
                    "InstanceProfiles"
                };
                xml.element(name, |_| {}).text("IsTruncated", "false");
                xml
            })
        }
        "SimulatePrincipalPolicy" => simulate::principal(iam, account, &form),
        "SimulateCustomPolicy" => simulate::custom(account, &form),
        _ => return missing("iam", call),
    };
    match result {
        Ok(inside) => call::query_result(call, NAMESPACE, |xml| xml.append(inside)),
        Err(refusal) => call::error(
            call.protocol,
            refusal.status,
            refusal.code,
            &refusal.message,
        ),
    }
}

fn moment(at: DateTime) -> String {
    format!("{at}Z")
}
