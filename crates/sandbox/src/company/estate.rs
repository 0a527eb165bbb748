//! What the company runs, and the words for saying so.

use std::sync::Arc;

use super::commitments::{Reservation, SavingsPlan};
use super::line::{Line, Nano, ONE, RecordType, Tags};
use super::meter::{Cover, Meter, Pattern, Volume};
use super::prices::{self, Region};
use super::seed::Seed;

/// A virtual machine.
#[derive(Debug, Clone)]
pub(crate) struct Instance {
    pub id: String,
    pub account: &'static str,
    pub region: &'static str,
    pub zone: String,
    pub kind: &'static str,
    pub tags: Tags,
    pub private_address: String,
    pub from: i32,
    pub until: i32,
}

/// A bucket.
#[derive(Debug, Clone)]
pub(crate) struct Bucket {
    pub name: String,
    pub account: &'static str,
    pub region: &'static str,
}

/// Everything that the company runs or has promised to pay for.
#[derive(Debug)]
pub(crate) struct Estate {
    pub seed: Seed,
    pub instances: Vec<Instance>,
    pub buckets: Vec<Bucket>,
    pub meters: Vec<Meter>,
    pub reservations: Vec<Reservation>,
    pub plans: Vec<SavingsPlan>,
    /// First day of the enterprise agreement and of the purchase from the marketplace.
    pub agreement_from: i32,
}

/// Where something stands and how it is tagged.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    pub account: &'static str,
    pub region: Region,
    pub tags: Tags,
    pub from: i32,
    pub until: i32,
}

impl Place {
    pub fn new(account: &'static str, region: Region, tags: &[(&str, &str)]) -> Self {
        Self {
            account,
            region,
            tags: sorted(tags),
            from: 0,
            until: i32::MAX,
        }
    }

    /// The same place, from a day until the day before another.
    pub fn during(&self, from: i32, until: i32) -> Self {
        Self {
            from,
            until,
            ..self.clone()
        }
    }

    /// The same place, with one tag more.
    pub fn named(&self, name: &str) -> Self {
        let mut tags: Vec<_> = self
            .tags
            .iter()
            .map(|(key, value)| (key.as_str(), value.as_str()))
            .collect();
        tags.push(("Name", name));
        Self {
            tags: sorted(&tags),
            ..self.clone()
        }
    }
}

fn sorted(tags: &[(&str, &str)]) -> Tags {
    let mut tags: Vec<(String, String)> = tags
        .iter()
        .map(|&(key, value)| (key.to_owned(), value.to_owned()))
        .collect();
    tags.sort();
    Arc::from(tags)
}

/// One thing that is metered.
pub(crate) struct Use {
    pub service: &'static str,
    pub usage_type: String,
    pub operation: &'static str,
    pub unit: &'static str,
    pub price: Nano,
    pub volume: Volume,
    pub pattern: Pattern,
    pub growth: i128,
}

impl Estate {
    pub fn new(seed: Seed) -> Self {
        Self {
            seed,
            instances: vec![],
            buckets: vec![],
            meters: vec![],
            reservations: vec![],
            plans: vec![],
            agreement_from: i32::MAX,
        }
    }

    /// Meters `what` of `resource`; the caller may still change the meter.
    pub fn meter(&mut self, place: &Place, resource: &str, what: Use) -> &mut Meter {
        let line = Line {
            region: place.region.code,
            usage_type: what.usage_type,
            operation: what.operation,
            resource: resource.to_owned(),
            unit: what.unit,
            purchase: "On Demand Instances",
            tags: place.tags.clone(),
            price: place.region.price(what.price),
            ..Line::overhead(place.account, what.service, RecordType::Usage)
        };
        let index = self.meters.len();
        self.meters.push(Meter {
            line,
            price: place.region.price(what.price),
            volume: what.volume,
            pattern: what.pattern,
            cover: Cover::None,
            growth: what.growth,
            wobble: 40,
            from: place.from,
            until: place.until,
            runaway: None,
            factor_quarters: 0,
        });
        &mut self.meters[index]
    }

    /// A virtual machine with a disk of its own, which carries the same tags.
    pub fn instance(
        &mut self,
        place: &Place,
        name: &str,
        kind: &'static str,
        pattern: Pattern,
        cover: Cover,
    ) {
        let place = place.named(name);
        let (price, factor_quarters) = prices::instance(kind);
        let unique = format!("{}/{}/{name}", place.account, place.region.code);
        let id = format!("i-0{}", self.seed.hex(&unique, 16));
        let zone = format!(
            "{}{}",
            place.region.code,
            ["a", "b", "c"][self.seed.between(&unique, 3, 0, 2).unsigned_abs() as usize]
        );
        let usage_type = format!("{}BoxUsage:{kind}", place.region.prefix);
        let meter = self.meter(
            &place,
            &id,
            Use {
                service: "Amazon Elastic Compute Cloud - Compute",
                usage_type,
                operation: "RunInstances",
                unit: "Hrs",
                price,
                volume: Volume::Hours,
                pattern,
                growth: 0,
            },
        );
        meter.cover = cover;
        meter.factor_quarters = factor_quarters;
        meter.line.zone.clone_from(&zone);
        meter.line.instance_type = kind;
        meter.line.platform = "Linux/UNIX";
        meter.line.tenancy = "Shared";
        self.disk(&place, name, 60);
        let octet = |salt| self.seed.between(&unique, salt, 4, 250);
        let private_address = format!("10.{}.{}.{}", octet(4) % 8 * 16, octet(5), octet(6));
        self.instances.push(Instance {
            id,
            account: place.account,
            region: place.region.code,
            zone,
            kind,
            tags: place.tags.clone(),
            private_address,
            from: place.from,
            until: place.until,
        });
    }

    /// A disk.
    pub fn disk(&mut self, place: &Place, name: &str, gigabytes: i128) {
        let id = format!(
            "vol-0{}",
            self.seed.hex(&format!("{}/{name}/disk", place.account), 16)
        );
        let usage_type = format!("{}EBS:VolumeUsage.gp3", place.region.prefix);
        self.meter(
            place,
            &id,
            stored(
                "EC2 - Other",
                usage_type,
                "CreateVolume-Gp3",
                prices::GP3_GIGABYTE_MONTH,
                gigabytes,
            ),
        )
        .wobble = 0;
    }

    /// Snapshots that nobody deletes.
    pub fn snapshots(&mut self, place: &Place, name: &str, gigabytes: i128) {
        let id = format!(
            "snap-0{}",
            self.seed
                .hex(&format!("{}/{name}/snapshot", place.account), 16)
        );
        let usage_type = format!("{}EBS:SnapshotUsage", place.region.prefix);
        let what = stored(
            "EC2 - Other",
            usage_type,
            "CreateSnapshot",
            prices::SNAPSHOT_GIGABYTE_MONTH,
            gigabytes,
        );
        self.meter(place, &id, Use { growth: 45, ..what });
    }
}

/// Gigabytes kept for a month.
pub(crate) fn stored(
    service: &'static str,
    usage_type: String,
    operation: &'static str,
    price: Nano,
    gigabytes: i128,
) -> Use {
    Use {
        service,
        usage_type,
        operation,
        unit: "GB-Mo",
        price,
        volume: Volume::Monthly(gigabytes * ONE),
        pattern: Pattern::Steady,
        growth: 0,
    }
}
