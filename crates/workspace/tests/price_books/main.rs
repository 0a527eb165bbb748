//! Price books from the workspace's side: kept in versions, laid on a month, frozen with what they priced.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking, its helpers too"
)]

mod files;
#[path = "../scene/mod.rs"]
mod scene;

use scene::{Line, Scene};
use tallyport_ledger::{AdministerWorkspace, InvoiceState, IssueInvoices, LineKind, ReadInvoices};
use tallyport_workspace::invoices::{self, Credit, Drafted, InvoiceView};
use tallyport_workspace::pricing::{
    self, Book, BookAsk, EntryAsk, Preview, PreviewAsk, PreviewRow, PreviewWhom, TierAsk,
};
use tallyport_workspace::{RecipientKind, WorkspaceError, verify};

const OCTOBER: &[Line<'_>] = &[
    ("2026-10-01", "Amazon EC2", "i-1", "ada", "300"),
    ("2026-10-20", "Amazon EC2", "i-1", "ada", "100"),
    ("2026-10-03", "Amazon S3", "bucket-a", "ada", "100.5"),
    ("2026-10-04", "Amazon EC2", "i-2", "ben", "10"),
    ("2026-11-05", "Amazon EC2", "i-1", "ada", "50"),
];

async fn october() -> Scene {
    let scene = Scene::new().await;
    for name in ["ada", "ben", "cleo"] {
        scene.person(name).await;
    }
    scene.bill(OCTOBER).await;
    scene
}

fn entry(scope: &str, kind: &str) -> EntryAsk {
    EntryAsk {
        scope: scope.to_owned(),
        kind: kind.to_owned(),
        ..EntryAsk::default()
    }
}

fn markup(scope: &str, percent: &str) -> EntryAsk {
    EntryAsk {
        percent: Some(percent.to_owned()),
        ..entry(scope, "markup")
    }
}

fn fee(scope: &str, label: &str, amount: &str) -> EntryAsk {
    EntryAsk {
        label: Some(label.to_owned()),
        amount: Some(amount.to_owned()),
        ..entry(scope, "fee")
    }
}

fn credit(amount: &str) -> EntryAsk {
    EntryAsk {
        from: Some("2026-10-01".parse().unwrap()),
        kind: "credit".to_owned(),
        ..fee("person:ada", "Welcome", amount)
    }
}

fn book(name: &str, used_for: &[&str], entries: Vec<EntryAsk>) -> BookAsk {
    BookAsk {
        name: name.to_owned(),
        currency: Some("USD".to_owned()),
        used_for: used_for.iter().map(|&who| who.to_owned()).collect(),
        entries,
        ..BookAsk::default()
    }
}

async fn add(scene: &Scene, ask: BookAsk) -> Result<Book, WorkspaceError> {
    pricing::add(&scene.cx, &scene.may::<IssueInvoices>(), ask).await
}

async fn preview(scene: &Scene, book: &Book, month: &str) -> Preview {
    let ask = PreviewAsk {
        month: month.parse().unwrap(),
        whom: PreviewWhom::All(RecipientKind::People),
        instead: None,
    };
    pricing::preview(&scene.cx, &scene.may(), book.id, ask)
        .await
        .unwrap()
}

fn row<'a>(preview: &'a Preview, name: &str) -> &'a PreviewRow {
    let mut rows = preview.recipients.iter();
    rows.find(|row| row.recipient.name == name)
        .unwrap_or_else(|| panic!("no {name} in {preview:?}"))
}

fn of<'a>(drafted: &'a Drafted, name: &str) -> &'a InvoiceView {
    let mut invoices = drafted.invoices.iter();
    invoices
        .find(|view| view.label.as_str() == name)
        .unwrap_or_else(|| panic!("no draft for {name}: {drafted:?}"))
}

fn lines(view: &InvoiceView) -> Vec<(LineKind, String, String)> {
    let line = |line: &tallyport_ledger::DraftLine| {
        let what = line.text.clone().unwrap_or_else(|| line.service.clone());
        (line.kind, what, line.exact.to_decimal(2))
    };
    view.content.lines().iter().map(line).collect()
}

async fn issue(scene: &Scene, view: &InvoiceView) -> Result<InvoiceView, WorkspaceError> {
    invoices::issue(&scene.cx, &scene.may::<IssueInvoices>(), view.id).await
}

async fn sound(scene: &Scene) {
    let verified = verify::run(&scene.cx, &scene.may::<AdministerWorkspace>()).await;
    let verified = verified.unwrap();
    assert!(verified.ok(), "{verified:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_month_under_a_new_book_stands_beside_what_it_is_charged_at_now() {
    let scene = october().await;
    let now = book("Standard", &["all"], vec![markup("all", "10")]);
    add(&scene, now).await.unwrap();
    let new = book(
        "New",
        &[],
        vec![
            markup("all", "20"),
            EntryAsk {
                service: Some("amazon s3".to_owned()),
                ..markup("person:ada", "-50")
            },
            fee("person:cleo", "Seat", "7"),
        ],
    );
    let new = add(&scene, new).await.unwrap();
    let preview = preview(&scene, &new, "2026-10").await;
    let ada = row(&preview, "ada");
    let figures = |row: &PreviewRow| {
        let figures = row.figures;
        let all = [
            figures.cost,
            figures.charged_now,
            figures.charged,
            figures.margin,
        ];
        all.map(|amount| amount.to_decimal(2))
    };
    assert_eq!(figures(ada), ["500.50", "550.55", "530.25", "29.75"]);
    assert_eq!(ada.book_now.as_deref(), Some("Standard"));
    assert_eq!(
        ada.lines[2].why,
        "New (version 1): entry 2 (50 % off cost, for person:ada, amazon s3)."
    );
    assert_eq!(
        figures(row(&preview, "ben")),
        ["10.00", "11.00", "12.00", "2.00"]
    );
    assert_eq!(
        figures(row(&preview, "cleo")),
        ["0.00", "0.00", "7.00", "7.00"]
    );
    let total = preview.totals[0];
    assert_eq!(total.margin.to_decimal(2), "38.75");
    assert_eq!(preview.totals.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_priced_by_the_book_of_its_recipient_which_is_frozen_with_it() {
    let scene = october().await;
    let everybody = book("Standard", &["all"], vec![markup("all", "10")]);
    add(&scene, everybody).await.unwrap();
    let hers = book(
        "Ada's",
        &["person:ada"],
        vec![
            EntryAsk {
                tiers: vec![
                    TierAsk {
                        up_to: Some("400".to_owned()),
                        percent: "25".to_owned(),
                    },
                    TierAsk {
                        up_to: None,
                        percent: "0".to_owned(),
                    },
                ],
                ..entry("all", "tiers")
            },
            fee("all", "Support", "30"),
        ],
    );
    let hers = add(&scene, hers).await.unwrap();
    let drafted = scene.draft("2026-10").await;
    assert_eq!(of(&drafted, "ben").totals.total.to_decimal(2), "11.00");
    let ada = of(&drafted, "ada");
    assert_eq!(
        ada.totals.total.to_decimal(2),
        "630.50",
        "500.50 + 100 + 30"
    );
    let (kind, what, amount) = lines(ada).pop().unwrap();
    assert_eq!(
        (kind, what.as_str(), amount.as_str()),
        (LineKind::Fee, "Support", "30.00")
    );
    let first = &ada.content.lines()[0];
    assert_eq!(
        first.cost.unwrap().to_decimal(2),
        "400.00",
        "the issuer sees the cost"
    );
    let why = &first.priced.as_ref().unwrap().why;
    assert!(
        why.starts_with("Ada's (version 1): entry 1 (graduated"),
        "{why}"
    );
    // What is drafted is issued as it was drafted, whatever the book says by then.
    let changed = book("Ada's", &["person:ada"], vec![markup("all", "90")]);
    let changed = pricing::change(&scene.cx, &scene.may(), hers.id, changed)
        .await
        .unwrap();
    assert_eq!(changed.version, 2);
    let issued = issue(&scene, ada).await.unwrap();
    assert_eq!(issued.totals.total.to_decimal(2), "630.50");
    let kept = pricing::versions(&scene.cx, &scene.may(), hers.id)
        .await
        .unwrap();
    assert_eq!(kept.len(), 2);
    assert_eq!(
        kept[1].entries, hers.entries,
        "the version that priced it is still there"
    );
    sound(&scene).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_late_continues_the_tiers_and_is_charged_no_second_fee() {
    let scene = october().await;
    let tiers = EntryAsk {
        tiers: vec![
            TierAsk {
                up_to: Some("600".to_owned()),
                percent: "10".to_owned(),
            },
            TierAsk {
                up_to: None,
                percent: "0".to_owned(),
            },
        ],
        ..entry("all", "tiers")
    };
    let ask = book(
        "Standard",
        &["all"],
        vec![tiers, fee("all", "Support", "30")],
    );
    add(&scene, ask).await.unwrap();
    let drafted = scene.draft("2026-10").await;
    assert_eq!(of(&drafted, "ada").totals.total.to_decimal(2), "580.55");
    let issued = issue(&scene, of(&drafted, "ada")).await.unwrap();
    let mut late = OCTOBER.to_vec();
    late.push(("2026-10-30", "Amazon EC2", "i-1", "ada", "199.5"));
    scene.bill(&late).await;
    let drafted = scene.draft("2026-10").await;
    assert_eq!(
        lines(of(&drafted, "ada")),
        [(LineKind::Cost, "Amazon EC2".to_owned(), "209.45".to_owned())],
        "99.50 at 10 %, 100 at cost, and no second fee"
    );
    // A credit note gives the fee free: it is charged again.
    let note = invoices::credit(
        &scene.cx,
        &scene.may(),
        issued.id,
        "wrong buyer",
        Credit::Whole,
    )
    .await
    .unwrap();
    issue(&scene, &note).await.unwrap();
    let drafted = scene.draft("2026-10").await;
    assert_eq!(
        of(&drafted, "ada").totals.total.to_decimal(2),
        "790.00",
        "700 + 60 + 30"
    );
    sound(&scene).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_credit_rolls_over_and_is_never_used_twice() {
    let scene = october().await;
    add(&scene, book("Hers", &["person:ada"], vec![credit("520")]))
        .await
        .unwrap();
    let october = scene.draft("2026-10").await;
    let october = of(&october, "ada");
    assert_eq!(october.totals.total.to_decimal(2), "0.00", "500.50 of 520");
    let left = "19.50 USD of the credit \"Welcome\" are left for later.";
    assert!(
        october.warnings.iter().any(|said| said == left),
        "{:?}",
        october.warnings
    );
    // November is drafted before October is issued: both would use the same credit.
    let november = scene.draft("2026-11").await;
    let november = of(&november, "ada");
    assert_eq!(november.totals.total.to_decimal(2), "0.00", "50 of 520");
    let issued = issue(&scene, november).await.unwrap();
    assert_eq!(issued.state, InvoiceState::Paid, "the credit has paid it");
    let refused = issue(&scene, october).await.unwrap_err();
    assert_eq!(refused.code(), "invoice.outdated");
    let october = scene.draft("2026-10").await;
    let october = of(&october, "ada");
    assert_eq!(october.totals.total.to_decimal(2), "30.50", "470 are left");
    issue(&scene, october).await.unwrap();
    sound(&scene).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_without_costs_is_billed_what_a_book_charges_them() {
    let scene = october().await;
    let usage = EntryAsk {
        unit: Some("user".to_owned()),
        amount: Some("3".to_owned()),
        ..entry("person:cleo", "usage")
    };
    let ask = book(
        "Seats",
        &["all"],
        vec![fee("person:cleo", "Seat", "12.5"), usage],
    );
    add(&scene, ask).await.unwrap();
    let drafted = scene.draft("2026-10").await;
    let cleo = of(&drafted, "cleo");
    assert_eq!(cleo.totals.total.to_decimal(2), "12.50");
    assert!(
        cleo.warnings
            .iter()
            .any(|said| said.contains("no usage is measured")),
        "{:?}",
        cleo.warnings
    );
    let issued = issue(&scene, cleo).await.unwrap();
    let reads = scene.may::<ReadInvoices>();
    let paper = invoices::paper(&scene.cx, &reads, issued.id).await.unwrap();
    assert!(paper.starts_with(b"%PDF-"));
    let again = scene.draft("2026-10").await;
    assert!(
        !again
            .invoices
            .iter()
            .any(|view| view.label.as_str() == "cleo"),
        "{again:?}"
    );
    sound(&scene).await;
}

#[tokio::test]
async fn whoever_cannot_be_priced_is_left_out_and_the_others_are_drafted() {
    let scene = october().await;
    let tiers = EntryAsk {
        tiers: [Some("5"), None]
            .map(|up_to| TierAsk {
                up_to: up_to.map(str::to_owned),
                percent: "10".to_owned(),
            })
            .into(),
        ..entry("all", "tiers")
    };
    let euros = BookAsk {
        currency: Some("EUR".to_owned()),
        ..book("Euros", &["person:ben"], vec![tiers])
    };
    add(&scene, euros).await.unwrap();
    let month = "2026-10".parse().unwrap();
    let drafted = invoices::draft(&scene.cx, &scene.may(), month, None)
        .await
        .unwrap();
    of(&drafted, "ada");
    let [left_out] = drafted.nothing.as_slice() else {
        panic!("{drafted:?}");
    };
    assert_eq!(left_out.label, "ben");
    assert!(
        left_out.reason.contains("in EUR, the costs in USD"),
        "{left_out:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_book_that_cannot_be_is_refused_by_entry_and_field_and_nothing_is_kept() {
    let scene = october().await;
    let refused = |entries: Vec<EntryAsk>| {
        let scene = &scene;
        async move {
            let error = add(scene, book("Bad", &[], entries)).await.unwrap_err();
            error.to_string()
        }
    };
    let misspelt = EntryAsk {
        service: Some("EC2 Amazon".to_owned()),
        ..markup("all", "5")
    };
    let said = refused(vec![markup("all", "5"), misspelt]).await;
    assert_eq!(
        said,
        "entry 2: no bill names a service \"EC2 Amazon\": did you mean \"Amazon EC2\"?"
    );
    let said = refused(vec![markup("team:Nobody", "5")]).await;
    assert_eq!(said, "entry 1: there is no team \"Nobody\"");
    let said = refused(vec![fee("all", "Support", "-3")]).await;
    assert!(said.starts_with("entry 1: -3.00 USD is negative"), "{said}");
    let said = refused(vec![entry("all", "markup")]).await;
    assert_eq!(said, "entry 1: an entry of kind markup needs it");
    let said = refused(vec![markup("all", "5"), markup("all", "6")]).await;
    assert!(
        said.starts_with("entry 2: it overlaps with entry 1"),
        "{said}"
    );
    add(&scene, book("Good", &["all"], vec![markup("all", "5")]))
        .await
        .unwrap();
    let taken = add(&scene, book("Other", &["all"], Vec::new()))
        .await
        .unwrap_err();
    assert_eq!(taken.code(), "price_book.taken");
    let names = pricing::list(&scene.cx, &scene.may()).await.unwrap();
    assert_eq!(names.len(), 1, "{names:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_book_everybody_is_charged_what_it_costs_as_before() {
    let scene = october().await;
    let drafted = scene.draft("2026-10").await;
    let ada = of(&drafted, "ada");
    assert_eq!(ada.totals.total.to_decimal(2), "500.50");
    let book = add(&scene, book("Idle", &[], vec![markup("all", "50")]))
        .await
        .unwrap();
    let again = scene.draft("2026-10").await;
    assert_eq!(
        of(&again, "ada").content,
        ada.content,
        "a book that is nobody's charges nothing"
    );
    pricing::remove(&scene.cx, &scene.may(), book.id)
        .await
        .unwrap();
    let gone = pricing::get(&scene.cx, &scene.may(), book.id)
        .await
        .unwrap_err();
    assert_eq!(
        gone.to_string(),
        format!("there is no price book \"{}\"", book.id)
    );
    let versions = pricing::versions(&scene.cx, &scene.may(), book.id)
        .await
        .unwrap();
    assert_eq!(versions.len(), 1, "what it priced stays readable");
}
