use sha2::{Digest, Sha256};
use tallyport_ledger::{Dimensions, PeriodLoad};

use crate::number::day_number;

/// A hash of what a period holds, whatever file it came in: equal hashes are equal charges.
pub(super) fn content_hash(period: &PeriodLoad, texts: &Dimensions) -> [u8; 32] {
    let mut hash = Sha256::new();
    let mut text = |part: &str| {
        hash.update(part.len().to_le_bytes());
        hash.update(part.as_bytes());
    };
    text(period.status.word());
    for charge in &period.charges {
        let service = &texts.services[charge.service as usize];
        let sku = &texts.skus[charge.sku as usize];
        text(&day_number(charge.day).to_string());
        text(&charge.last_day.map_or(0, day_number).to_string());
        text(
            charge
                .sub_account
                .map_or("", |at| texts.sub_accounts[at as usize].0.as_str()),
        );
        text(&service.provider);
        text(&service.name);
        text(&service.category);
        text(charge.region.map_or("", |at| &texts.regions[at as usize]));
        text(&sku.id);
        text(&sku.description);
        text(
            charge
                .resource
                .map_or("", |at| texts.resources[at as usize].0.as_str()),
        );
        for (key, value) in &texts.tag_sets[charge.tags as usize] {
            text(key);
            text(value);
        }
        text("");
        text(charge.category.word());
        text(charge.class.word());
        text(charge.currency.code());
        let amounts = charge.amounts;
        for amount in [
            amounts.billed,
            amounts.effective,
            amounts.list,
            amounts.contracted,
        ] {
            text(&amount.to_string());
        }
        text(&charge.quantity.to_string());
        text(&texts.units[charge.unit as usize]);
    }
    hash.finalize().into()
}
