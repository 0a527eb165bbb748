//! Books, costs and Ada, who is billed.

use jiff::civil::{Date, date};
use tallyport_ledger::pricing::{
    Asked, BookError, CostLine, Earlier, Entry, Grant, Markup, PriceBook, PriceRule, PriceScope,
    Priced, PricedLine, Recipient, ServicePattern, Tier, price,
};
use tallyport_ledger::{BillingPeriod, Currency, Money, OwnerId, Validity};

pub const ADA: PriceScope = PriceScope::Person(OwnerId(1));
pub const WEB: PriceScope = PriceScope::Team(OwnerId(2));
pub const ACME: PriceScope = PriceScope::Client(OwnerId(3));
pub const EC2: &str = "Amazon EC2";
pub const S3: &str = "Amazon S3";

pub fn usd(text: &str) -> Money {
    Money::parse(text, Currency::USD).unwrap()
}

pub fn percent(text: &str) -> PriceRule {
    PriceRule::Markup(Markup::parse(text).unwrap())
}

pub fn tiers(steps: &[(&str, &str)]) -> PriceRule {
    let tier = |(up_to, percent): &(&str, &str)| Tier {
        up_to: (!up_to.is_empty()).then(|| usd(up_to)),
        markup: Markup::parse(percent).unwrap(),
    };
    PriceRule::Tiers(steps.iter().map(tier).collect())
}

pub fn fee(label: &str, amount: &str) -> PriceRule {
    PriceRule::Fee {
        label: label.to_owned(),
        amount: usd(amount),
    }
}

pub fn credit(label: &str, amount: &str, grant: Grant, rolls_over: bool) -> PriceRule {
    PriceRule::Credit {
        label: label.to_owned(),
        amount: usd(amount),
        grant,
        rolls_over,
    }
}

/// An entry for all, since ever.
pub fn all(rule: PriceRule) -> Entry {
    Entry {
        scope: PriceScope::All,
        service: None,
        validity: Validity::default(),
        rule,
    }
}

pub trait Narrowed: Sized {
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

pub fn book(entries: impl Into<Vec<Entry>>) -> PriceBook {
    PriceBook::new(Some(Currency::USD), entries.into()).unwrap()
}

pub fn refused(entries: impl Into<Vec<Entry>>) -> BookError {
    PriceBook::new(Some(Currency::USD), entries.into()).unwrap_err()
}

pub fn november() -> BillingPeriod {
    "2026-11".parse().unwrap()
}

/// A cost of November on a day, of a service and resource.
pub fn cost<'a>(day: i8, service: &'a str, resource: &'a str, amount: &str) -> CostLine<'a> {
    CostLine {
        day: date(2026, 11, day),
        service,
        resource: Some(resource).filter(|name| !name.is_empty()),
        cost: usd(amount),
    }
}

/// Ada, a member of Web until the 10th, which belongs to Acme.
pub fn ada() -> Recipient {
    let until = Validity::new(None, Some(date(2026, 11, 10))).unwrap();
    Recipient::new(ADA, vec![(WEB, until), (ACME, until)])
}

/// What is asked about November; what a test cares about is set on top.
pub fn asked<'a>(recipient: &'a Recipient, costs: &'a [CostLine<'a>]) -> Asked<'a> {
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

pub fn priced(book: &PriceBook, costs: &[CostLine<'_>]) -> Priced {
    price(book, &asked(&ada(), costs)).unwrap()
}

/// The lines as text: part, service, resource, cost and charge.
pub fn lines(priced: &Priced) -> Vec<String> {
    let line = |line: &PricedLine| {
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

pub fn as_earlier(priced: &Priced) -> Vec<Earlier> {
    let earlier = |line: &PricedLine| Earlier {
        part: line.part.clone(),
        service: line.service.clone().unwrap_or_default(),
        charged: line.charged,
        cost: line.cost,
    };
    priced.lines.iter().map(earlier).collect()
}
