//! One plausible company: who works there, what it runs, and what that costs on each day.
//!
//! Everything is a pure function of (seed, founding day, today, which instances were stopped).

mod bill;
mod calendar;
mod cast;
mod commitments;
mod crowd;
mod estate;
mod extra;
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
pub use cast::{Account, Login, Person, TagValue, Team, Tenant};
pub(crate) use cast::{DATA, DEVELOPMENT, PAYER, PRODUCTION};
pub(crate) use crowd::MOST as MOST_PEOPLE;
pub(crate) use estate::{Bucket, Instance};
pub(crate) use extra::{Extra, Used};
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

    /// A company of `people`: never fewer than the eight whom its story is about.
    pub(crate) fn found(seed: u64, founded_on: Date, people: usize) -> Result<Self, SandboxError> {
        let seed = Seed(seed);
        let calendar = Calendar::before(founded_on)?;
        let tenants = cast::tenants();
        let mut estate = inventory::of_the_company(seed, &calendar, &tenants);
        let mut cast = cast::people();
        let crowd = crowd::crowd(people.saturating_sub(cast.len()));
        crowd::of_the_crowd(&mut estate, &crowd);
        cast.extend(crowd);
        Ok(Self {
            seed,
            estate,
            calendar,
            accounts: cast::accounts(),
            teams: cast::teams(),
            people: cast,
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

    /// The day it was founded on in this folder.
    pub(crate) fn founded_on(&self) -> Date {
        self.calendar.founded_on
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

    /// The bill as known on `today`, with what was used besides the company's story; the estimate of the day
    /// `slip` came out far too high.
    pub(crate) fn bill(
        &self,
        today: Date,
        stops: &Stops,
        slip: Option<Date>,
        extras: &[Extra],
    ) -> Bill {
        let (calendar, estate) = (&self.calendar, &self.estate);
        Bill::write(self.seed, calendar, estate, today, stops, slip, extras)
    }

    /// What a tenant moved by SFTP on a day, in bytes: what came in, and what went out. The bill knows the last
    /// days only in part; this is what it will say.
    pub(crate) fn sftp_moved(&self, tenant: &Tenant, date: Date) -> (u64, u64) {
        let Some(number) = self.tenants.iter().position(|one| one.user == tenant.user) else {
            return (0, 0);
        };
        let day = self.calendar.settled(date);
        let of = |usage: &str| {
            let mut meters = self
                .estate
                .meters
                .iter()
                .filter(|meter| meter.line.usage_type == usage);
            // A gigabyte has a thousand million nano-units, which are its bytes.
            let quantity = meters
                .nth(number)
                .map_or(0, |meter| meter.quantity(self.seed, &day));
            u64::try_from(quantity).unwrap_or_default()
        };
        (of("UploadBytes"), of("DownloadBytes"))
    }

    /// What a bucket of the company held on a day, in bytes.
    pub(crate) fn stored(&self, bucket: &str, date: Date) -> u64 {
        let day = self.calendar.settled(date);
        let mut meters = self.estate.meters.iter();
        let meter = meters.find(|meter| {
            meter.line.resource == bucket && meter.line.usage_type.ends_with("TimedStorage-ByteHrs")
        });
        let quantity = meter.map_or(0, |meter| meter.quantity(self.seed, &day));
        u64::try_from(quantity * i128::from(day.days_in_month)).unwrap_or_default()
    }

    /// A number for `name`, the same in every sandbox of this seed.
    pub(crate) fn draw(&self, name: &str) -> u64 {
        self.seed.draw(name, 0)
    }
}
