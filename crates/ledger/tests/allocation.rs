//! Allocated + unowned = charged, to the nano; sharing loses nothing.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use proptest::prelude::*;
use tallyport_ledger::{
    Allocated, Apportion, ChargeFacts, Conservation, Currency, Exact, Matcher, Money, Owner,
    OwnerId, OwnershipRule, Pattern, Pot, ResourceId, RuleId, RuleSet, ShareMethod, SharingError,
    SharingRule, SubAccountId, TagSet, Validity, allocate, share,
};

fn usd(nanos: i128) -> Money {
    Money::from_nanos(nanos, Currency::USD)
}

fn rule(id: i64, owner: i64, matchers: Vec<Matcher>) -> OwnershipRule {
    OwnershipRule::new(RuleId(id), OwnerId(owner), matchers, Validity::default()).unwrap()
}

fn tag(key: &str, value: &str) -> Matcher {
    Matcher::Tag {
        key: key.to_owned(),
        value: Pattern::parse(value).unwrap(),
    }
}

struct Case {
    day: Date,
    account: SubAccountId,
    resource: ResourceId,
    tags: TagSet,
}

impl Case {
    fn new(tags: &[(&str, &str)]) -> Self {
        Self {
            day: date(2026, 3, 14),
            account: SubAccountId::parse("012345678901").unwrap(),
            resource: ResourceId::parse("i-0a").unwrap(),
            tags: tags
                .iter()
                .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
                .collect(),
        }
    }

    fn facts(&self) -> ChargeFacts<'_> {
        ChargeFacts {
            day: self.day,
            sub_account: Some(&self.account),
            service: "Amazon Elastic Compute Cloud",
            region: Some("eu-west-1"),
            resource: Some(&self.resource),
            tags: &self.tags,
        }
    }
}

#[test]
fn the_first_rule_that_matches_wins() {
    let resource = Matcher::Resource(ResourceId::parse("i-0a").unwrap());
    let rules = RuleSet::new(vec![
        rule(1, 10, vec![tag("owner", "jane*")]),
        rule(2, 20, vec![resource]),
    ]);
    let jane = Case::new(&[("Owner", "Jane.Doe")]);
    let other = Case::new(&[("owner", "mallory")]);
    let given = |case: &Case| allocate(&rules, &case.facts());
    assert_eq!(
        given(&jane),
        Allocated {
            owner: Owner::Owned(OwnerId(10)),
            rule: Some(RuleId(1))
        }
    );
    assert_eq!(
        given(&other).owner,
        Owner::Owned(OwnerId(20)),
        "the rule on the resource comes second"
    );
}

#[test]
fn a_rule_holds_only_on_its_days() {
    let (from, to) = (date(2026, 3, 1), date(2026, 3, 14));
    let validity = Validity::new(Some(from), Some(to)).unwrap();
    let account = Matcher::Account(SubAccountId::parse("012345678901").unwrap());
    let rules = RuleSet::new(vec![
        OwnershipRule::new(RuleId(1), OwnerId(1), vec![account], validity).unwrap(),
    ]);
    let mut case = Case::new(&[]);
    let mut owner_on = |day| {
        case.day = day;
        allocate(&rules, &case.facts()).owner
    };
    assert_eq!(owner_on(date(2026, 2, 28)), Owner::Unowned);
    assert_eq!(
        owner_on(from),
        Owner::Owned(OwnerId(1)),
        "the first day belongs to it"
    );
    assert_eq!(owner_on(to), Owner::Owned(OwnerId(1)), "the last day too");
    assert_eq!(owner_on(date(2026, 3, 15)), Owner::Unowned);
    assert!(Validity::new(Some(to), Some(from)).is_err());
}

#[test]
fn an_account_with_a_leading_zero_is_another_account() {
    let rules = RuleSet::new(vec![rule(
        1,
        1,
        vec![Matcher::Account(
            SubAccountId::parse("12345678901").unwrap(),
        )],
    )]);
    assert_eq!(
        allocate(&rules, &Case::new(&[]).facts()).owner,
        Owner::Unowned
    );
}

#[test]
fn a_rule_must_say_what_it_matches() {
    assert!(OwnershipRule::new(RuleId(1), OwnerId(1), vec![], Validity::default()).is_err());
}

#[test]
fn a_million_charges_are_given_away_without_losing_a_nano() {
    let rules = RuleSet::new(vec![
        rule(1, 1, vec![tag("owner", "jane")]),
        rule(2, 2, vec![tag("owner", "j*")]),
    ]);
    let cases = [
        Case::new(&[("owner", "jane")]),
        Case::new(&[("owner", "joe")]),
        Case::new(&[]),
    ];
    let mut check = Conservation::new(Currency::USD);
    for i in 0..1_000_000_i128 {
        let case = &cases[usize::try_from(i % 3).unwrap()];
        let sign = if i % 7 == 0 { -1 } else { 1 };
        let amount = usd(sign * (i * 7_919 % 1_000_003));
        check.charge(amount).unwrap();
        check
            .give(allocate(&rules, &case.facts()).owner, amount)
            .unwrap();
    }
    let by_owner = check.check().unwrap();
    assert_eq!(by_owner.len(), 3, "two owners and nobody");
}

#[test]
fn a_lost_nano_is_found() {
    let mut check = Conservation::new(Currency::USD);
    check.charge(usd(10)).unwrap();
    check.give(Owner::Unowned, usd(9)).unwrap();
    assert!(check.check().is_err());
}

fn fixed(pot: i64, owners: &[i64], shares: &[u32], onward: Option<i64>) -> SharingRule {
    SharingRule {
        pot: Pot(pot),
        owners: owners.iter().copied().map(OwnerId).collect(),
        onward: onward.map(Pot),
        method: ShareMethod::Fixed(shares.to_vec()),
    }
}

#[test]
fn pots_are_shared_in_a_chain() {
    let direct = BTreeMap::from([
        (Owner::Owned(OwnerId(1)), usd(300)),
        (Owner::Owned(OwnerId(2)), usd(100)),
    ]);
    let pots = BTreeMap::from([(Pot(1), usd(1_000)), (Pot(2), usd(40))]);
    let proportional = SharingRule {
        pot: Pot(1),
        owners: vec![OwnerId(1), OwnerId(2)],
        onward: None,
        method: ShareMethod::Proportional,
    };
    let rules = [proportional, fixed(2, &[2], &[250_000, 750_000], Some(1))];
    let shared = share(&direct, &pots, &rules).unwrap();
    assert_eq!(shared.by_owner[&Owner::Owned(OwnerId(1))], usd(300 + 773));
    assert_eq!(
        shared.by_owner[&Owner::Owned(OwnerId(2))],
        usd(100 + 10 + 257)
    );
    assert!(shared.fell_back_to_even.is_empty());
}

#[test]
fn a_cycle_of_pots_is_refused_by_name() {
    let rules = [
        fixed(1, &[], &[1_000_000], Some(2)),
        fixed(2, &[], &[1_000_000], Some(1)),
    ];
    let refused = share(
        &BTreeMap::new(),
        &BTreeMap::from([(Pot(1), usd(1))]),
        &rules,
    )
    .unwrap_err();
    assert_eq!(refused, SharingError::Cycle(Pot(1)));
}

#[test]
fn fixed_shares_that_are_not_one_are_refused() {
    let refused = share(
        &BTreeMap::new(),
        &BTreeMap::new(),
        &[fixed(3, &[1, 2], &[500_000, 400_000], None)],
    );
    assert_eq!(
        refused.unwrap_err(),
        SharingError::FixedShares {
            pot: Pot(3),
            sum: 900_000
        }
    );
}

#[test]
fn shares_by_cost_are_even_where_nobody_has_any() {
    let rule = SharingRule {
        pot: Pot(1),
        owners: vec![OwnerId(1), OwnerId(2)],
        onward: None,
        method: ShareMethod::Proportional,
    };
    let shared = share(
        &BTreeMap::new(),
        &BTreeMap::from([(Pot(1), usd(-3))]),
        &[rule],
    )
    .unwrap();
    assert_eq!(shared.fell_back_to_even, [Pot(1)]);
    assert_eq!(
        Money::sum(shared.by_owner.values(), Currency::USD).unwrap(),
        usd(-3)
    );
}

/// The plainest matcher there is, to compare with.
fn naive(pattern: &[char], text: &[char]) -> bool {
    match pattern.split_first() {
        None => text.is_empty(),
        Some(('*', rest)) => (0..=text.len()).any(|skip| naive(rest, &text[skip..])),
        Some(('?', rest)) => !text.is_empty() && naive(rest, &text[1..]),
        Some((c, rest)) => text.first() == Some(c) && naive(rest, &text[1..]),
    }
}

proptest! {
    #[test]
    fn a_pattern_matches_as_the_plain_definition_does(pattern in "[ab?*]{1,8}", text in "[ab]{0,10}") {
        let wanted = naive(&pattern.chars().collect::<Vec<_>>(), &text.chars().collect::<Vec<_>>());
        prop_assert_eq!(Pattern::parse(&pattern).unwrap().matches(&text), wanted);
    }

    #[test]
    fn looking_rules_up_gives_the_first_that_matches(
        rules in prop::collection::vec((0_usize..4, 0_i64..5), 0..20),
        resource in 0_usize..4,
        value in 0_usize..3,
    ) {
        let name = |i: usize| ["i-0a", "i-0b", "i-0c", "i-0d"][i];
        let rules: Vec<OwnershipRule> = rules
            .iter()
            .enumerate()
            .map(|(at, (what, owner))| {
                let matcher = if *owner % 2 == 0 {
                    Matcher::Resource(ResourceId::parse(name(*what)).unwrap())
                } else {
                    tag("owner", ["x", "y", "z", "?"][*what])
                };
                rule(i64::try_from(at).unwrap(), *owner, vec![matcher])
            })
            .collect();
        let mut case = Case::new(&[("owner", ["x", "y", "z"][value])]);
        case.resource = ResourceId::parse(name(resource)).unwrap();
        let first = rules.iter().find(|rule| rule.matches(&case.facts())).map(|rule| rule.id);
        let set = RuleSet::new(rules.clone());
        prop_assert_eq!(set.first_match(&case.facts()).map(|rule| rule.id), first);
    }

    #[test]
    fn sharing_loses_nothing(
        pots in prop::collection::btree_map(0_i64..6, -1_000_000_000_i128..1_000_000_000, 0..6),
        direct in prop::collection::btree_map(0_i64..6, -1_000_000_000_i128..1_000_000_000, 0..6),
        even in any::<bool>(),
    ) {
        let direct: BTreeMap<Owner, Money> =
            direct.into_iter().map(|(o, n)| (Owner::Owned(OwnerId(o)), usd(n))).collect();
        let pots: BTreeMap<Pot, Money> = pots.into_iter().map(|(p, n)| (Pot(p), usd(n))).collect();
        let rules: Vec<SharingRule> = (0..5)
            .map(|pot| SharingRule {
                pot: Pot(pot),
                owners: (0..=pot).map(OwnerId).collect(),
                onward: (pot > 0).then(|| Pot(pot - 1)),
                method: if even { ShareMethod::Even } else { ShareMethod::Proportional },
            })
            .collect();
        let shared = share(&direct, &pots, &rules).unwrap();
        let before: i128 = direct.values().chain(pots.values()).map(Money::nanos).sum();
        prop_assert_eq!(shared.by_owner.values().map(Money::nanos).sum::<i128>(), before);
    }

    #[test]
    fn rounded_parts_add_up_at_every_level(
        parts in prop::collection::vec((0_u32..3, 0_u32..4, -2_000_000_000_000_i64..2_000_000_000_000), 0..80),
    ) {
        // Picos, so that each part has three digits below the nano.
        let exact = |picos: i64| Exact::parse(format!("{picos}e-12").as_bytes()).unwrap();
        let mut apportion = Apportion::new();
        for (category, service, picos) in &parts {
            apportion.push(*category, *service, exact(*picos));
        }
        let nanos = apportion.into_nanos().unwrap();
        let whole: i64 = parts.iter().map(|p| p.2).sum();
        prop_assert_eq!(nanos.iter().sum::<i128>(), exact(whole).rounded_to_nanos());
        for category in 0..3 {
            for service in 0..5 {
                // Service 4 stands for "all services of the category".
                let inside = |p: &(u32, u32, i64)| p.0 == category && (service == 4 || p.1 == service);
                let picos: i64 = parts.iter().filter(|p| inside(p)).map(|p| p.2).sum();
                let given: i128 = parts.iter().zip(&nanos).filter(|(p, _)| inside(p)).map(|(_, n)| *n).sum();
                prop_assert!((given * 1_000 - i128::from(picos)).abs() < 1_000, "within a nano");
            }
        }
        for ((_, _, picos), nano) in parts.iter().zip(&nanos) {
            prop_assert!((nano * 1_000 - i128::from(*picos)).abs() < 1_000, "within a nano");
        }
    }
}
