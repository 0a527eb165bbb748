//! A month's invoices: drafted from what people own, issued once, never billed twice.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking, its helpers too"
)]

mod scene;

use std::collections::BTreeSet;

use scene::{Line, Scene, count};
use tallyport_ledger::{AdministerWorkspace, InvoiceState, IssueInvoices, ReadInvoices, TaxRate};
use tallyport_workspace::invoices::{self, Drafted, InvoiceView};
use tallyport_workspace::rules::MatcherAsk;
use tallyport_workspace::{WorkspaceError, settings, verify};

const OCTOBER: &[Line<'_>] = &[
    ("2026-10-01", "Amazon EC2", "i-1", "ada", "300.125"),
    ("2026-10-02", "Amazon EC2", "i-1", "ada", "149.875"),
    (
        "2026-10-03",
        "Amazon S3",
        "bucket-a",
        "ada",
        "120.004999999",
    ),
    ("2026-10-03", "Amazon RDS", "db-1", "ada", "280"),
    ("2026-10-04", "Amazon EC2", "i-2", "ben", "10.5"),
    ("2026-10-05", "Amazon SQS", "", "", "7"),
    ("2026-09-05", "Amazon EC2", "i-1", "ada", "700"),
];

async fn october() -> Scene {
    let scene = Scene::new().await;
    scene.person("ada").await;
    scene.person("ben").await;
    scene.bill(OCTOBER).await;
    scene
}

fn of<'a>(drafted: &'a Drafted, name: &str) -> &'a InvoiceView {
    drafted
        .invoices
        .iter()
        .find(|view| view.label.as_str() == name)
        .unwrap_or_else(|| panic!("no draft for {name}: {drafted:?}"))
}

async fn issue(scene: &Scene, view: &InvoiceView) -> Result<InvoiceView, WorkspaceError> {
    invoices::issue(&scene.cx, &scene.may::<IssueInvoices>(), view.id).await
}

async fn sound(scene: &Scene) {
    let verified = verify::run(&scene.cx, &scene.may::<AdministerWorkspace>())
        .await
        .unwrap();
    assert!(verified.ok(), "{verified:?}");
}

fn total(view: &InvoiceView) -> String {
    view.totals.total.to_decimal(2)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_s_month_is_drafted_by_service_and_resource_against_the_month_before() {
    let scene = october().await;
    let drafted = scene.draft("2026-10").await;
    assert_eq!(drafted.invoices.len(), 2, "one for ada and one for ben");
    let ada = of(&drafted, "ada");
    let lines: Vec<(&str, Option<&str>, String)> = ada
        .content
        .lines()
        .iter()
        .zip(&ada.amounts)
        .map(|(line, amount)| {
            let resource = line.resource.as_deref();
            (line.service.as_str(), resource, amount.to_decimal(2))
        })
        .collect();
    assert_eq!(
        lines,
        [
            ("Amazon EC2", Some("i-1"), "450.00".to_owned()),
            ("Amazon RDS", Some("db-1"), "280.00".to_owned()),
            ("Amazon S3", Some("bucket-a"), "120.00".to_owned()),
        ]
    );
    assert_eq!(total(ada), "850.00");
    assert_eq!(ada.previous_total.unwrap().to_decimal(2), "700.00");
    assert_eq!(ada.state, InvoiceState::Draft);
    assert!(ada.warnings.is_empty(), "{:?}", ada.warnings);
    let again = scene.draft("2026-10").await;
    assert_eq!(
        of(&again, "ada").id,
        ada.id,
        "the draft is replaced, not added"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn issuing_takes_the_next_number_freezes_the_paper_and_claims_what_it_bills() {
    let scene = october().await;
    let mut set = settings::read(&scene.cx, &scene.may()).await.unwrap();
    set.tax_rate = TaxRate::from_parts_per_million(190_000).unwrap();
    set.zone = "Pacific/Kiritimati".to_owned();
    set.seller.name = tallyport_ledger::Name::parse("Harbour Ltd").unwrap();
    settings::change(&scene.cx, &scene.may(), set)
        .await
        .unwrap();
    let drafted = scene.draft("2026-10").await;
    let ada = issue(&scene, of(&drafted, "ada")).await.unwrap();
    assert_eq!(ada.number.as_ref().unwrap().to_string(), "INV-00001");
    assert_eq!(
        ada.issued_on.unwrap().to_string(),
        "2026-11-22",
        "in the workspace's zone"
    );
    assert_eq!(ada.due_on.unwrap().to_string(), "2026-12-22");
    assert_eq!(total(&ada), "1011.50");
    let ben = issue(&scene, of(&drafted, "ben")).await.unwrap();
    assert_eq!(ben.number.unwrap().to_string(), "INV-00002");

    let reads = scene.may::<ReadInvoices>();
    let paper = invoices::paper(&scene.cx, &reads, ada.id).await.unwrap();
    assert!(paper.starts_with(b"%PDF-"));
    let again = invoices::paper(&scene.cx, &reads, ada.id).await.unwrap();
    assert_eq!(paper, again, "the paper is the bytes that were issued");

    let twice = issue(&scene, &ada).await.unwrap_err();
    assert_eq!(twice.code(), "invoice.issued");
    let gone = invoices::discard(&scene.cx, &scene.may(), ada.id).await;
    assert!(gone.is_err(), "an issued invoice was thrown away");
    let nothing = scene.draft("2026-10").await;
    assert!(
        nothing.invoices.is_empty(),
        "everything is billed: {nothing:?}"
    );
    assert_eq!(nothing.nothing.len(), 2);
    assert!(nothing.nothing[0].reason.contains("billed already"));
    sound(&scene).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_month_bills_only_the_difference_and_only_to_the_one_who_has_it() {
    let scene = october().await;
    let drafted = scene.draft("2026-10").await;
    issue(&scene, of(&drafted, "ada")).await.unwrap();
    // The provider restates October: one line grows, one appears, one shrinks.
    let mut restated = OCTOBER.to_vec();
    restated[0].4 = "310.125";
    restated.push(("2026-10-20", "Amazon EC2", "i-9", "ada", "2.5"));
    scene.bill(&restated).await;
    let drafted = scene.draft("2026-10").await;
    let ada = of(&drafted, "ada");
    assert_eq!(total(ada), "12.50");
    assert!(ada.warnings[0].contains("INV-00001"), "{:?}", ada.warnings);
    issue(&scene, ada).await.unwrap();

    // What ada was billed changes hands: ben is not billed for it again.
    scene
        .rule("person:ben", MatcherAsk::Resource("db-1".to_owned()))
        .await;
    let drafted = scene.draft("2026-10").await;
    let ben = of(&drafted, "ben");
    assert_eq!(total(ben), "10.50", "what ada was billed for is left out");
    assert!(
        ben.warnings
            .iter()
            .any(|w| w.contains("280.00 USD is left out")),
        "{:?}",
        ben.warnings
    );
    let ada = &drafted.nothing[0];
    assert!(ada.reason.contains("280.00 USD too much"), "{}", ada.reason);
    sound(&scene).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_whose_figures_have_changed_is_not_issued() {
    let scene = october().await;
    let drafted = scene.draft("2026-10").await;
    let mut restated = OCTOBER.to_vec();
    restated[0].4 = "300.125000001";
    scene.bill(&restated).await;
    let refused = issue(&scene, of(&drafted, "ada")).await.unwrap_err();
    assert_eq!(refused.code(), "invoice.outdated", "one nano is a change");
    // Nothing was taken: the next invoice has the first number.
    let drafted = scene.draft("2026-10").await;
    let issued = issue(&scene, of(&drafted, "ada")).await.unwrap();
    assert_eq!(issued.number.unwrap().to_string(), "INV-00001");
    sound(&scene).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn credits_alone_make_no_invoice_and_say_why() {
    let scene = Scene::new().await;
    scene.person("ada").await;
    scene
        .bill(&[
            ("2026-10-01", "Amazon EC2", "i-1", "ada", "1"),
            ("2026-10-01", "Amazon EC2", "i-2", "ada", "-3"),
        ])
        .await;
    let drafted = scene.draft("2026-10").await;
    assert!(drafted.invoices.is_empty());
    assert!(drafted.nothing[0].reason.contains("credits in USD exceed"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_cannot_be_printed_takes_no_number() {
    let scene = october().await;
    scene.person("\u{1F980} crab").await;
    let mut lines = OCTOBER.to_vec();
    lines.push(("2026-10-09", "Amazon EC2", "i-7", "\u{1F980} crab", "5"));
    scene.bill(&lines).await;
    let drafted = scene.draft("2026-10").await;
    let refused = issue(&scene, of(&drafted, "\u{1F980} crab"))
        .await
        .unwrap_err();
    assert_eq!(refused.code(), "document.refused");
    let issued = issue(&scene, of(&drafted, "ada")).await.unwrap();
    assert_eq!(issued.number.unwrap().to_string(), "INV-00001", "no gap");
    sound(&scene).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn invoices_issued_at_the_same_time_leave_no_gap() {
    let scene = Scene::new().await;
    let people = count("TALLYPORT_PARALLEL_INVOICES", 24);
    let names: Vec<String> = (0..people).map(|n| format!("person {n:03}")).collect();
    let mut lines = Vec::new();
    let resources: Vec<String> = (0..names.len()).map(|n| format!("i-{n}")).collect();
    for (name, resource) in names.iter().zip(&resources) {
        scene.person(name).await;
        lines.push((
            "2026-10-01",
            "Amazon EC2",
            resource.as_str(),
            name.as_str(),
            "1.25",
        ));
    }
    scene.bill(&lines).await;
    let drafted = scene.draft("2026-10").await;
    assert_eq!(drafted.invoices.len(), names.len());
    let mut tasks = Vec::new();
    // Each is asked for twice: one of the two must lose.
    for view in drafted.invoices.iter().chain(&drafted.invoices) {
        let (cx, by, id) = (scene.cx.clone(), scene.may::<IssueInvoices>(), view.id);
        tasks.push(tokio::spawn(
            async move { invoices::issue(&cx, &by, id).await },
        ));
    }
    let mut numbers = BTreeSet::new();
    for task in tasks {
        if let Ok(view) = task.await.unwrap() {
            assert!(
                numbers.insert(view.number.unwrap().to_string()),
                "a number twice"
            );
        }
    }
    let wanted: BTreeSet<String> = (1..=names.len()).map(|n| format!("INV-{n:05}")).collect();
    assert_eq!(numbers, wanted);
    sound(&scene).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_paper_of_demo_data_says_so_and_an_unfinished_month_is_warned_of() {
    let scene = Scene::demo().await;
    scene.person("ada").await;
    scene
        .bill(&[("2026-11-01", "Amazon EC2", "i-1", "ada", "9.99")])
        .await;
    let drafted = scene.draft("2026-11").await;
    let ada = of(&drafted, "ada");
    assert_eq!(ada.mark.as_deref(), Some("Demo data"));
    assert!(
        ada.warnings.iter().any(|w| w.contains("not over")),
        "{:?}",
        ada.warnings
    );
    let preview = invoices::paper(&scene.cx, &scene.may(), ada.id)
        .await
        .unwrap();
    assert!(preview.starts_with(b"%PDF-"));
}
