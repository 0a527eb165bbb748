use blake3::Hasher;
use tallyport_ledger::{Dimensions, PeriodLoad};

use crate::number::day_number;

/// A short hash of each text of a load, taken once.
pub(super) struct Digests {
    sub_accounts: Vec<[u8; 16]>,
    services: Vec<[u8; 16]>,
    regions: Vec<[u8; 16]>,
    skus: Vec<[u8; 16]>,
    resources: Vec<[u8; 16]>,
    tag_sets: Vec<[u8; 16]>,
    units: Vec<[u8; 16]>,
    invoices: Vec<[u8; 16]>,
}

const NONE: [u8; 16] = [0; 16];

impl Digests {
    pub fn new(texts: &Dimensions) -> Self {
        Self {
            sub_accounts: each(&texts.sub_accounts, |(id, _)| vec![id.as_str()]),
            services: each(&texts.services, |service| {
                vec![&service.provider, &service.name, &service.category]
            }),
            regions: each(&texts.regions, |region| vec![region]),
            skus: each(&texts.skus, |sku| vec![&sku.id, &sku.description]),
            resources: each(&texts.resources, |(id, _)| vec![id.as_str()]),
            tag_sets: each(&texts.tag_sets, |tags| {
                tags.iter()
                    .flat_map(|(key, value)| [key.as_str(), value.as_str()])
                    .collect()
            }),
            units: each(&texts.units, |unit| vec![unit]),
            invoices: each(&texts.invoices, |invoice| vec![invoice]),
        }
    }
}

fn each<T>(texts: &[T], parts: impl Fn(&T) -> Vec<&str>) -> Vec<[u8; 16]> {
    let digest = |text: &T| {
        let mut hash = Hasher::new();
        for part in parts(text) {
            hash.update(&part.len().to_le_bytes());
            hash.update(part.as_bytes());
        }
        let whole: [u8; 32] = hash.finalize().into();
        let mut short = NONE;
        short.copy_from_slice(&whole[..16]);
        short
    };
    texts.iter().map(digest).collect()
}

/// Bytes that are hashed at a time: many of them go faster together.
const PIECE: usize = 1 << 16;

/// A hash of what a period holds, whatever file it came in: equal hashes are equal charges.
pub(super) fn content_hash(period: &PeriodLoad, texts: &Digests) -> [u8; 32] {
    let mut hash = Hasher::new();
    // Forms 1 to 3 were SHA-256. A period that stands on invoices has a form of its own.
    let invoiced = period.charges.iter().any(|charge| charge.invoice.is_some());
    hash.update(&[if invoiced { 5 } else { 4 }]);
    hash.update(&period.status.number().to_le_bytes());
    let mut record = Vec::with_capacity(PIECE + 512);
    for charge in &period.charges {
        if record.len() >= PIECE {
            hash.update(&record);
            record.clear();
        }
        let maybe =
            |at: Option<u32>, digests: &[[u8; 16]]| at.map_or(NONE, |at| digests[at as usize]);
        record.extend(day_number(charge.day).to_le_bytes());
        record.extend(charge.last_day.map_or(0, day_number).to_le_bytes());
        for digest in [
            maybe(charge.sub_account, &texts.sub_accounts),
            texts.services[charge.service as usize],
            maybe(charge.region, &texts.regions),
            texts.skus[charge.sku as usize],
            maybe(charge.resource, &texts.resources),
            texts.tag_sets[charge.tags as usize],
            texts.units[charge.unit as usize],
        ] {
            record.extend(digest);
        }
        if invoiced {
            record.extend(maybe(charge.invoice, &texts.invoices));
        }
        record.push(u8::try_from(charge.category.number()).unwrap_or(0));
        record.push(u8::try_from(charge.class.number()).unwrap_or(0));
        let code = charge.currency.code().as_bytes();
        record.push(u8::try_from(code.len()).unwrap_or(0));
        record.extend(code);
        let amounts = charge.amounts;
        for amount in [
            amounts.billed,
            amounts.effective,
            amounts.list,
            amounts.contracted,
        ] {
            record.extend(amount.to_le_bytes());
        }
        quantity(&mut record, charge.quantity);
    }
    hash.update(&record);
    hash.finalize().into()
}

fn quantity(record: &mut Vec<u8>, quantity: tallyport_ledger::Exact) {
    match super::rows::nanos(quantity) {
        Some(nanos) => {
            record.push(0);
            record.extend(nanos.to_le_bytes());
        }
        None => {
            let text = quantity.to_string();
            record.push(u8::try_from(text.len()).unwrap_or(u8::MAX));
            record.extend(text.as_bytes());
        }
    }
}
