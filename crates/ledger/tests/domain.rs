//! Months, invoices, roles and the roll-up behave as the books say.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use jiff::civil::date;
use proptest::prelude::*;
use tallyport_ledger::{
    BillingPeriod, ChargeCategory, ChargeClass, Currency, DayRange, DraftInvoice, DraftLine, Exact,
    Invoice, InvoiceNumber, Line, LoadError, Metric, Money, Name, Party, PeriodStatus,
    PermissionKind, Role, RollUp, TagSet, TagSetId, TaxRate,
};

fn month(text: &str) -> BillingPeriod {
    text.parse().unwrap()
}

#[test]
fn a_month_knows_its_days_and_neighbours() {
    let february = month("2028-02");
    assert_eq!(february.last_day(), date(2028, 2, 29));
    assert_eq!(february.days().len(), 29);
    assert_eq!(month("2027-01").previous().unwrap(), month("2026-12"));
    assert_eq!(month("2026-12").next().unwrap(), month("2027-01"));
    assert_eq!(
        BillingPeriod::from_number(202_612).unwrap(),
        month("2026-12")
    );
    for wrong in [
        "2026-13", "2026-00", "1999-01", "2026-1", "26-01", "2026/01", "", "2026-é1",
    ] {
        assert!(wrong.parse::<BillingPeriod>().is_err(), "{wrong:?}");
    }
}

#[test]
fn a_whole_month_is_compared_with_the_whole_month_before() {
    let march = month("2026-03").days();
    assert_eq!(march.before().unwrap(), month("2026-02").days());
    let week = DayRange::new(date(2026, 3, 9), date(2026, 3, 15)).unwrap();
    assert_eq!(
        week.before().unwrap(),
        DayRange::new(date(2026, 3, 2), date(2026, 3, 8)).unwrap()
    );
}

fn party(name: &str) -> Party {
    Party::new(Name::parse(name).unwrap())
}

fn draft(nanos: &[i128], tax: u32) -> DraftInvoice {
    let lines = nanos
        .iter()
        .map(|n| {
            let exact = Money::from_nanos(*n, Currency::USD);
            DraftLine::of_cost("Amazon S3".into(), None, exact)
        })
        .collect();
    let tax = TaxRate::from_parts_per_million(tax).unwrap();
    let parties = (party("Us"), party("Them"));
    DraftInvoice::new(
        month("2026-03"),
        Metric::Billed,
        parties,
        tax,
        Currency::USD,
        lines,
    )
    .unwrap()
}

#[test]
fn an_issued_invoice_carries_its_number_dates_and_figures() {
    let number = InvoiceNumber::new("INV", 7).unwrap();
    let invoice = Invoice::issue(
        draft(&[450_004_000_000, 120_004_000_000], 200_000),
        number,
        date(2026, 4, 2),
        30,
    )
    .unwrap();
    assert_eq!(invoice.number().to_string(), "INV-00007");
    assert_eq!(invoice.due_on(), date(2026, 5, 2));
    assert_eq!(
        invoice.totals().subtotal.to_decimal(2),
        "570.01",
        "0.004 + 0.004 is not lost"
    );
    assert_eq!(invoice.totals().tax.to_decimal(2), "114.00");
    assert_eq!(invoice.totals().total.to_decimal(2), "684.01");
}

#[test]
fn tax_rates_read_as_people_write_them() {
    let shown = |parts| TaxRate::from_parts_per_million(parts).unwrap().to_string();
    assert_eq!(shown(200_000), "20 %");
    assert_eq!(shown(81_000), "8.1 %");
    assert_eq!(shown(0), "0 %");
    assert!(TaxRate::from_parts_per_million(1_000_001).is_err());
}

#[test]
fn the_table_of_roles_is_the_one_in_the_domain() {
    use PermissionKind as P;
    let may = |role: Role| {
        PermissionKind::ALL
            .iter()
            .copied()
            .filter(|p| role.may(*p))
            .collect::<Vec<_>>()
    };
    assert_eq!(may(Role::SuperAdmin), PermissionKind::ALL);
    assert_eq!(may(Role::Viewer), [P::ViewCosts, P::ViewResources]);
    assert_eq!(may(Role::Developer), [P::ViewCosts, P::ViewResources]);
    let billing = [
        P::ViewCosts,
        P::LoadCosts,
        P::AssignOwners,
        P::ReadInvoices,
        P::IssueInvoices,
        P::SetBudgets,
    ];
    assert_eq!(may(Role::BillingManager), billing);
    assert!(!Role::Admin.may(P::AdministerWorkspace));
    assert_eq!(may(Role::Admin).len(), PermissionKind::ALL.len() - 1);
}

fn line(day: i8, billed: &str) -> Line<'static> {
    Line {
        period: month("2026-03"),
        billing_account: "0099",
        billing_account_name: "",
        sub_account: "0001",
        sub_account_name: "Production",
        provider: "AWS",
        service: "Amazon S3",
        service_category: "Storage",
        region: "eu-west-1",
        sku: "TimedStorage",
        description: "",
        resource: "bucket",
        resource_name: "",
        tags: TagSetId::default(),
        category: ChargeCategory::Usage,
        class: ChargeClass::Regular,
        day: date(2026, 3, day),
        last_day: None,
        currency: Currency::USD,
        billed: Exact::parse(billed.as_bytes()).unwrap(),
        effective: Exact::ZERO,
        list: Exact::ZERO,
        contracted: Exact::ZERO,
        quantity: Exact::from_nanos(1).unwrap(),
        unit: "GB",
        number: 2,
        invoice: "",
        invoiced: false,
        estimated: true,
    }
}

#[test]
fn hours_become_their_day_and_are_rounded_once() {
    let mut roll_up = RollUp::new();
    for number in 0..3 {
        roll_up
            .add(&Line {
                number: number + 2,
                ..line(14, "0.0000000004")
            })
            .unwrap();
    }
    roll_up.add(&line(15, "1")).unwrap();
    let load = roll_up.finish().unwrap();
    let charges = &load.periods[0].charges;
    assert_eq!(charges.len(), 2);
    assert_eq!(charges[0].amounts.billed, 1, "three times 0.4 nano are one");
    assert_eq!(
        (
            charges[0].lines,
            charges[0].first_line,
            charges[0].last_line
        ),
        (3, 2, 4)
    );
    assert_eq!(load.periods[0].status, PeriodStatus::Estimated);
}

#[test]
fn a_period_is_final_only_if_every_line_has_its_invoice() {
    let status = |invoiced: [bool; 2]| {
        let mut roll_up = RollUp::new();
        for invoiced in invoiced {
            roll_up
                .add(&Line {
                    invoiced,
                    estimated: !invoiced,
                    ..line(1, "1")
                })
                .unwrap();
        }
        roll_up.finish().unwrap().periods[0].status
    };
    assert_eq!(status([true, true]), PeriodStatus::Final);
    assert_eq!(status([true, false]), PeriodStatus::Estimated);
}

#[test]
fn a_refused_line_leaves_the_roll_up_as_it_was() {
    let mut roll_up = RollUp::new();
    for bad in ["", "   ", "with\u{1}control"] {
        assert!(
            roll_up
                .add(&Line {
                    billing_account: bad,
                    ..line(1, "1")
                })
                .is_err()
        );
        if !bad.is_empty() {
            assert!(
                roll_up
                    .add(&Line {
                        sub_account: bad,
                        ..line(1, "1")
                    })
                    .is_err()
            );
            assert!(
                roll_up
                    .add(&Line {
                        resource: bad,
                        ..line(1, "1")
                    })
                    .is_err()
            );
        }
    }
    roll_up.add(&line(1, "1")).unwrap();
    let load = roll_up.finish().unwrap();
    assert_eq!(load.dimensions.sub_accounts.len(), 1);
    let charges: usize = load.periods.iter().map(|p| p.charges.len()).sum();
    assert_eq!(charges, 1);
    assert_eq!(load.periods.iter().map(|p| p.lines).sum::<u64>(), 1);
}

#[test]
fn equal_tag_texts_are_parsed_once() {
    let mut roll_up = RollUp::new();
    let tags = || Ok::<_, LoadError>(TagSet::from([("owner".to_owned(), "jane".to_owned())]));
    let first = roll_up.tags("{owner:jane}", |_| tags()).unwrap();
    let second = roll_up
        .tags::<LoadError>("{owner:jane}", |_| panic!("parsed twice"))
        .unwrap();
    assert_eq!(first, second);
    assert_ne!(first, TagSetId::default());
}

proptest! {
    #[test]
    fn the_lines_of_an_invoice_add_up_to_its_subtotal(
        nanos in prop::collection::vec(-5_000_000_000_i128..50_000_000_000, 1..80),
        tax in 0_u32..300_000,
    ) {
        let draft = draft(&nanos, tax);
        let totals = draft.totals().unwrap();
        prop_assert_eq!(Money::sum(&draft.amounts().unwrap(), Currency::USD).unwrap(), totals.subtotal);
        prop_assert_eq!(totals.subtotal.plus(totals.tax).unwrap(), totals.total);
    }

    #[test]
    fn the_charges_of_a_period_add_up_to_its_rounded_total(
        lines in prop::collection::vec((1_i8..29, -1_000_000_000_000_i64..1_000_000_000_000), 1..200),
    ) {
        let mut roll_up = RollUp::new();
        for (day, picos) in &lines {
            roll_up.add(&line(*day, &format!("{picos}e-12"))).unwrap();
        }
        let load = roll_up.finish().unwrap();
        let sum: i128 = load.periods[0].charges.iter().map(|c| i128::from(c.amounts.billed)).sum();
        let picos: i64 = lines.iter().map(|l| l.1).sum();
        let whole = Exact::parse(format!("{picos}e-12").as_bytes()).unwrap();
        prop_assert_eq!(sum, whole.rounded_to_nanos());
    }
}
