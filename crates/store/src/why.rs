use tallyport_ledger::{ChargeCategory, DayRange, Metric, Money, OwnerId, RuleId};

use crate::grain::Grain;
use crate::number::{currency_of, money_at};
use crate::sql::Sql;
use crate::{Filter, NamedOwner, Reads, StoreError, VersionId};

/// Charges behind a number that have version, rule, owner and category in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WhyPart {
    /// The version of a billing period they belong to.
    pub version: VersionId,
    /// The rule that gave them to their owner.
    pub rule: Option<RuleId>,
    /// The owner.
    pub owner: Option<NamedOwner>,
    /// What they are for.
    pub category: ChargeCategory,
    /// How many they are.
    pub charges: u64,
    /// How many lines of the source they are made of.
    pub lines: u64,
    /// What they add up to.
    pub amount: Money,
}

impl Reads<'_> {
    /// What a number is made of: every charge behind it is in just one part.
    ///
    /// # Errors
    /// The file's.
    pub fn why(
        &self,
        days: DayRange,
        metric: Metric,
        filter: &Filter,
    ) -> Result<Vec<WhyPart>, StoreError> {
        let mut sql = Sql::new(
            "SELECT v.id, s.rule_id, ifnull(s.owner_id, 0), s.category, s.currency, count(*), sum(s.lines)",
        );
        sql.push(Grain::Charge.sums(metric))
            .push(Grain::Charge.table());
        Grain::Charge.counted_in(&mut sql, days, filter);
        filter.narrow(&mut sql);
        sql.push("GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5");
        let owners = self.owners()?;
        sql.rows(self.connection, |row| {
            let count = |at| -> Result<u64, StoreError> {
                let number: i64 = row.get(at)?;
                Ok(u64::try_from(number).unwrap_or(0))
            };
            let currency = currency_of(&row.get::<_, String>(4)?)?;
            Ok(WhyPart {
                version: VersionId(row.get(0)?),
                rule: row.get::<_, Option<i64>>(1)?.map(RuleId),
                owner: owners.get(&OwnerId(row.get(2)?)).cloned(),
                category: ChargeCategory::from_number(row.get(3)?)
                    .ok_or_else(|| StoreError::unreadable("a charge category"))?,
                charges: count(5)?,
                lines: count(6)?,
                amount: money_at(row, 7, currency)?,
            })
        })
    }
}
