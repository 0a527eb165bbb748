//! What a month is charged at.

use jiff::civil::date;
use tallyport_ledger::pricing::{
    Asked, CostLine, Entry, Grant, Part, PriceRule, PriceScope, PricingError, PricingNote,
    Recipient, Usage, UsageUnit, price,
};
use tallyport_ledger::{BillingPeriod, Currency, Exact, Money, OwnerId};

use crate::made::*;

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
