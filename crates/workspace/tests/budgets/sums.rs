//! What budgets keep of what was charged is what the ledger answers when it is asked, for every kind of scope, after
//! whatever changes it; and what AWS had as budgets.

use std::sync::Arc;

use crate::desk::{Desk, percent};
use jiff::civil::date;
use tallyport_ledger::budget::{At, Limit, Measure, ScopeKind};
use tallyport_ledger::tenant::{
    BucketName, KeyPrefix, Place, Quota, Region, TenantKey, TenantSlug,
};
use tallyport_ledger::{
    AssignOwners, BillingAccountId, DayRange, ManageClients, Name, Validity, ViewCosts,
};
use tallyport_sandbox::{Sandbox, SandboxOptions};
use tallyport_store::{ConnectionId, NewConnection, TenantDraft};
use tallyport_workspace::budgets::{self, BudgetsAsk, ImportAsk, SuggestionAsk, ThresholdAsk};
use tallyport_workspace::clients::{self, ConnectionDraft};
use tallyport_workspace::costs::{CostsAsk, costs};
use tallyport_workspace::rules::MatcherAsk;
use tallyport_workspace::{
    Access, AwsSource, By, Context, FilterAsk, Interval, WorkspaceError, people, rules, teams,
};

/// Two months of several people, services, tags, credits and tax.
fn bill(shift: u32) -> String {
    let mut text = "BilledCost,EffectiveCost,BillingAccountId,BillingCurrency,BillingPeriodStart,\
         ChargeCategory,ChargePeriodStart,ChargePeriodEnd,ProviderName,ServiceName,ResourceId,\
         SubAccountId,Tags,InvoiceId\n"
        .to_owned();
    let mut number = shift;
    for month in ["2026-10", "2026-11"] {
        for day in 1..=20 {
            for (owner, project) in [
                ("Ana", "red"),
                ("Ben", "red"),
                ("Eva", "blue"),
                ("", "sea"),
                ("", ""),
            ] {
                number = number * 31 % 9_973 + 7;
                let (category, sign) = match number % 7 {
                    0 => ("Tax", ""),
                    1 => ("Credit", "-"),
                    2 => ("Purchase", ""),
                    _ => ("Usage", ""),
                };
                let service = ["Amazon S3", "AWS Lambda", "Amazon EC2"][number as usize % 3];
                let amount = format!("{sign}{}.{:03}", number % 90, number % 1_000);
                let tags = if project.is_empty() {
                    String::new()
                } else {
                    format!(
                        "\"{{\"\"owner\"\": \"\"{owner}\"\", \"\"Project\"\": \"\"{project}\"\"}}\""
                    )
                };
                text += &format!(
                    "{amount},{amount},111122223333,USD,{month}-01 00:00:00,{category},\
                     {month}-{day:02} 00:00:00,{month}-{day:02} 01:00:00,AWS,{service},r{number},\
                     444455556666,{tags},2026-7\n"
                );
            }
        }
    }
    text
}

/// The budgets by name, with the filter that asks the same.
fn scopes() -> Vec<(&'static str, ScopeKind, Option<&'static str>, FilterAsk)> {
    let all = FilterAsk::default;
    let one = |text: &str| vec![text.to_owned()];
    vec![
        ("everything", ScopeKind::All, None, all()),
        (
            "Ana",
            ScopeKind::Person,
            Some("Ana"),
            FilterAsk {
                person: one("Ana"),
                ..all()
            },
        ),
        (
            "core",
            ScopeKind::Team,
            Some("core"),
            FilterAsk {
                team: one("core"),
                ..all()
            },
        ),
        (
            "client",
            ScopeKind::Client,
            Some("My organisation"),
            FilterAsk {
                client: one("My organisation"),
                ..all()
            },
        ),
        (
            "Harbour",
            ScopeKind::Tenant,
            Some("Harbour"),
            FilterAsk {
                owner: one("tenant:Harbour"),
                ..all()
            },
        ),
        (
            "red",
            ScopeKind::Tag,
            Some("red"),
            FilterAsk {
                tag: one("project=red"),
                ..all()
            },
        ),
        (
            "s3",
            ScopeKind::Service,
            Some("Amazon S3"),
            FilterAsk {
                service: one("Amazon S3"),
                ..all()
            },
        ),
    ]
}

/// A tenant that owns what is tagged with its project.
async fn harbour(desk: &Desk) {
    let draft = TenantDraft {
        name: Name::parse("Harbour").unwrap(),
        slug: TenantSlug::parse("harbour").unwrap(),
        assume_role: None,
        server: None,
        client: None,
        region: Region::parse("eu-central-1").unwrap(),
        place: Place {
            bucket: BucketName::parse("harbour-files").unwrap(),
            prefix: KeyPrefix::default(),
        },
        key: TenantKey::Shared,
        quota: Quota::default(),
        rotate_days: None,
        connection: ConnectionId(0),
    };
    let at = desk.scene.cx.now();
    let written = desk.scene.cx.store.write(move |ledger| {
        let client = ledger.clients(false)?.remove(0).id;
        let new = NewConnection {
            name: Name::parse("Payer").unwrap(),
            billing_account: BillingAccountId::parse("111122223333").unwrap(),
            access: "{}".to_owned(),
            region: None,
            allocation_tag: None,
        };
        let connection = ledger.add_connection(client, &new)?;
        ledger.add_tenant(
            &TenantDraft {
                connection,
                ..draft
            },
            at,
        )
    });
    written.await.unwrap();
    let (key, value) = ("Project".to_owned(), "sea".to_owned());
    desk.scene
        .rule("tenant:Harbour", MatcherAsk::Tag { key, value })
        .await;
}

/// Holds each budget, with and without credits and tax, against the answer to a question.
async fn held(desk: &Desk, when: &str) {
    let by = desk.scene.may::<ViewCosts>();
    for month in ["2026-10", "2026-11"] {
        let ask = BudgetsAsk {
            month: Some(month.parse().unwrap()),
            ..BudgetsAsk::default()
        };
        let all = budgets::list(&desk.scene.cx, &by, ask).await.unwrap();
        for (name, _, _, filter) in scopes() {
            let view = all
                .budgets
                .iter()
                .find(|view| view.budget.name == name)
                .unwrap();
            let days = view.now.span;
            let everything = asked(desk, days, filter.clone(), &[]).await;
            let plain = ["Usage", "Purchase", "Adjustment"];
            let plain = asked(desk, days, filter, &plain).await;
            let now = &view.now;
            assert_eq!(
                now.with_credits_and_tax.to_decimal(2),
                everything,
                "{name} {month} {when}"
            );
            assert_eq!(now.actual.to_decimal(2), plain, "{name} {month} {when}");
        }
    }
}

async fn asked(desk: &Desk, days: DayRange, mut filter: FilterAsk, categories: &[&str]) -> String {
    filter.category = categories.iter().map(|c| (*c).to_owned()).collect();
    let ask = CostsAsk {
        days,
        by: By::Provider,
        metric: tallyport_ledger::Metric::Billed,
        interval: Interval::None,
        compare: false,
        filter,
    };
    let by = desk.scene.may::<ViewCosts>();
    let found = costs(&desk.scene.cx, &by, ask).await.unwrap();
    found
        .results
        .first()
        .map_or_else(|| "0.00".to_owned(), |result| result.total.to_decimal(2))
}

#[tokio::test(flavor = "multi_thread")]
async fn kept_sums_are_what_the_ledger_answers_whatever_changes_it() {
    let desk = Desk::new().await;
    for name in ["Ana", "Ben", "Eva"] {
        desk.person(name).await;
    }
    let (cx, by) = (&desk.scene.cx, desk.scene.may::<AssignOwners>());
    let core = teams::add(cx, &by, "core", None).await.unwrap();
    let everybody = people::list(cx, &desk.scene.may(), false).await.unwrap();
    let ana = everybody
        .iter()
        .find(|person| person.name == "Ana")
        .unwrap()
        .id;
    let ben = everybody
        .iter()
        .find(|person| person.name == "Ben")
        .unwrap()
        .id;
    teams::set_member(cx, &by, core.id, ana, Validity::default())
        .await
        .unwrap();
    desk.scene.bill_of(&bill(1)).await;
    harbour(&desk).await;
    for (name, kind, of, _) in scopes() {
        let mut ask = Desk::ask(name, "100", &[percent(100)]);
        ask.scope.kind = kind;
        match kind {
            ScopeKind::Tag => {
                ask.scope.key = Some("PROJECT".to_owned());
                ask.scope.value = of.map(str::to_owned);
            }
            ScopeKind::Service => ask.scope.value = of.map(str::to_owned),
            _ => ask.scope.id = of.map(str::to_owned),
        }
        ask.starts = Some(date(2026, 1, 1));
        desk.add(ask).await;
    }
    held(&desk, "at first").await;
    desk.scene.bill_of(&bill(2)).await;
    held(&desk, "after a restated bill").await;
    let from_the_tenth = Validity::new(Some(date(2026, 10, 10)), Some(date(2026, 11, 12))).unwrap();
    teams::set_member(cx, &by, core.id, ben, from_the_tenth)
        .await
        .unwrap();
    held(&desk, "after somebody joined the team for some days").await;
    let first = rules::list(cx, &desk.scene.may()).await.unwrap().remove(0);
    rules::remove(cx, &by, first.id).await.unwrap();
    held(&desk, "after a rule was taken away").await;
    teams::remove_member(cx, &by, core.id, ben).await.unwrap();
    held(&desk, "after somebody left the team").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_limit_is_suggested_from_whole_months_and_explained() {
    let desk = Desk::new().await;
    desk.person("Ana").await;
    for (month, amount) in [
        ("08", "700"),
        ("09", "800"),
        ("10", "1234.56"),
        ("11", "9999"),
    ] {
        desk.note(&format!("2026-{month}-10"), "Ana", amount);
    }
    desk.load_noted().await;
    let mut ask = Desk::ask("Ana", "1", &[]);
    ask.scope.id = Some("Ana".to_owned());
    let ask = SuggestionAsk {
        scope: ask.scope,
        period: ask.period,
        currency: None,
        metric: ask.metric,
        credits: false,
        tax: false,
    };
    let found = budgets::suggest(&desk.scene.cx, &desk.scene.may(), ask)
        .await
        .unwrap();
    assert_eq!(found.amount.unwrap().to_decimal(0), "1400");
    assert_eq!(
        found.periods.len(),
        3,
        "of the running month nothing is known yet"
    );
    assert_eq!(
        found.text,
        "A month usually costs $800.00; October 2026 cost $1,234.56. A tenth above the higher of the two, \
         rounded up: $1,400.00."
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_a_budget_is_refused_by_the_field() {
    let desk = Desk::new().await;
    desk.person("Ana").await;
    desk.budget("Ana", "100", &[percent(80)]).await;
    let (cx, by) = (&desk.scene.cx, desk.scene.may());
    let mut of = Desk::ask("Other", "100", &[]);
    of.scope.id = Some("Ana".to_owned());
    let mut wrong = Vec::new();
    let mut with = |change: &dyn Fn(&mut budgets::BudgetAsk)| {
        let mut ask = of.clone();
        change(&mut ask);
        wrong.push(ask);
    };
    with(&|ask| ask.name = "ana".to_owned());
    with(&|ask| ask.scope.id = Some("Nobody".to_owned()));
    with(&|ask| ask.limit = budgets::LimitAsk::Same("-5".to_owned()));
    with(&|ask| ask.limit = budgets::LimitAsk::Same("1e3".to_owned()));
    with(&|ask| ask.limit = budgets::LimitAsk::Plan(vec!["1".to_owned(); 11]));
    with(&|ask| ask.thresholds = vec![percent(0)]);
    with(&|ask| ask.thresholds = vec![percent(80); 11]);
    with(&|ask| {
        ask.thresholds = vec![ThresholdAsk {
            percent: Some(80),
            amount: Some("1".to_owned()),
            on: Measure::Actual,
        }];
    });
    with(&|ask| ask.scope.kind = ScopeKind::Tenant);
    let mut codes = Vec::new();
    for ask in wrong {
        let refused = budgets::add(cx, &by, ask).await.unwrap_err();
        codes.push(
            refused.details()["field"]
                .as_str()
                .unwrap_or(refused.code())
                .to_owned(),
        );
    }
    assert_eq!(
        codes,
        [
            "request.name-taken",
            "request.not-found",
            "amount",
            "amount",
            "plan",
            "thresholds",
            "thresholds",
            "thresholds",
            "request.not-found",
        ]
    );
    // A budget cannot be a part of itself, by whatever way round.
    let mut part = of.clone();
    part.parent = Some("Ana".to_owned());
    desk.add(part).await;
    let mut above = Desk::ask("Ana", "100", &[]);
    above.scope.id = Some("Ana".to_owned());
    above.parent = Some("Other".to_owned());
    let id = desk.id("Ana").await;
    let refused = budgets::change(cx, &by, id, above).await.unwrap_err();
    assert_eq!(refused.details()["field"], "parent", "{refused}");
    let view = desk.view("Ana").await;
    assert_eq!(view.own_children, [desk.id("Other").await]);
    assert_eq!(desk.view("Other").await.depth, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_whom_a_budget_is_about_is_kept() {
    let desk = Desk::new().await;
    let (cx, by) = (&desk.scene.cx, desk.scene.may::<AssignOwners>());
    let ana = people::add(cx, &by, "Ana", None).await.unwrap().id;
    desk.budget("Ana", "100", &[]).await;
    let refused = people::remove(cx, &by, ana).await.unwrap_err();
    assert_eq!(refused.code(), "request.in-use");
}

#[tokio::test(flavor = "multi_thread")]
async fn budgets_that_an_account_has_at_aws_are_taken_over_once_and_the_others_named() {
    let desk = Desk::new().await;
    let sandbox = Sandbox::open(SandboxOptions {
        folder: desk.scene.folder.path().join("sandbox"),
        today: date(2026, 11, 22),
        seed: 7,
    })
    .unwrap();
    let config = sandbox.sdk_config();
    let aws: AwsSource = Arc::new(move |_, _| {
        let config = config.clone();
        Box::pin(async move { config })
    });
    let cx = Context {
        aws,
        ..desk.scene.cx.clone()
    };
    let by = desk.scene.may::<ManageClients>();
    let client = clients::add(&cx, &by, "Northwind").await.unwrap().id;
    let draft = ConnectionDraft {
        name: "Bills".to_owned(),
        billing_account: "111122223333".to_owned(),
        access: Access::Environment,
        region: None,
        allocation_tag: None,
    };
    let added = clients::add_connection(&cx, &desk.scene.may(), client, draft).await;
    let connection = added.unwrap().id;
    let import = async |dry_run| {
        let ask = ImportAsk {
            connection,
            dry_run,
        };
        budgets::import(&cx, &desk.scene.may(), ask).await.unwrap()
    };
    let looked = import(true).await;
    assert_eq!((looked.found.len(), looked.imported), (4, 0));
    let unheard: Vec<(&str, bool)> = looked
        .found
        .iter()
        .map(|found| {
            let told = found
                .notes
                .iter()
                .any(|note| note.contains("counts nothing"));
            (found.name.as_str(), told)
        })
        .collect();
    assert_eq!(
        unheard,
        [
            ("Whole company", false),
            ("Storage", true),
            ("Team data", true),
            ("Team platform", true),
        ],
        "no bill is loaded that names the service or the tags"
    );
    let taken = import(false).await;
    assert_eq!(taken.imported, 4);
    let refused: Vec<&str> = taken
        .unsupported
        .iter()
        .map(|(name, _)| name.as_str())
        .collect();
    assert_eq!(
        refused,
        ["Production account", "Stored gigabytes", "Savings plans"]
    );
    assert!(
        taken.unsupported[0].1.contains("LinkedAccount"),
        "{taken:?}"
    );

    let whole = desk.view("Whole company").await.budget;
    assert_eq!(whole.scope.kind(), ScopeKind::Client);
    assert!(whole.counting.tax && !whole.counting.credits);
    assert_eq!(whole.thresholds.len(), 3);
    let data = desk.view("Team data").await.budget;
    assert_eq!(data.scope_label, "team = data");
    assert!(!data.counting.tax && !data.counting.credits);
    assert_eq!(
        data.thresholds[0].at,
        At::Percent(82),
        "82.5 % is told as a note"
    );
    let platform = desk.view("Team platform").await.budget;
    let Limit::Plan(months) = &platform.limit else {
        panic!("a plan: {platform:?}");
    };
    assert_eq!(months[0].to_decimal(0), "925");
    assert_eq!(months[11].to_decimal(0), "1200");
    let storage = desk.view("Storage").await.budget;
    assert_eq!(storage.counting.metric, tallyport_ledger::Metric::Effective);
    assert!(matches!(storage.thresholds[0].at, At::Amount(_)));

    let again = import(false).await;
    assert_eq!(again.imported, 0);
    assert!(again.found.iter().all(|found| found.known));
    let missing = ImportAsk {
        connection: ConnectionId(99),
        dry_run: true,
    };
    let refused = budgets::import(&cx, &desk.scene.may(), missing).await;
    assert!(matches!(refused, Err(WorkspaceError::NotFound { .. })));
}
