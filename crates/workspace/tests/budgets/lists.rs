//! Lists of budgets: pages, searches, orders, and what parts are together.

use jiff::civil::date;
use tallyport_ledger::budget::{BudgetId, BudgetPeriod, ScopeKind};
use tallyport_ledger::{AssignOwners, Validity};
use tallyport_workspace::budgets::{self, BudgetAsk, BudgetOrder, Budgets, BudgetsAsk, Danger};
use tallyport_workspace::teams;

use crate::desk::Desk;

fn names(found: &Budgets) -> Vec<&str> {
    let views = found.budgets.iter();
    views.map(|view| view.budget.name.as_str()).collect()
}

/// A budget about something that has no name of its own, or a tag or service.
fn about(name: &str, kind: ScopeKind, value: &str) -> BudgetAsk {
    let mut ask = Desk::ask(name, "1000", &[]);
    ask.scope.kind = kind;
    match kind {
        ScopeKind::Tag => {
            ask.scope.key = Some("owner".to_owned());
            ask.scope.value = Some(value.to_owned());
        }
        ScopeKind::Service => ask.scope.value = Some(value.to_owned()),
        ScopeKind::All => {}
        _ => ask.scope.id = Some(value.to_owned()),
    }
    ask
}

fn part_of(whole: &str, ask: BudgetAsk) -> BudgetAsk {
    BudgetAsk {
        parent: Some(whole.to_owned()),
        ..ask
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_has_its_share_and_says_how_many_there_are_in_all() {
    let desk = Desk::new().await;
    for (service, spent) in [("a", "1500"), ("b", "900"), ("c", "100"), ("d", "2000")] {
        let owner = format!("owner {service}");
        desk.person(&owner).await;
        desk.note("2026-11-20", &owner, spent);
        let ask = about(&format!("Budget {service}"), ScopeKind::Person, &owner);
        desk.add(ask).await;
    }
    desk.load_noted().await;
    let page = |skip| BudgetsAsk {
        skip,
        limit: Some(3),
        ..BudgetsAsk::default()
    };
    let first = desk.list(page(0)).await;
    assert_eq!(names(&first), ["Budget a", "Budget b", "Budget c"]);
    assert_eq!(
        (first.total, first.all, first.at_risk, first.over),
        (4, 4, 3, 2)
    );
    assert!(!first.has_parts);
    assert_eq!(names(&desk.list(page(3)).await), ["Budget d"]);
    assert!(desk.list(page(9)).await.budgets.is_empty());

    let only = |only, order| BudgetsAsk {
        only: Some(only),
        order,
        ..BudgetsAsk::default()
    };
    let risky = desk.list(only(Danger::AtRisk, BudgetOrder::Risk)).await;
    assert_eq!(names(&risky), ["Budget d", "Budget a", "Budget b"]);
    assert_eq!((risky.total, risky.all), (3, 4));
    let over = desk.list(only(Danger::Over, BudgetOrder::Tree)).await;
    assert_eq!(names(&over), ["Budget a", "Budget d"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_looks_at_names_and_at_what_they_are_about_and_one_is_found_by_its_name() {
    let desk = Desk::new().await;
    desk.person("Ana").await;
    desk.add(about("Whole", ScopeKind::All, "")).await;
    desk.add(part_of("Whole", about("Part", ScopeKind::Person, "Ana")))
        .await;
    desk.add(about("Storage", ScopeKind::Service, "Amazon S3"))
        .await;
    let search = |text: &str| BudgetsAsk {
        search: Some(text.to_owned()),
        ..BudgetsAsk::default()
    };
    assert_eq!(names(&desk.list(search(" PERSON ana")).await), ["Part"]);
    let stores = desk.list(search("s3")).await;
    assert_eq!(names(&stores), ["Storage"]);
    assert_eq!(stores.all, 1, "what is counted is what was searched");
    // A part that is found without its whole stands by itself, and the whole keeps its part.
    assert_eq!(desk.list(search("part")).await.budgets[0].depth, 0);
    let whole = desk.list(search("whole")).await;
    assert_eq!(whole.budgets[0].own_children, [desk.id("Part").await]);

    let named = |text: &str| BudgetsAsk {
        named: Some(text.to_owned()),
        archived: true,
        ..BudgetsAsk::default()
    };
    assert_eq!(names(&desk.list(named("part")).await), ["Part"]);
    let number = desk.id("Storage").await.0.to_string();
    assert_eq!(names(&desk.list(named(&number)).await), ["Storage"]);
    assert!(desk.list(named("nothing")).await.budgets.is_empty());
}

/// What the parts of `name` spent: together, and what of the whole none of them did.
async fn parts(desk: &Desk, name: &str) -> (String, String) {
    let view = desk.view(name).await;
    let parts = view.parts.unwrap();
    (parts.together.to_decimal(0), parts.rest.to_decimal(0))
}

#[tokio::test(flavor = "multi_thread")]
async fn parts_that_are_about_the_same_charges_count_them_once_together() {
    let desk = Desk::new().await;
    for person in ["Ana", "Ben", "Eva"] {
        desk.person(person).await;
    }
    // Ana was in the team until the 10th only; what she spent after that is hers alone.
    let (cx, by) = (&desk.scene.cx, desk.scene.may::<AssignOwners>());
    let core = teams::add(cx, &by, "core", None).await.unwrap().id;
    let person = |name: &'static str| async move {
        let of = cx.store.read(move |r| r.person_named(name)).await;
        of.unwrap()
    };
    let until = Validity::new(None, Some(date(2026, 11, 10))).unwrap();
    teams::set_member(cx, &by, core, person("Ana").await, until)
        .await
        .unwrap();
    let always = Validity::default();
    teams::set_member(cx, &by, core, person("Ben").await, always)
        .await
        .unwrap();
    for (day, owner, amount) in [
        ("2026-11-05", "Ana", "100"),
        ("2026-11-15", "Ana", "10"),
        ("2026-11-15", "Ben", "3"),
        ("2026-11-20", "Eva", "1000"),
    ] {
        desk.note(day, owner, amount);
    }
    desk.load_noted().await;
    desk.add(about("Whole", ScopeKind::All, "")).await;
    assert_eq!(desk.view("Whole").await.parts, None, "it has none");

    desk.add(part_of("Whole", about("Ana", ScopeKind::Person, "Ana")))
        .await;
    desk.add(part_of("Whole", about("Core", ScopeKind::Team, "core")))
        .await;
    // Together 110 and 103 would be 213, and 100 of it twice.
    assert_eq!(parts(&desk, "Whole").await, ("113".into(), "1000".into()));
    // A part that is told by a tag, which is looked up elsewhere, says the same.
    desk.add(part_of("Whole", about("Tagged", ScopeKind::Tag, "Ana")))
        .await;
    assert_eq!(parts(&desk, "Whole").await, ("113".into(), "1000".into()));
    let storage = about("Storage", ScopeKind::Service, "Amazon S3");
    desk.add(part_of("Core", storage)).await;
    // A part may reach beyond its whole; nothing of the whole is left then.
    assert_eq!(parts(&desk, "Core").await, ("1113".into(), "0".into()));

    // By the whole's own period: a day, and a year.
    let mut daily = about("Daily", ScopeKind::All, "");
    daily.period = BudgetPeriod::Day;
    desk.add(daily).await;
    desk.add(part_of("Daily", about("Eva", ScopeKind::Person, "Eva")))
        .await;
    desk.note("2026-10-03", "Ben", "7");
    desk.load_noted().await;
    assert_eq!(parts(&desk, "Daily").await, ("1000".into(), "0".into()));
    let mut yearly = about("Yearly", ScopeKind::All, "");
    yearly.period = BudgetPeriod::Year;
    desk.add(yearly).await;
    desk.add(part_of("Yearly", about("Ben", ScopeKind::Tag, "Ben")))
        .await;
    assert_eq!(parts(&desk, "Yearly").await, ("10".into(), "1110".into()));

    // An archived part is none.
    let id: BudgetId = desk.id("Eva").await;
    budgets::archive(cx, &desk.scene.may(), id, true)
        .await
        .unwrap();
    assert_eq!(desk.view("Daily").await.parts, None);
    let by = desk.scene.may();
    let core = budgets::detail(cx, &by, desk.id("Core").await)
        .await
        .unwrap();
    assert_eq!(core.above.unwrap().1, "Whole");
    assert_eq!(core.children[0].budget.name, "Storage");
}
