//! Charges do not depend on who rolled them up: one pass or many, in any order.

#![expect(clippy::unwrap_used, reason = "what goes wrong in a test fails it")]

use jiff::civil::date;
use proptest::prelude::*;
use tallyport_ledger::{
    BillingPeriod, ChargeCategory, ChargeClass, Currency, Exact, Line, LoadError, RollUp, TagSet,
};

/// What tells the lines of these tests apart.
#[derive(Debug, Clone)]
struct Said {
    account: u8,
    name: u8,
    service: u8,
    resource: u8,
    tag: u8,
    category: u8,
    euro: bool,
    day: i8,
    long: bool,
    picos: i64,
    invoice: u8,
}

fn said() -> impl Strategy<Value = Said> {
    (
        (0_u8..3, 0_u8..3, 0_u8..4, 0_u8..5, 0_u8..3),
        (0_u8..3, any::<bool>(), 1_i8..6, any::<bool>()),
        (-2_000_000_000_000_i64..9_000_000_000_000, 0_u8..3),
    )
        .prop_map(
            |((account, name, service, resource, tag), (category, euro, day, long), last)| Said {
                account,
                name,
                service,
                resource,
                tag,
                category,
                euro,
                day,
                long,
                picos: last.0,
                invoice: last.1,
            },
        )
}

fn add(to: &mut RollUp, said: &Said, number: u64) {
    let texts = [
        format!("{:012}", said.account),
        format!("name {}", said.name),
        format!("service {}", said.service),
        if said.resource == 0 {
            String::new()
        } else {
            format!("i-{}", said.resource)
        },
        if said.invoice == 0 {
            String::new()
        } else {
            format!("INV-{}", said.invoice)
        },
    ];
    let tags = to
        .tags::<LoadError>(&format!("team {}", said.tag), |_| {
            Ok((0..said.tag)
                .map(|n| (format!("team:{n}"), "a 1:b".to_owned()))
                .collect::<TagSet>())
        })
        .unwrap();
    let amount = Exact::parse(format!("{}e-12", said.picos).as_bytes()).unwrap();
    to.add(&Line {
        period: BillingPeriod::of(date(2026, 1, 1)).unwrap(),
        billing_account: &texts[0],
        billing_account_name: &texts[1],
        sub_account: &texts[0],
        sub_account_name: &texts[1],
        provider: "AWS",
        service: &texts[2],
        service_category: "",
        region: "",
        sku: "",
        description: &texts[1],
        resource: &texts[3],
        resource_name: &texts[1],
        tags,
        category: ChargeCategory::ALL[usize::from(said.category)],
        class: ChargeClass::Regular,
        day: date(2026, 1, said.day),
        last_day: said.long.then(|| date(2026, 1, 31)),
        currency: if said.euro {
            "EUR".parse().unwrap()
        } else {
            Currency::USD
        },
        billed: amount,
        effective: amount.negated(),
        list: Exact::ZERO,
        contracted: amount,
        quantity: amount,
        unit: "Hrs",
        number,
        invoice: &texts[4],
        invoiced: said.invoice > 0,
        estimated: said.invoice == 0,
    })
    .unwrap();
}

proptest! {
    #[test]
    fn lines_give_the_same_charges_however_they_are_spread_over_roll_ups(
        lines in prop::collection::vec((said(), 0_usize..4), 1..120),
        merged_from_the_end in any::<bool>(),
    ) {
        let mut whole = RollUp::new();
        let mut parts: Vec<RollUp> = (0..4).map(|_| RollUp::new()).collect();
        for (number, (said, _)) in (2_u64..).zip(&lines) {
            add(&mut whole, said, number);
        }
        // A part may come to its lines in any order.
        for (number, (said, part)) in (2_u64..).zip(&lines).collect::<Vec<_>>().into_iter().rev() {
            add(&mut parts[*part], said, number);
        }
        if merged_from_the_end {
            parts.reverse();
        }
        let mut merged = RollUp::new();
        for part in parts {
            merged.merge(part).unwrap();
        }
        prop_assert_eq!(
            format!("{:?}", merged.finish().unwrap()),
            format!("{:?}", whole.finish().unwrap())
        );
    }

    #[test]
    fn a_decimal_is_read_alike_on_the_fast_way_and_on_the_slow_one(
        text in "-?[0-9]{0,22}(\\.[0-9]{0,26})?([eE]-?[0-9]{1,2})?"
    ) {
        // A sign in front is left to the slow way.
        let slow = match text.strip_prefix('-') {
            Some(digits) => Exact::parse(format!("+{digits}").as_bytes()).map(Exact::negated),
            None => Exact::parse(format!("+{text}").as_bytes()),
        };
        prop_assert_eq!(Exact::parse(text.as_bytes()), slow);
    }

    #[test]
    fn whole_amounts_are_known(whole in -9_000_000_000_000_i64..9_000_000_000_000, decimals in "[0-9]{1,24}") {
        let text = format!("{whole}.{decimals}");
        let is_whole = decimals.bytes().all(|digit| digit == b'0');
        prop_assert_eq!(Exact::parse(text.as_bytes()).unwrap().is_whole(), is_whole);
    }
}
