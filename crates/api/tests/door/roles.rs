use tallyport_api::{demanded, openapi};
use tallyport_ledger::{PermissionKind, Role};

use crate::stage::Stage;

/// The routes that need nobody signed in.
const OPEN: &[&str] = &["/api/v1/health"];

/// The address with something in place of each parameter; nothing has these numbers.
fn filled(path: &str) -> String {
    path.replace("{id}", "999999")
        .replace("{person_id}", "999999")
        .replace("{n}", "1")
        .replace("{name}", "nobody")
        .replace("{dimension}", "service")
}

#[tokio::test]
async fn every_route_lets_in_the_roles_of_the_table_and_no_other() {
    let stage = Stage::new().await;
    let routes = demanded(&openapi());
    assert!(routes.len() > 40, "{} routes", routes.len());
    for (method, path, permission) in routes {
        let Some(permission) = permission else {
            continue;
        };
        for role in Role::ALL {
            let status = stage.status(Some(role), method, &filled(&path)).await;
            assert_eq!(
                status != 403,
                role.may(permission),
                "{method} {path} as {role} (needs {}): {status}",
                permission.word()
            );
        }
    }
}

#[tokio::test]
async fn nobody_is_let_in_but_to_the_open_routes() {
    let stage = Stage::new().await;
    for (method, path, permission) in demanded(&openapi()) {
        let status = stage.status(None, method, &filled(&path)).await;
        assert_eq!(
            status == 401,
            permission.is_some(),
            "{method} {path}: {status}"
        );
        assert_eq!(
            permission.is_none(),
            OPEN.contains(&path.as_str()),
            "{path}"
        );
    }
    assert_eq!(stage.status(None, "GET", "/api/v1/openapi.json").await, 200);
}

#[test]
fn the_roles_are_those_of_the_table() {
    use PermissionKind as P;
    let holders = |permission| {
        Role::ALL
            .into_iter()
            .filter(|role| role.may(permission))
            .map(Role::word)
            .collect::<Vec<_>>()
    };
    let everybody = [
        "super admin",
        "admin",
        "developer",
        "viewer",
        "billing manager",
    ];
    assert_eq!(holders(P::ViewCosts), everybody);
    assert_eq!(holders(P::ViewResources), everybody[..4]);
    assert_eq!(holders(P::ManageClients), everybody[..2]);
    assert_eq!(holders(P::ManageUsers), everybody[..2]);
    assert_eq!(holders(P::ManageTenants), everybody[..2]);
    assert_eq!(holders(P::ManageChannels), everybody[..2]);
    assert_eq!(holders(P::AdministerWorkspace), everybody[..1]);
    let billing = ["super admin", "admin", "billing manager"];
    for permission in [
        P::LoadCosts,
        P::AssignOwners,
        P::ReadInvoices,
        P::IssueInvoices,
        P::SetBudgets,
    ] {
        assert_eq!(holders(permission), billing, "{}", permission.word());
    }
}

#[tokio::test]
async fn a_session_says_what_its_role_may() {
    let stage = Stage::new().await;
    let session = stage.get("/api/v1/session").await;
    assert_eq!(session["role"], "super admin");
    assert_eq!(
        session["permissions"].as_array().unwrap().len(),
        PermissionKind::ALL.len()
    );
    assert_eq!(session["workspace"]["mark"], "demo data");
}
