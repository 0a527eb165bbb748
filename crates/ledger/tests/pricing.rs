//! Price books: what cost is charged at, to the nano, in whatever order it comes.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use jiff::civil::{Date, date};
use proptest::prelude::*;
use tallyport_ledger::pricing::{
    Asked, BookError, BookFault, CostLine, Earlier, Entry, Grant, Markup, Part, PriceBook,
    PriceRule, PriceScope, Priced, PricingError, PricingNote, Recipient, ServicePattern, Tier,
    Usage, UsageUnit, price,
};
use tallyport_ledger::{BillingPeriod, Currency, Exact, Money, OwnerId, Validity};

const ADA: PriceScope = PriceScope::Person(OwnerId(1));
const WEB: PriceScope = PriceScope::Team(OwnerId(2));
const ACME: PriceScope = PriceScope::Client(OwnerId(3));
const EC2: &str = "Amazon EC2";
const S3: &str = "Amazon S3";

fn usd(text: &str) -> Money {
    Money::parse(text, Currency::USD).unwrap()
}

fn percent(text: &str) -> PriceRule {
    PriceRule::Markup(Markup::parse(text).unwrap())
}

fn tiers(steps: &[(&str, &str)]) -> PriceRule {
    let tier = |(up_to, percent): &(&str, &str)| Tier {
        up_to: (!up_to.is_empty()).then(|| usd(up_to)),
        markup: Markup::parse(percent).unwrap(),
    };
    PriceRule::Tiers(steps.iter().map(tier).collect())
}

fn fee(label: &str, amount: &str) -> PriceRule {
    PriceRule::Fee {
        label: label.to_owned(),
        amount: usd(amount),
    }
}

fn credit(label: &str, amount: &str, grant: Grant, rolls_over: bool) -> PriceRule {
    PriceRule::Credit {
        label: label.to_owned(),
        amount: usd(amount),
        grant,
        rolls_over,
    }
}

/// An entry for all, since ever.
fn all(rule: PriceRule) -> Entry {
    Entry {
        scope: PriceScope::All,
        service: None,
        validity: Validity::default(),
        rule,
    }
}

trait Narrowed: Sized {
    fn scoped(self, scope: PriceScope) -> Self;
    fn on(self, service: &str) -> Self;
    fn from(self, day: Date) -> Self;
    fn to(self, day: Date) -> Self;
}

impl Narrowed for Entry {
    fn scoped(self, scope: PriceScope) -> Self {
        Self { scope, ..self }
    }

    fn on(self, service: &str) -> Self {
        Self {
            service: Some(ServicePattern::parse(service).unwrap()),
            ..self
        }
    }

    fn from(self, day: Date) -> Self {
        let validity = Validity::new(Some(day), self.validity.to()).unwrap();
        Self { validity, ..self }
    }

    fn to(self, day: Date) -> Self {
        let validity = Validity::new(self.validity.from(), Some(day)).unwrap();
        Self { validity, ..self }
    }
}

fn book(entries: impl Into<Vec<Entry>>) -> PriceBook {
    PriceBook::new(Some(Currency::USD), entries.into()).unwrap()
}

fn refused(entries: impl Into<Vec<Entry>>) -> BookError {
    PriceBook::new(Some(Currency::USD), entries.into()).unwrap_err()
}

fn november() -> BillingPeriod {
    "2026-11".parse().unwrap()
}

/// A cost of November on a day, of a service and resource.
fn cost<'a>(day: i8, service: &'a str, resource: &'a str, amount: &str) -> CostLine<'a> {
    CostLine {
        day: date(2026, 11, day),
        service,
        resource: Some(resource).filter(|name| !name.is_empty()),
        cost: usd(amount),
    }
}

/// Ada, a member of Web until the 10th, which belongs to Acme.
fn ada() -> Recipient {
    let until = Validity::new(None, Some(date(2026, 11, 10))).unwrap();
    Recipient::new(ADA, vec![(WEB, until), (ACME, until)])
}

/// What is asked about November; what a test cares about is set on top.
fn asked<'a>(recipient: &'a Recipient, costs: &'a [CostLine<'a>]) -> Asked<'a> {
    Asked {
        recipient,
        month: november(),
        currency: Currency::USD,
        costs,
        usage: None,
        earlier: &[],
        credits_used: &[],
    }
}

fn priced(book: &PriceBook, costs: &[CostLine<'_>]) -> Priced {
    price(book, &asked(&ada(), costs)).unwrap()
}

/// The lines as text: part, service, resource, cost and charge.
fn lines(priced: &Priced) -> Vec<String> {
    let line = |line: &tallyport_ledger::pricing::PricedLine| {
        let names = [&line.service, &line.resource].map(|name| name.as_deref().unwrap_or("-"));
        let days = line
            .days
            .map_or(String::new(), |(days, of)| format!(" {days}/{of}"));
        format!(
            "{} {} {} {} -> {}{days}",
            line.part,
            names[0],
            names[1],
            line.cost.to_decimal(0),
            line.charged.to_decimal(0)
        )
    };
    priced.lines.iter().map(line).collect()
}

fn as_earlier(priced: &Priced) -> Vec<Earlier> {
    let earlier = |line: &tallyport_ledger::pricing::PricedLine| Earlier {
        part: line.part.clone(),
        service: line.service.clone().unwrap_or_default(),
        charged: line.charged,
        cost: line.cost,
    };
    priced.lines.iter().map(earlier).collect()
}

#[test]
fn a_markup_is_inside_the_price_and_a_discount_stands_on_a_line_of_its_own() {
    let costs = [
        cost(1, EC2, "i-1", "100"),
        cost(2, S3, "bucket", "50.000000001"),
    ];
    let marked_up = priced(&book([all(percent("15"))]), &costs);
    assert_eq!(
        lines(&marked_up),
        [
            "cost Amazon EC2 i-1 100 -> 115",
            "cost Amazon S3 bucket 50.000000001 -> 57.500000001"
        ]
    );
    assert_eq!(marked_up.margin().unwrap(), usd("22.5"));
    let less = priced(&book([all(percent("-10")).on(EC2)]), &costs);
    assert_eq!(
        lines(&less),
        [
            "cost Amazon EC2 i-1 100 -> 100",
            "discount Amazon EC2 - 0 -> -10",
            "cost Amazon S3 bucket 50.000000001 -> 50.000000001"
        ]
    );
    assert_eq!(less.margin().unwrap(), usd("-10"));
}

#[test]
fn the_most_specific_scope_wins_then_the_service_then_the_later_beginning() {
    let november_from = |day| date(2026, 11, day);
    let entries = [
        all(percent("1")),
        all(percent("2")).from(november_from(5)),
        all(percent("3")).on("amazon*"),
        all(percent("4")).on(EC2),
        all(percent("5")).scoped(ACME),
        all(percent("6")).scoped(WEB).from(november_from(8)),
    ];
    let book = book(entries);
    let rate =
        |recipient: &Recipient, service, day| book.rate_on(recipient, service, november_from(day));
    let stranger = Recipient::new(PriceScope::Person(OwnerId(9)), Vec::new());
    assert_eq!(rate(&stranger, "AWS Support", 4), Some(0));
    assert_eq!(
        rate(&stranger, "AWS Support", 5),
        Some(1),
        "the later beginning"
    );
    assert_eq!(rate(&stranger, S3, 5), Some(2), "a pattern before none");
    assert_eq!(rate(&stranger, EC2, 5), Some(3), "a name before a pattern");
    assert_eq!(rate(&ada(), EC2, 7), Some(4), "the client before everybody");
    assert_eq!(rate(&ada(), EC2, 8), Some(5), "the team before its client");
    assert_eq!(
        rate(&ada(), EC2, 11),
        Some(3),
        "not after she has left the team"
    );
}

#[test]
fn a_rate_counts_by_the_day() {
    let costs = [cost(10, EC2, "i-1", "10"), cost(11, EC2, "i-1", "10")];
    let changed = book([
        all(percent("10")).to(date(2026, 11, 10)),
        all(percent("20")).from(date(2026, 11, 11)),
    ]);
    let priced = priced(&changed, &costs);
    assert_eq!(lines(&priced), ["cost Amazon EC2 i-1 20 -> 23"]);
    assert_eq!(priced.lines[0].entries, [0, 1], "both say why");
}

#[test]
fn tiers_are_graduated_over_the_month_of_a_recipient() {
    let steps = tiers(&[("100", "20"), ("200", "10"), ("", "0")]);
    let total = |amount: &str| {
        let costs = [cost(1, EC2, "i-1", amount)];
        priced(&book([all(steps.clone())]), &costs)
            .charged
            .to_decimal(0)
    };
    for (cost, charged) in [
        ("50", "60"),
        ("100", "120"),
        ("150", "175"),
        ("250", "280"),
        ("-10", "-12"),
        ("0", "0"),
    ] {
        assert_eq!(total(cost), charged, "{cost}");
    }
    let two = [cost(1, EC2, "i-1", "150"), cost(9, S3, "", "50")];
    assert_eq!(
        lines(&priced(&book([all(steps)]), &two)),
        [
            "cost Amazon EC2 i-1 150 -> 172.5",
            "cost Amazon S3 - 50 -> 57.5"
        ],
        "each has its share of what the whole is charged"
    );
}

#[test]
fn a_minimum_tops_up_costs_and_usage_and_counts_for_its_share_of_the_days() {
    let costs = [cost(1, EC2, "i-1", "60"), cost(2, S3, "", "10")];
    let least = |entries: Vec<Entry>| lines(&priced(&book(entries), &costs))[2..].to_vec();
    assert_eq!(
        least(vec![all(PriceRule::Minimum(usd("100")))]),
        ["minimum - - 0 -> 30"]
    );
    assert_eq!(
        least(vec![all(PriceRule::Minimum(usd("70")))]),
        Vec::<String>::new()
    );
    assert_eq!(
        least(vec![
            all(PriceRule::Minimum(usd("100"))),
            all(PriceRule::Minimum(usd("25"))).on(S3),
        ]),
        [
            "minimum:amazon s3 Amazon S3 - 0 -> 15",
            "minimum - - 0 -> 15"
        ],
        "what is topped up for S3 counts for all"
    );
    let half = all(PriceRule::Minimum(usd("200"))).from(date(2026, 11, 16));
    assert_eq!(least(vec![half]), ["minimum - - 0 -> 30 15/30"]);
}

#[test]
fn fees_and_one_offs_are_for_the_recipient_named_and_are_not_handed_down() {
    let setup = PriceRule::OneOff {
        day: date(2026, 11, 30),
        label: "Setup".to_owned(),
        amount: usd("99"),
    };
    let fees = book([
        all(fee("Support", "30")),
        all(fee("SUPPORT ", "60"))
            .scoped(ADA)
            .from(date(2026, 11, 21)),
        all(fee("Team", "500")).scoped(WEB),
        all(setup),
    ]);
    let one = [cost(1, EC2, "i-1", "1")];
    assert_eq!(
        lines(&priced(&fees, &one))[1..],
        [
            "fee:support - - 0 -> 20 20/30",
            "fee:support - - 0 -> 20 10/30",
            "one-off:setup - - 0 -> 99"
        ]
    );
    assert_eq!(
        lines(&priced(&fees, &[])),
        ["fee:support - - 0 -> 20 10/30"],
        "without costs only what names her"
    );
}

#[test]
fn credits_never_exceed_what_is_to_pay_and_roll_over() {
    let first = date(2026, 10, 1);
    let costs = [cost(1, EC2, "i-1", "80")];
    let used =
        |month: &str, amount: &str| vec![(month.parse().unwrap(), "start".to_owned(), usd(amount))];
    let left = |entry: Entry, used: &[(BillingPeriod, String, Money)]| {
        let recipient = ada();
        let ask = Asked {
            credits_used: used,
            ..asked(&recipient, &costs)
        };
        let priced = price(&book([entry]), &ask).unwrap();
        let over = priced
            .carried_over
            .first()
            .map(|(_, left)| left.to_decimal(0));
        (priced.charged.to_decimal(0), over.unwrap_or_default())
    };
    let of = |amount: &str, grant, rolls| all(credit("Start", amount, grant, rolls)).from(first);
    let say = |charged: &str, over: &str| (charged.to_owned(), over.to_owned());
    assert_eq!(left(of("100", Grant::Once, true), &[]), say("0", "20"));
    assert_eq!(
        left(of("100", Grant::Once, true), &used("2026-10", "70")),
        say("50", "")
    );
    assert_eq!(
        left(of("100", Grant::Once, true), &used("2026-12", "100")),
        say("80", "")
    );
    assert_eq!(
        left(of("100", Grant::Once, false), &[]),
        say("80", ""),
        "lapsed"
    );
    assert_eq!(
        left(of("30", Grant::Month, false), &used("2026-10", "5")),
        say("50", "")
    );
    assert_eq!(
        left(of("30", Grant::Month, true), &used("2026-10", "5")),
        say("25", "")
    );
    assert_eq!(left(of("60", Grant::Month, true), &[]), say("0", "40"));
    let ends = of("100", Grant::Once, true).to(date(2026, 11, 30));
    assert_eq!(
        left(ends, &[]),
        say("0", ""),
        "it cannot be used in December"
    );
}

#[test]
fn usage_is_charged_by_the_unit_and_says_when_nothing_is_measured() {
    let usage_rate = |unit, per: &str| {
        all(PriceRule::Usage {
            unit,
            per: usd(per),
        })
        .scoped(ADA)
    };
    let rates = book([
        usage_rate(UsageUnit::GbStored, "0.03"),
        usage_rate(UsageUnit::GbMoved, "0.1"),
    ]);
    let unmeasured = priced(&rates, &[]);
    assert!(unmeasured.lines.is_empty());
    assert_eq!(unmeasured.notes.len(), 2, "{:?}", unmeasured.notes);
    let used = |day, unit, quantity: &str| Usage {
        day: date(2026, 11, day),
        unit,
        quantity: Exact::parse(quantity.as_bytes()).unwrap(),
    };
    let month = [
        used(1, UsageUnit::GbMoved, "12.5"),
        used(3, UsageUnit::GbMoved, "0.5"),
        used(1, UsageUnit::GbStored, "300"),
        used(2, UsageUnit::GbStored, "600"),
        used(2, UsageUnit::User, "4"),
    ];
    let recipient = ada();
    let ask = Asked {
        usage: Some(&month),
        ..asked(&recipient, &[])
    };
    assert_eq!(
        lines(&price(&rates, &ask).unwrap()),
        [
            "usage:gb_stored - - 0 -> 0.9",
            "usage:gb_moved - - 0 -> 1.3"
        ],
        "900 GB-days are 30 GB for a month"
    );
}

#[test]
fn amounts_in_another_currency_than_the_costs_are_told_and_tiers_in_one_are_refused() {
    let euro: Currency = "EUR".parse().unwrap();
    let recipient = ada();
    let ask = Asked {
        currency: euro,
        ..asked(&recipient, &[])
    };
    let told = price(&book([all(percent("5")), all(fee("Support", "5"))]), &ask).unwrap();
    assert_eq!(told.notes, [PricingNote::OtherCurrency { entry: 1 }]);
    let costs = [CostLine {
        cost: Money::from_nanos(1, euro),
        ..cost(1, EC2, "", "1")
    }];
    let ask = Asked {
        costs: &costs,
        ..ask
    };
    let steps = book([all(tiers(&[("100", "20"), ("", "10")]))]);
    let refused = price(&steps, &ask).unwrap_err();
    assert!(
        matches!(refused, PricingError::Currency { entry: 0, .. }),
        "{refused}"
    );
}

#[test]
fn a_second_document_charges_only_what_the_first_has_not() {
    let entries = [
        all(tiers(&[("100", "20"), ("", "10")])),
        all(fee("Support", "30")),
        all(PriceRule::Minimum(usd("200"))),
    ];
    let book = book(entries);
    let first = [cost(1, EC2, "i-1", "80")];
    let late = [cost(2, EC2, "i-1", "50")];
    let whole = priced(&book, &[first[0], late[0]]);
    let before = priced(&book, &first);
    let recipient = ada();
    let earlier = as_earlier(&before);
    let ask = Asked {
        earlier: &earlier,
        ..asked(&recipient, &late)
    };
    let after = price(&book, &ask).unwrap();
    assert_eq!(
        lines(&after),
        ["cost Amazon EC2 i-1 50 -> 57", "minimum - - 0 -> -57"],
        "20 at 20 %, 30 at 10 %, no second fee, and less is missing to the minimum"
    );
    let both = before.charged.plus(after.charged).unwrap();
    assert_eq!(both, whole.charged);
}

#[test]
fn a_book_that_is_not_clear_is_refused_with_the_entry_that_is_not() {
    let november = |day| date(2026, 11, day);
    let check = |entries: Vec<Entry>, entry: usize, expected: &str| {
        let error = refused(entries);
        assert_eq!(error.entry, entry, "{error}");
        assert!(error.to_string().contains(expected), "{error}");
    };
    check(
        vec![all(percent("5")), all(percent("6"))],
        1,
        "overlaps with entry 1",
    );
    check(
        vec![
            all(percent("5")).to(november(10)),
            all(percent("6")).from(november(10)),
        ],
        1,
        "what is charged on 2026-11-10",
    );
    check(
        vec![
            all(percent("5")).to(november(10)),
            all(percent("6")).from(november(13)),
        ],
        1,
        "from 2026-11-11 to 2026-11-12, between entry 1",
    );
    check(vec![all(fee("Support", "-1"))], 0, "-1.00 USD is negative");
    check(vec![all(fee("Support", "0"))], 0, "an amount of nothing");
    check(vec![all(fee(" ", "1"))], 0, "a label has");
    check(vec![all(fee("Support", "1")).on(EC2)], 0, "about services");
    check(vec![all(tiers(&[]))], 0, "need at least one");
    check(vec![all(tiers(&[("5", "1")]))], 0, "above 5.00 USD");
    check(
        vec![all(tiers(&[("", "1"), ("5", "1")]))],
        0,
        "tier 1 has no end",
    );
    check(
        vec![all(tiers(&[("5", "1"), ("5", "1"), ("", "1")]))],
        0,
        "tier 2 ends at 5.00 USD",
    );
    check(
        vec![all(credit("A", "1", Grant::Once, true))],
        0,
        "a first day",
    );
    let twice = || all(credit("A", "1", Grant::Once, true)).from(november(1));
    check(vec![twice(), twice()], 1, "entry 1 grants");
    assert_eq!(
        PriceBook::new(None, vec![all(fee("Support", "1"))])
            .unwrap_err()
            .fault,
        BookFault::NoCurrency
    );
    let other = PriceBook::new("EUR".parse().ok(), vec![all(fee("Support", "1"))]);
    assert!(
        other
            .unwrap_err()
            .to_string()
            .contains("in USD, the book in EUR")
    );
}

#[test]
fn an_entry_within_another_and_a_gap_that_a_broader_one_fills_are_clear() {
    let november = |day| date(2026, 11, day);
    book([
        all(percent("5")),
        all(percent("4")).from(november(5)).to(november(20)),
        all(percent("3")).from(november(7)).to(november(9)),
        all(percent("2")).from(november(15)).to(november(20)),
    ]);
    book([
        all(percent("5")),
        all(percent("4")).scoped(ADA).to(november(5)),
        all(percent("3")).scoped(ADA).from(november(9)),
    ]);
}

#[test]
fn a_percentage_is_read_to_four_decimals_within_bounds() {
    for text in ["15", "-7.5", "0.0001", "1000", "-100"] {
        assert_eq!(Markup::parse(text).unwrap().percent(), text);
    }
    for text in [
        "",
        "x",
        "15 %",
        "1e1",
        "0.00001",
        "1000.0001",
        "-101",
        "99999999999999",
    ] {
        assert!(Markup::parse(text).is_err(), "{text}");
    }
}

#[test]
fn what_a_line_charges_for_is_read_as_it_is_written() {
    for part in [
        Part::Cost,
        Part::Discount,
        Part::Minimum(None),
        Part::Minimum(Some("a:b".to_owned())),
        Part::Fee("x: y".to_owned()),
        Part::OneOff(String::new()),
        Part::Credit("c".to_owned()),
        Part::Usage(UsageUnit::User),
    ] {
        assert_eq!(part.to_string().parse::<Part>(), Ok(part));
    }
    assert!("fee".parse::<Part>().is_err());
}

const SERVICES: [&str; 3] = [EC2, S3, "AWS Lambda"];
const RESOURCES: [&str; 3] = ["", "a", "b"];

prop_compose! {
    fn any_cost()(day in 1_i8..=30, service in 0_usize..3, resource in 0_usize..3, nanos in -1_000_000_000_i64..1_000_000_000_000) -> CostLine<'static> {
        let name = RESOURCES[resource];
        CostLine {
            day: date(2026, 11, day),
            service: SERVICES[service],
            resource: Some(name).filter(|name| !name.is_empty()),
            cost: Money::from_nanos(i128::from(nanos), Currency::USD),
        }
    }
}

fn any_rule() -> impl Strategy<Value = PriceRule> {
    let markup = (-1_000_000_i32..2_000_000)
        .prop_map(|parts| Markup::from_parts_per_million(parts).unwrap());
    let tier = (1_i64..500_000_000_000, markup.clone());
    let steps = (proptest::collection::vec(tier, 0..4), markup.clone());
    prop_oneof![
        markup.prop_map(PriceRule::Markup),
        steps.prop_map(|(mut steps, last)| {
            steps.sort_by_key(|(up_to, _)| *up_to);
            steps.dedup_by_key(|(up_to, _)| *up_to);
            let steps = steps.into_iter().map(|(up_to, markup)| Tier {
                up_to: Some(Money::from_nanos(i128::from(up_to), Currency::USD)),
                markup,
            });
            let last = Tier {
                up_to: None,
                markup: last,
            };
            PriceRule::Tiers(steps.chain([last]).collect())
        }),
    ]
}

prop_compose! {
    /// A book of every kind of entry.
    fn any_book()(
        base in any_rule(), team in any_rule(), ec2 in any_rule(), pattern in any_rule(),
        split in 2_i8..30, least in 1_i64..2_000_000_000_000, grant in 1_i64..2_000_000_000_000, month in any::<bool>(),
    ) -> PriceBook {
        let usd = |nanos: i64| Money::from_nanos(i128::from(nanos), Currency::USD);
        book([
            all(base),
            all(team.clone()).scoped(WEB),
            all(ec2).on(EC2).from(date(2026, 11, split)),
            all(pattern).on("aws*"),
            all(PriceRule::Minimum(usd(least))).to(date(2026, 11, split)),
            all(fee("Support", "30")),
            all(fee("Support", "7.77")).scoped(ADA).from(date(2026, 11, split)),
            all(PriceRule::Credit {
                label: "Start".to_owned(),
                amount: usd(grant),
                grant: if month { Grant::Month } else { Grant::Once },
                rolls_over: true,
            })
            .from(date(2026, 9, 1)),
        ])
    }
}

proptest! {
    #[test]
    fn lines_add_up_and_the_margin_is_what_is_charged_less_what_it_costs(
        book in any_book(), costs in proptest::collection::vec(any_cost(), 0..40),
    ) {
        let priced = priced(&book, &costs);
        let sum = |amounts: Vec<Money>| Money::sum(amounts.iter(), Currency::USD).unwrap();
        prop_assert_eq!(sum(priced.lines.iter().map(|line| line.charged).collect()), priced.charged);
        prop_assert_eq!(sum(priced.lines.iter().map(|line| line.cost).collect()), priced.cost);
        prop_assert_eq!(sum(costs.iter().map(|line| line.cost).collect()), priced.cost);
        prop_assert_eq!(priced.margin().unwrap().plus(priced.cost).unwrap(), priced.charged);
    }

    #[test]
    fn neither_the_order_of_costs_nor_that_of_entries_matters(
        book in any_book(), costs in proptest::collection::vec(any_cost(), 0..40), seed in any::<u64>(),
    ) {
        let mut turned = costs.clone();
        let mut entries: Vec<Entry> = book.entries().to_vec();
        let by = usize::try_from(seed % 39).unwrap();
        if !turned.is_empty() {
            let middle = by % turned.len();
            turned.rotate_left(middle);
            turned[..middle].reverse();
        }
        let middle = by % entries.len();
        entries.rotate_left(middle);
        let other = PriceBook::new(Some(Currency::USD), entries).unwrap();
        let (one, two) = (priced(&book, &costs), priced(&other, &turned));
        prop_assert_eq!(one.charged, two.charged);
        let mut texts = (lines(&one), lines(&two));
        // Fees of one label stand in the order of their entries.
        texts.0.sort();
        texts.1.sort();
        prop_assert_eq!(texts.0, texts.1);
    }

    #[test]
    fn a_cost_in_two_pieces_is_charged_as_one(
        book in any_book(), costs in proptest::collection::vec(any_cost(), 1..20), piece in 0_i64..1_000_000_000,
    ) {
        let piece = Money::from_nanos(i128::from(piece), Currency::USD);
        let mut pieces = costs.clone();
        pieces[0].cost = costs[0].cost.minus(piece).unwrap();
        pieces.push(CostLine { cost: piece, ..costs[0] });
        prop_assert_eq!(lines(&priced(&book, &costs)), lines(&priced(&book, &pieces)));
    }

    #[test]
    fn graduated_tiers_are_the_sum_of_their_steps(
        rule in any_rule(), nanos in 0_i64..1_000_000_000_000,
    ) {
        let total = Money::from_nanos(i128::from(nanos), Currency::USD);
        let costs = [CostLine { cost: total, ..cost(1, EC2, "i-1", "0") }];
        let charged = priced(&book([all(rule.clone())]), &costs).charged.nanos();
        // Step by step, in millionths of a nano.
        let steps: Vec<(i128, i128)> = match &rule {
            PriceRule::Tiers(tiers) => tiers
                .iter()
                .map(|tier| {
                    let to = tier.up_to.map_or(i128::MAX, |up_to| up_to.nanos());
                    (to, i128::from(tier.markup.parts_per_million()) + 1_000_000)
                })
                .collect(),
            PriceRule::Markup(markup) => {
                vec![(i128::MAX, i128::from(markup.parts_per_million()) + 1_000_000)]
            }
            _ => Vec::new(),
        };
        let (mut rest, mut from, mut expected) = (i128::from(nanos), 0, 0);
        for (to, factor) in steps {
            let step = rest.min(to - from);
            expected += step * factor;
            rest -= step;
            from = to;
        }
        prop_assert!((charged * 1_000_000 - expected).abs() <= 500_000, "{} {}", charged, expected);
    }

    #[test]
    fn credits_never_make_an_amount_to_be_paid_back(
        book in any_book(), costs in proptest::collection::vec(any_cost(), 0..20), used in 0_i64..3_000_000_000_000,
    ) {
        let recipient = ada();
        let used = [(november(), "start".to_owned(), Money::from_nanos(i128::from(used), Currency::USD))];
        let ask = Asked { credits_used: &used, ..asked(&recipient, &costs) };
        let priced = price(&book, &ask).unwrap();
        let is_credit = |part: &Part| matches!(part, Part::Credit(_));
        let before: i128 = priced.lines.iter().filter(|line| !is_credit(&line.part)).map(|line| line.charged.nanos()).sum();
        let credits: i128 = priced.lines.iter().filter(|line| is_credit(&line.part)).map(|line| -line.charged.nanos()).sum();
        prop_assert!((0..=before.max(0)).contains(&credits), "{} of {}", credits, before);
    }

    #[test]
    fn what_is_billed_in_two_documents_is_what_one_would_have_billed(
        base in any_rule(), costs in proptest::collection::vec(any_cost(), 2..30), at in 1_usize..29,
    ) {
        let fees = [all(base), all(fee("Support", "30")), all(PriceRule::Minimum(usd("900")))];
        let book = book(fees);
        let at = at.min(costs.len() - 1);
        let (first, late) = costs.split_at(at);
        let before = priced(&book, first);
        let earlier = as_earlier(&before);
        let recipient = ada();
        let after = price(&book, &Asked { earlier: &earlier, ..asked(&recipient, late) }).unwrap();
        let both = before.charged.plus(after.charged).unwrap().nanos();
        let whole = priced(&book, &costs).charged.nanos();
        // A markup is rounded to the nano once a document.
        prop_assert!((both - whole).abs() <= 1, "{} {}", both, whole);
    }
}
