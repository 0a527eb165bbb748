//! What discounts and commitments saved, and what was paid for and not used: as far as bills tell.

use std::collections::BTreeMap;

use tallyport_documents::{Block, ReportTable, filled};
use tallyport_ledger::{BillingPeriod, ChargeCategory, Currency, Money, MoneyError, ViewCosts};
use tallyport_store::{ChargeRow, Filter};

use super::parts::{Tongue, figure, figures, row, strong, text};
use crate::{Context, Grant, WorkspaceError};

/// Usage in one currency, or of one of its services, at three prices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Prices {
    list: Money,
    contracted: Money,
    effective: Money,
}

/// What a month tells in one currency.
struct Told {
    all: Prices,
    services: BTreeMap<String, Prices>,
    /// What commitments cost beyond what they covered.
    unused: BTreeMap<String, Money>,
    /// What the provider charges for lying unused.
    idle: BTreeMap<String, Money>,
}

pub(super) async fn blocks(
    cx: &Context,
    _by: &Grant<ViewCosts>,
    month: BillingPeriod,
    tongue: Tongue,
) -> Result<Vec<Block>, WorkspaceError> {
    let told = cx.store.read(move |r| {
        let mut told: BTreeMap<Currency, Told> = BTreeMap::new();
        r.each_charge(month.days(), &Filter::default(), |charge| {
            let currency = charge.row.billed.currency();
            let of_currency = told
                .entry(currency)
                .or_insert_with(|| Told::nothing(currency));
            Ok::<_, WorkspaceError>(of_currency.take(&charge.row)?)
        })?;
        Ok::<_, WorkspaceError>(told)
    });
    let told = told.await?;
    let several = told.len() > 1;
    let mut blocks = Vec::new();
    for (currency, told) in told {
        if several {
            let heading = filled(tongue.words.in_currency, &[currency.code()]);
            blocks.push(Block::Heading(heading));
        }
        blocks.extend(told.blocks(tongue)?);
    }
    let words = &tongue.words.savings;
    blocks.push(Block::Heading(words.unknown.to_owned()));
    blocks.extend(
        words
            .unknown_is
            .iter()
            .map(|text| Block::Text((*text).to_owned())),
    );
    Ok(blocks)
}

impl Prices {
    const fn nothing(currency: Currency) -> Self {
        let nothing = Money::zero(currency);
        Self {
            list: nothing,
            contracted: nothing,
            effective: nothing,
        }
    }

    fn plus(self, charge: &ChargeRow) -> Result<Self, MoneyError> {
        Ok(Self {
            list: self.list.plus(charge.list)?,
            contracted: self.contracted.plus(charge.contracted)?,
            effective: self.effective.plus(charge.effective)?,
        })
    }

    fn saved(&self) -> Result<Money, MoneyError> {
        self.list.minus(self.effective)
    }
}

impl Told {
    const fn nothing(currency: Currency) -> Self {
        Self {
            all: Prices::nothing(currency),
            services: BTreeMap::new(),
            unused: BTreeMap::new(),
            idle: BTreeMap::new(),
        }
    }

    fn take(&mut self, charge: &ChargeRow) -> Result<(), MoneyError> {
        let currency = charge.billed.currency();
        let add = |to: &mut BTreeMap<String, Money>, name: &str| {
            let sum = to.entry(name.to_owned()).or_insert(Money::zero(currency));
            *sum = sum.plus(charge.effective)?;
            Ok::<_, MoneyError>(())
        };
        let named = || format!("{} · {}", charge.service, charge.sku);
        if is_unused(charge) {
            add(&mut self.unused, &named())?;
        }
        if charge.category == ChargeCategory::Usage {
            self.all = self.all.plus(charge)?;
            let of_service = self.services.entry(charge.service.clone());
            let of_service = of_service.or_insert(Prices::nothing(currency));
            *of_service = of_service.plus(charge)?;
            if charge.sku.contains("Idle") {
                add(&mut self.idle, &named())?;
            }
        }
        Ok(())
    }

    fn blocks(&self, tongue: Tongue) -> Result<Vec<Block>, WorkspaceError> {
        let (words, all) = (&tongue.words.savings, self.all);
        let saved = all.saved()?;
        let share = tongue.share(saved, all.list);
        let tiles = vec![
            figure(words.list, tongue.money(all.list), None),
            figure(words.paid, tongue.money(all.effective), None),
            figure(
                words.saved,
                tongue.money(saved),
                (!share.is_empty()).then(|| filled(words.list_remark, &[&share])),
            ),
        ];
        let mut blocks = vec![
            Block::Figures(tiles),
            Block::Heading(words.by_service.to_owned()),
            self.by_service(tongue)?,
        ];
        for (heading, is, none, rows) in [
            (words.unused, words.unused_is, words.no_unused, &self.unused),
            (words.idle, words.idle_is, words.no_idle, &self.idle),
        ] {
            blocks.push(Block::Heading(heading.to_owned()));
            blocks.push(Block::Text(is.to_owned()));
            blocks.push(amounts(rows, none, tongue)?);
        }
        Ok(blocks)
    }

    fn by_service(&self, tongue: Tongue) -> Result<Block, WorkspaceError> {
        let words = tongue.words;
        let told = |name: &str, prices: &Prices| {
            Ok::<_, WorkspaceError>(vec![
                name.to_owned(),
                tongue.money(prices.list),
                tongue.money(prices.list.minus(prices.contracted)?),
                tongue.money(prices.contracted.minus(prices.effective)?),
                tongue.money(prices.effective),
                tongue.share(prices.saved()?, prices.list),
            ])
        };
        let mut services: Vec<_> = self.services.iter().collect();
        services.sort_by_key(|(_, prices)| std::cmp::Reverse(prices.list.nanos()));
        let mut rows = Vec::new();
        for (name, prices) in services {
            rows.push(row(told(name, prices)?));
        }
        rows.push(strong(told(words.everything, &self.all)?));
        Ok(Block::Table(ReportTable {
            columns: vec![
                text(words.service),
                figures(words.savings.list),
                figures(words.savings.negotiated),
                figures(words.savings.commitments),
                figures(words.savings.paid),
                figures(words.savings.saved),
            ],
            rows,
        }))
    }
}

/// Amounts by name, the largest first; a sentence where there are none.
fn amounts(
    of: &BTreeMap<String, Money>,
    none: &str,
    tongue: Tongue,
) -> Result<Block, WorkspaceError> {
    let mut rows: Vec<_> = of.iter().filter(|(_, amount)| !amount.is_zero()).collect();
    let Some((_, first)) = rows.first() else {
        return Ok(Block::Text(none.to_owned()));
    };
    let total = Money::sum(of.values(), first.currency())?;
    rows.sort_by_key(|(_, amount)| std::cmp::Reverse(amount.nanos()));
    let told = |name: &str, amount| vec![name.to_owned(), tongue.money(amount)];
    let rows = rows
        .into_iter()
        .map(|(name, amount)| row(told(name, *amount)));
    let everything = strong(told(tongue.words.everything, total));
    Ok(Block::Table(ReportTable {
        columns: vec![text(tongue.words.savings.what), figures(tongue.words.cost)],
        rows: rows.chain([everything]).collect(),
    }))
}

/// Whether a charge is what a commitment cost beyond what it covered. A Cost and Usage Report has it as the
/// effective cost of the fee, which AWS calls `HeavyUsage:…` for a reservation and `ComputeSP:…` or the like for a
/// Savings Plan: other purchases, such as subscriptions, commit to nothing. FOCUS has it as usage that was neither
/// billed nor has a list price.
fn is_unused(charge: &ChargeRow) -> bool {
    match charge.category {
        ChargeCategory::Purchase => charge.sku.contains("HeavyUsage") || charge.sku.contains("SP:"),
        ChargeCategory::Usage => {
            charge.billed.is_zero() && charge.list.is_zero() && charge.effective.nanos() > 0
        }
        _ => false,
    }
}
