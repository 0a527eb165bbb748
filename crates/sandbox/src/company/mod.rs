//! One plausible company: who works there, what it runs, and what that costs on each day.
//!
//! Everything is a pure function of (seed, founding day, today, which instances were stopped).

mod bill;
mod calendar;
mod cast;
mod commitments;
mod estate;
mod inventory;
mod line;
mod meter;
mod overhead;
mod prices;
mod product;
mod seed;
mod things;

use jiff::civil::Date;

pub(crate) use bill::{Bill, Stops};
pub(crate) use cast::account_name;
pub use cast::{Account, Person, TagValue, Team, Tenant};
pub(crate) use cast::{DATA, DEVELOPMENT, PAYER, PRODUCTION};
pub(crate) use estate::{Bucket, Instance};
pub(crate) use line::{Line, Nano, ONE, RecordType, Row, decimal};
pub(crate) use prices::{REGIONS, region_name};
pub(crate) use product::{AMAZON, Seller};
pub(crate) use seed::{Seed, code_of};

use crate::error::SandboxError;
use calendar::Calendar;
use estate::Estate;

/// The company whose accounts the sandbox holds.
#[derive(Debug)]
pub struct Company {
    seed: Seed,
    calendar: Calendar,
    estate: Estate,
    accounts: Vec<Account>,
    teams: Vec<Team>,
    people: Vec<Person>,
    tenants: Vec<Tenant>,
}

impl Company {
    /// The company's name.
    pub const NAME: &'static str = "Northwind Sandbox";

    pub(crate) fn found(seed: u64, founded_on: Date) -> Result<Self, SandboxError> {
        let seed = Seed(seed);
        let calendar = Calendar::before(founded_on)?;
        let tenants = cast::tenants();
        let estate = inventory::of_the_company(seed, &calendar, &tenants);
        Ok(Self {
            seed,
            estate,
            calendar,
            accounts: cast::accounts(),
            teams: cast::teams(),
            people: cast::people(),
            tenants,
        })
    }

    /// The company's name.
    pub fn name(&self) -> &'static str {
        Self::NAME
    }

    /// The id of the account that pays for all.
    pub fn payer(&self) -> &'static str {
        PAYER
    }

    /// Its AWS accounts, the paying one first.
    pub fn accounts(&self) -> &[Account] {
        &self.accounts
    }

    /// Its teams.
    pub fn teams(&self) -> &[Team] {
        &self.teams
    }

    /// The people who work there, with every spelling under which the tags know them.
    pub fn people(&self) -> &[Person] {
        &self.people
    }

    /// The customers who exchange files with it by SFTP.
    pub fn tenants(&self) -> &[Tenant] {
        &self.tenants
    }

    /// The first day of its history: twelve whole months before the month it was founded in.
    pub fn first_day(&self) -> Date {
        self.calendar.first_day
    }

    pub(crate) fn instances(&self) -> &[Instance] {
        &self.estate.instances
    }

    pub(crate) fn launched_on(&self, instance: &Instance) -> Date {
        self.calendar.date(instance.from)
    }

    /// The day from which the instance is no more, if it was terminated.
    pub(crate) fn gone_on(&self, instance: &Instance) -> Option<Date> {
        (instance.until < i32::MAX).then(|| self.calendar.date(instance.until))
    }

    pub(crate) fn buckets(&self) -> &[Bucket] {
        &self.estate.buckets
    }

    /// The bill as known on `today`; the estimate of the day `slip` came out far too high.
    pub(crate) fn bill(&self, today: Date, stops: &Stops, slip: Option<Date>) -> Bill {
        Bill::write(self.seed, &self.calendar, &self.estate, today, stops, slip)
    }

    /// A number for `name`, the same in every sandbox of this seed.
    pub(crate) fn draw(&self, name: &str) -> u64 {
        self.seed.draw(name, 0)
    }
}
