//! Whether a tenant is as it was set up, and whether it is apart from the others.

use serde_json::{Value, json};
use tallyport_aws::AwsError;
use tallyport_aws::tenants::isolation::{self, Attempt, Crossing, Outcome};
use tallyport_aws::tenants::{self as at_aws, Part, Site, Wanted};
use tallyport_ledger::ManageTenants;
use tallyport_ledger::tenant::{Place, TenantId, TenantUser};

pub use tallyport_aws::tenants::Drift;

use super::setup::{self, Step};
use super::{Target, target, users};
use crate::trail::Trail;
use crate::{Context, Grant, WorkspaceError};

/// What came of trying to leave a tenant's place.
#[derive(Debug, Clone)]
pub struct Isolation {
    /// When it was tried.
    pub at: jiff::Timestamp,
    /// Whether everything that should be refused was refused, and nothing else.
    pub holds: bool,
    /// What was tried, and what became of it.
    pub attempts: Value,
}

/// By which means addresses can be kept out of a server, in a sentence.
#[must_use]
pub fn addresses(endpoint_type: &str) -> &'static str {
    if endpoint_type == "VPC" {
        "The security groups of the server's endpoint say from where all tenants may sign in; it cannot be said \
         for one tenant or user alone."
    } else {
        "This server is reached from everywhere: Transfer Family has no list of addresses for a public endpoint \
         whose users it manages itself. Keys are what keeps others out. A server with a VPC endpoint can have one."
    }
}

/// What a difference is of, in a word: server, key, bucket, role, or `user NAME`.
#[must_use]
pub fn part_word(part: &Part) -> String {
    match part {
        Part::Server => "server".to_owned(),
        Part::Key => "key".to_owned(),
        Part::Bucket => "bucket".to_owned(),
        Part::Role => "role".to_owned(),
        Part::User(name) => format!("user {name}"),
    }
}

/// Really tries, with the rights of its role and of each of its users, to reach what is not its own, and keeps
/// what came of it.
///
/// # Errors
/// It is not set up; AWS does not let us try.
pub async fn verify(
    cx: &Context,
    by: &Grant<ManageTenants>,
    id: TenantId,
) -> Result<Isolation, WorkspaceError> {
    let target = target(cx, id).await?.set_up()?;
    let site = target.site(cx).await?;
    let others: Vec<Place> = cx
        .store
        .read(|r| r.tenants())
        .await?
        .into_iter()
        .filter(|other| other.tenant.id != id)
        .map(|other| other.tenant.place)
        .collect();
    let users: Vec<_> = target.users.iter().map(|kept| kept.user.clone()).collect();
    let (role, key) = (target.made.role()?, target.made.key()?);
    let crossing = Crossing {
        tenant: target.tenant(),
        role: &role,
        key: &key,
        users: &users,
        others: &others,
    };
    let tried = isolation::try_crossing(&site, &crossing).await?;
    let mut holds = tried.iter().all(Attempt::is_as_it_should);
    let mut attempts: Vec<Value> = tried.iter().map(told).collect();
    match isolation::simulate(&site, &crossing).await {
        Ok(answers) => {
            holds &= answers.iter().all(|one| one.is_allowed == one.is_wanted);
            attempts.extend(answers.iter().map(|one| {
                json!({
                    "who": SIMULATION, "what": one.action, "target": one.resource, "foreign": !one.is_wanted,
                    "outcome": if one.is_allowed { "went through" } else { "refused" },
                    "as_it_should": one.is_allowed == one.is_wanted, "detail": "",
                })
            }));
        }
        // Not every account lets its people ask; what was really tried stands by itself.
        Err(AwsError::Denied { said, .. }) => attempts.push(json!({
            "who": SIMULATION, "what": "", "target": "", "foreign": false, "outcome": "unclear",
            "as_it_should": true, "detail": format!("The account does not let us ask it: {said}"),
        })),
        Err(error) => return Err(error.into()),
    }
    let attempts = Value::from(attempts);
    let kept = json!({ "holds": holds, "attempts": attempts });
    let (trail, at) = (Trail::of(cx, by), cx.now());
    let name = target.tenant().name.to_string();
    cx.store
        .write(move |w| {
            w.keep_isolation(id, at, &kept)?;
            let details = json!({ "id": id.0, "holds": holds });
            Ok::<_, WorkspaceError>(trail.keep(w, "tenant.isolation-tried", &name, &details)?)
        })
        .await?;
    Ok(Isolation {
        at,
        holds,
        attempts,
    })
}

/// Who answers where IAM was asked, not tried.
const SIMULATION: &str = "IAM's simulation";

fn told(attempt: &Attempt) -> Value {
    let outcome = match attempt.outcome {
        Outcome::Refused => "refused",
        Outcome::WentThrough => "went through",
        Outcome::Unclear => "unclear",
    };
    json!({
        "who": attempt.who, "what": attempt.what, "target": attempt.target, "foreign": attempt.is_foreign,
        "outcome": outcome, "as_it_should": attempt.is_as_it_should(), "detail": attempt.detail,
    })
}

/// What at AWS is not as it was set up. Nothing is changed.
///
/// # Errors
/// It is not set up; what AWS refuses.
pub async fn drift(
    cx: &Context,
    _by: &Grant<ManageTenants>,
    id: TenantId,
) -> Result<Vec<Drift>, WorkspaceError> {
    let target = target(cx, id).await?.set_up()?;
    let site = target.site(cx).await?;
    found(cx, &site, &target).await
}

/// Sets right what [`drift`] finds, and answers what it found and what is left.
///
/// # Errors
/// As [`drift`].
pub async fn mend(
    cx: &Context,
    by: &Grant<ManageTenants>,
    id: TenantId,
) -> Result<(Vec<Drift>, Vec<Drift>), WorkspaceError> {
    let target = target(cx, id).await?.set_up()?;
    let site = target.site(cx).await?;
    let before = found(cx, &site, &target).await?;
    let has = |part: &Part| before.iter().any(|drift| drift.part == *part);
    // A role that was made anew has to be given to every user again.
    let steps = [
        (Part::Key, Step::Key),
        (Part::Bucket, Step::Bucket),
        (Part::Role, Step::Role),
    ];
    for (part, step) in steps {
        if has(&part) {
            setup::make(&site, &target, step).await?;
        }
    }
    for kept in &target.users {
        let drifted = has(&Part::User(kept.user.name.to_string())) || has(&Part::Role);
        if drifted || !kept.applied {
            users::apply(cx, &target, &kept.user).await?;
        }
    }
    let after = found(cx, &site, &target).await?;
    let trail = Trail::of(cx, by);
    let name = target.tenant().name.to_string();
    let details = json!({ "id": id.0, "found": before.len(), "left": after.len() });
    cx.store
        .write(move |w| trail.keep(w, "tenant.mended", &name, &details))
        .await?;
    Ok((before, after))
}

async fn found(cx: &Context, site: &Site, target: &Target) -> Result<Vec<Drift>, WorkspaceError> {
    let today = cx.today();
    let server = &target.made.server()?.id;
    let observed = at_aws::observe(site, target.tenant(), server).await?;
    let users: Vec<(TenantUser, bool)> = target
        .users
        .iter()
        .map(|kept| {
            (
                kept.user.clone(),
                users::signs_in(target.tenant(), &kept.user, today),
            )
        })
        .collect();
    let wanted = Wanted {
        tenant: target.tenant(),
        server,
        users: &users,
        writes: target.writes(),
    };
    Ok(at_aws::drift(site, &wanted, &observed)?)
}
