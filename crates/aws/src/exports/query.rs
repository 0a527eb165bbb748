//! What the query of a data export leaves out.

use super::ExportKind;

/// Columns without which no charge can be told.
const FOCUS: &[&str] = &[
    "BilledCost",
    "EffectiveCost",
    "BillingAccountId",
    "BillingCurrency",
    "BillingPeriodStart",
    "ChargeCategory",
    "ChargePeriodStart",
    "ServiceName",
];
const CUR2: &[&str] = &[
    "bill_payer_account_id",
    "bill_billing_period_start_date",
    "line_item_line_item_type",
    "line_item_product_code",
    "line_item_usage_start_date",
    "line_item_unblended_cost",
    "line_item_currency_code",
];

/// The table that a query reads.
pub(super) fn table(query: &str) -> Option<&str> {
    let mut words = query.split_whitespace();
    words.find(|word| word.eq_ignore_ascii_case("from"))?;
    Some(words.next()?.trim_matches(['"', '`', ';']))
}

/// What a table's name says that it holds; nothing for a table that is no bill.
pub(super) fn kind(table: &str) -> Option<ExportKind> {
    let table = table.to_ascii_uppercase();
    if table == "COST_AND_USAGE_REPORT" {
        Some(ExportKind::Cur2)
    } else {
        table.starts_with("FOCUS_").then_some(ExportKind::Focus)
    }
}

/// Why a query's answer is not a whole bill, if it is not.
pub(super) fn lacking(query: &str, kind: ExportKind) -> Option<String> {
    let lower = query.to_ascii_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    for (word, what) in [
        ("where", "it leaves out rows (WHERE)"),
        ("limit", "it leaves out rows (LIMIT)"),
        ("group", "it adds rows up (GROUP BY)"),
    ] {
        if words.contains(&word) {
            return Some(format!("{what}, so that it is no whole bill"));
        }
    }
    let from = lower.find(" from ")?;
    let columns: Vec<&str> = lower[..from]
        .trim_start()
        .trim_start_matches("select")
        .split(',')
        .map(|column| column.trim().trim_matches(['"', '`']))
        .collect();
    if columns.contains(&"*") {
        return None;
    }
    let needed = match kind {
        ExportKind::Focus => FOCUS,
        ExportKind::Cur2 | ExportKind::Cur => CUR2,
    };
    let missing: Vec<&str> = needed
        .iter()
        .copied()
        .filter(|needed| {
            !columns
                .iter()
                .any(|column| column.eq_ignore_ascii_case(needed))
        })
        .collect();
    (!missing.is_empty()).then(|| format!("it lacks the columns {}", missing.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_that_is_no_whole_bill_is_told_by_what_it_leaves_out() {
        let all = super::super::focus_query();
        assert_eq!(table(&all), Some("FOCUS_1_2_AWS"));
        assert_eq!(kind("FOCUS_1_2_AWS"), Some(ExportKind::Focus));
        assert_eq!(kind("CARBON_EMISSIONS"), None);
        assert_eq!(lacking(&all, ExportKind::Focus), None);
        assert_eq!(
            lacking("SELECT * FROM FOCUS_1_0_AWS", ExportKind::Focus),
            None
        );
        let part = all.clone() + " WHERE SubAccountId = '1'";
        assert!(lacking(&part, ExportKind::Focus).unwrap().contains("WHERE"));
        let without = all.replace("EffectiveCost, ", "");
        assert_eq!(
            lacking(&without, ExportKind::Focus).unwrap(),
            "it lacks the columns EffectiveCost"
        );
    }
}
