//! Who works at the company, and the names their things are tagged with.

/// An AWS account of the company.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Twelve digits; the ones that AWS documentation uses.
    pub id: &'static str,
    /// The name that the organisation gave it.
    pub name: &'static str,
    /// Whether it pays for the others.
    pub is_payer: bool,
}

/// A team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Team {
    /// Its name.
    pub name: &'static str,
    /// The tag values under which the team's own things appear.
    pub tag_values: Vec<TagValue>,
}

/// A person, with every spelling under which the tags know them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Their name as they write it.
    pub name: &'static str,
    /// Their address.
    pub email: &'static str,
    /// The name of their team.
    pub team: &'static str,
    /// The tags that mean this person. Messy on purpose, as real ones are.
    pub tag_values: Vec<TagValue>,
}

/// One tag and its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagValue {
    /// The tag's key; `owner` and `Owner` are two keys, to AWS and here.
    pub key: &'static str,
    /// The tag's value.
    pub value: &'static str,
}

/// A customer who sends and fetches files by SFTP.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tenant {
    /// The customer's name.
    pub name: &'static str,
    /// The SFTP user they log in as.
    pub user: &'static str,
    /// The bucket that holds their files.
    pub bucket: &'static str,
    /// How much they keep there, in gigabytes.
    pub stored_gigabytes: u32,
    /// Everybody who signs in for them, [`Tenant::user`] first.
    pub users: Vec<Login>,
}

/// Somebody, or some program, that signs in by SFTP.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Login {
    /// What they sign in as.
    pub name: &'static str,
    /// What they may do: `admin`, `upload-only` or `read-only`.
    pub role: &'static str,
    /// The key that they sign in with. Nobody has its private half.
    pub public_key: &'static str,
}

pub(crate) const PAYER: &str = "111122223333";
pub(crate) const PRODUCTION: &str = "222233334444";
pub(crate) const DEVELOPMENT: &str = "333344445555";
pub(crate) const DATA: &str = "444455556666";

pub(crate) fn accounts() -> Vec<Account> {
    [PAYER, PRODUCTION, DEVELOPMENT, DATA]
        .map(|id| Account {
            id,
            name: account_name(id),
            is_payer: id == PAYER,
        })
        .into()
}

/// The name of an account; nothing for what is not one.
pub(crate) fn account_name(id: &str) -> &'static str {
    match id {
        PAYER => "northwind-management",
        PRODUCTION => "northwind-production",
        DEVELOPMENT => "northwind-development",
        DATA => "northwind-data",
        _ => "",
    }
}

fn tags(pairs: &[(&'static str, &'static str)]) -> Vec<TagValue> {
    pairs
        .iter()
        .map(|&(key, value)| TagValue { key, value })
        .collect()
}

pub(crate) fn teams() -> Vec<Team> {
    vec![
        Team {
            name: "Platform",
            tag_values: tags(&[("team", "platform"), ("team", "Platform")]),
        },
        Team {
            name: "Storefront",
            tag_values: tags(&[("team", "storefront"), ("team", "store-front")]),
        },
        Team {
            name: "Data",
            tag_values: tags(&[("team", "data"), ("team", "data-eng")]),
        },
    ]
}

pub(crate) fn people() -> Vec<Person> {
    let person = |name, email, team, values: &[(&'static str, &'static str)]| Person {
        name,
        email,
        team,
        tag_values: tags(values),
    };
    vec![
        person(
            "Jane Doe",
            "jane.doe@northwind.example",
            "Platform",
            &[
                ("owner", "jane.doe"),
                ("owner", "Jane Doe"),
                ("owner", "jane.doe@northwind.example"),
                ("Owner", "jane.doe"),
            ],
        ),
        person(
            "Omar Haddad",
            "omar.haddad@northwind.example",
            "Platform",
            &[("owner", "omar.haddad"), ("owner", "ohaddad")],
        ),
        person(
            "Anna Kowalska",
            "anna.kowalska@northwind.example",
            "Storefront",
            &[("owner", "anna.kowalska"), ("owner", "Anna Kowalska")],
        ),
        person(
            "José García",
            "jose.garcia@northwind.example",
            "Storefront",
            &[
                ("owner", "jose.garcia"),
                ("owner", "JOSE.GARCIA"),
                ("owner", "José García"),
            ],
        ),
        person(
            "Mei Tanaka",
            "mei.tanaka@northwind.example",
            "Storefront",
            &[("owner", "mei.tanaka"), ("Owner", "Mei Tanaka")],
        ),
        person(
            "Tom Becker",
            "tom.becker@northwind.example",
            "Data",
            &[
                ("owner", "tom.becker"),
                ("owner", "tom.becker@northwind.example"),
            ],
        ),
        person(
            "Eleni Papadopoulou",
            "eleni.papadopoulou@northwind.example",
            "Data",
            &[("owner", "eleni.papadopoulou"), ("owner", "eleni")],
        ),
        person(
            "Zoë Müller",
            "zoe.mueller@northwind.example",
            "Data",
            &[("owner", "zoe.mueller"), ("Owner", "zoë.müller")],
        ),
    ]
}

pub(crate) fn tenants() -> Vec<Tenant> {
    let tenant = |name,
                  bucket,
                  stored_gigabytes,
                  users: [(&'static str, &'static str, &'static str); 2]| Tenant {
        name,
        user: users[0].0,
        bucket,
        stored_gigabytes,
        users: users
            .map(|(name, role, public_key)| Login {
                name,
                role,
                public_key,
            })
            .into(),
    };
    vec![
        tenant(
            "Acme Retail",
            "northwind-sftp-acme-retail",
            1_800,
            [
                (
                    "acme-retail",
                    "admin",
                    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAILPqtLrkepbEyeR2510Mt4A8ZIwfrkI2qb7ZV4MPdjzT acme-retail",
                ),
                (
                    "acme-retail-reports",
                    "read-only",
                    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAID7sqva2UPAb0PGU+zhvnW7mTZ33TjYv9vfZ+MN0UWEz acme-retail-reports",
                ),
            ],
        ),
        tenant(
            "Globex Logistics",
            "northwind-sftp-globex-logistics",
            650,
            [
                (
                    "globex-logistics",
                    "admin",
                    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOaSW/B2PjkuJDHb4x68w0kP/T/mVceJwwrdC4LueHBn globex-logistics",
                ),
                (
                    "globex-logistics-drop",
                    "upload-only",
                    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBtETQXS+B51IbK3nw3FZ9WcGlsKD0TJsTqaNhLWzPFt globex-logistics-drop",
                ),
            ],
        ),
        tenant(
            "Initech Payroll",
            "northwind-sftp-initech-payroll",
            90,
            [
                (
                    "initech-payroll",
                    "admin",
                    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIg6BalyyE2Oh0f4rCSDmPUeO9iNKIGmiuGLrkDyAWJV initech-payroll",
                ),
                (
                    "initech-payroll-audit",
                    "read-only",
                    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBVy+UOnHvVQscdKijb3+/wZtE9mGUzds/Q3HzJBxlZh initech-payroll-audit",
                ),
            ],
        ),
    ]
}
