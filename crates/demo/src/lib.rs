//! The sandbox as a workspace: where a demo workspace reaches AWS, and who works there.
//!
//! Window and command line both make demo workspaces, and a demo must look the same from both. The
//! sandbox knows nothing of workspaces and the use cases know nothing of the sandbox, so the two meet
//! here.
//!
//! Invariants: holds no figure and no rule of its own; opens no socket, since the sandbox opens none;
//! no clock: the day comes in.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use jiff::civil::Date;
pub use tallyport_sandbox::Sandbox;
use tallyport_sandbox::{Login, Person, SandboxError, SandboxOptions, TagValue, Team};
use tallyport_workspace::{
    AwsSource,
    demo::{DemoCompany, DemoPerson, DemoTeam, DemoTenant, TenantRole},
};

/// The company of every demo: what one person sees, another sees too.
const SEED: u64 = 7;

/// The export that the company's bill is loaded from: with every resource, its region and its tags.
const EXPORT: &str = "northwind-focus";

/// The role that leads to the account in which the company's customers have their files.
const PRODUCTION_ROLE: &str = "arn:aws:iam::222233334444:role/OrganizationAccountAccessRole";

/// The server that they sign in to.
const SFTP_SERVER: &str = "s-0123456789abcdef0";

/// The tags by which the company's bill is cut when Cost Explorer is asked for it: who, in both
/// spellings, then which team.
const ALLOCATION_TAGS: &str = "owner,Owner,team";

/// Opens the sandbox that lies beside a demo workspace, and founds its company the first time.
///
/// # Errors
/// The folder cannot be read or written.
pub fn beside(workspace: &Path, today: Date) -> Result<Sandbox, SandboxError> {
    of_size(workspace, today, Sandbox::PEOPLE)
}

/// The same with a company of so many people, from eight to fifty, where none is there yet.
///
/// # Errors
/// As [`beside`].
pub fn of_size(workspace: &Path, today: Date, people: usize) -> Result<Sandbox, SandboxError> {
    let mut folder = workspace.as_os_str().to_owned();
    folder.push(".sandbox");
    let options = SandboxOptions {
        folder: PathBuf::from(folder),
        today,
        seed: SEED,
    };
    Sandbox::of_size(options, people)
}

/// The way to AWS that ends in this sandbox, whatever access a connection names.
#[must_use]
pub fn aws(sandbox: &Sandbox) -> AwsSource {
    let config = sandbox.sdk_config();
    Arc::new(move |_, _| {
        let config = config.clone();
        Box::pin(async move { config })
    })
}

/// The company as a workspace keeps it: its people and teams, with every spelling under which their
/// tags know them.
#[must_use]
pub fn company(sandbox: &Sandbox) -> DemoCompany {
    let company = sandbox.company();
    DemoCompany {
        name: company.name().to_owned(),
        billing_account: company.payer().to_owned(),
        region: Some("us-east-1".to_owned()),
        allocation_tag: Some(ALLOCATION_TAGS.to_owned()),
        export: Some(EXPORT.to_owned()),
        teams: company
            .teams()
            .iter()
            .map(|Team { name, tag_values }| DemoTeam {
                name: (*name).to_owned(),
                tags: pairs(tag_values),
            })
            .collect(),
        tenants: company
            .tenants()
            .iter()
            .map(|tenant| DemoTenant {
                name: tenant.name.to_owned(),
                assume_role: PRODUCTION_ROLE.to_owned(),
                server: SFTP_SERVER.to_owned(),
                bucket: tenant.bucket.to_owned(),
                users: tenant.users.iter().filter_map(login).collect(),
            })
            .collect(),
        people: company
            .people()
            .iter()
            .map(
                |Person {
                     name,
                     email,
                     team,
                     tag_values,
                 }| DemoPerson {
                    name: (*name).to_owned(),
                    email: (*email).to_owned(),
                    team: (*team).to_owned(),
                    tags: pairs(tag_values),
                },
            )
            .collect(),
    }
}

/// A role that the program has no word for is left out.
fn login(login: &Login) -> Option<(String, TenantRole, String)> {
    let role = login.role.parse().ok()?;
    Some((login.name.to_owned(), role, login.public_key.to_owned()))
}

fn pairs(tags: &[TagValue]) -> Vec<(String, String)> {
    tags.iter()
        .map(|tag| (tag.key.to_owned(), tag.value.to_owned()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_company_of_fifty_has_fifty_and_keeps_its_size() {
        let folder = tempfile::tempdir().unwrap();
        let workspace = folder.path().join("demo.tally");
        let today = jiff::civil::date(2026, 11, 21);
        let sandbox = of_size(&workspace, today, 50).unwrap();
        let mut names: Vec<String> = company(&sandbox)
            .people
            .into_iter()
            .map(|person| person.name)
            .collect();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), 50);
        drop(sandbox);
        let again = beside(&workspace, today).unwrap();
        assert_eq!(company(&again).people.len(), 50);
    }

    #[test]
    fn everybody_has_a_team_and_something_of_their_own() {
        let folder = tempfile::tempdir().unwrap();
        let sandbox = beside(
            &folder.path().join("demo.tally"),
            jiff::civil::date(2026, 11, 21),
        )
        .unwrap();
        let company = company(&sandbox);
        assert_eq!(company.people.len(), 8);
        for person in &company.people {
            assert!(
                company.teams.iter().any(|team| team.name == person.team),
                "{}",
                person.name
            );
            assert!(!person.tags.is_empty(), "{} owns something", person.name);
        }
        assert!(
            folder.path().join("demo.tally.sandbox").is_dir(),
            "it lies beside the workspace"
        );
    }
}
