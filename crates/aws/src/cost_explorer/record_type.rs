use tallyport_ledger::{ChargeCategory, DifferenceClass};

/// What a record type of Cost Explorer is in FOCUS terms. Its names come with and without spaces.
pub(super) struct RecordType {
    /// Whether it is consumption, which carries tags, or something beside it.
    pub consumption: bool,
    /// FOCUS ChargeCategory.
    pub category: ChargeCategory,
}

/// Consumption of every kind.
pub(super) const CONSUMPTION: RecordType = RecordType {
    consumption: true,
    category: ChargeCategory::Usage,
};

/// Classifies a record type by AWS's name for it. A Savings Plan's negation takes back what the
/// covered usage shows at on-demand price, so the two belong together.
pub(super) fn classify(name: &str) -> RecordType {
    let word = folded(name);
    let (consumption, category) = match word.as_str() {
        "usage" | "discountedusage" | "savingsplancoveredusage" | "savingsplannegation" => {
            (true, ChargeCategory::Usage)
        }
        "tax" => (false, ChargeCategory::Tax),
        "credit" => (false, ChargeCategory::Credit),
        "upfront"
        | "fee"
        | "rifee"
        | "recurring"
        | "upfrontreservationfee"
        | "recurringreservationfee"
        | "savingsplanrecurringfee"
        | "savingsplanupfrontfee"
        | "flatratesubscription" => (false, ChargeCategory::Purchase),
        "support" | "supportfee" => (false, ChargeCategory::Usage),
        // Discounts of every programme lower what usage costs; exports say the same.
        word if word.contains("discount") => (false, ChargeCategory::Usage),
        // Refunds, out-of-cycle charges, and what AWS adds next.
        _ => (false, ChargeCategory::Adjustment),
    };
    RecordType {
        consumption,
        category,
    }
}

/// What a record type is that totals tell apart.
pub(super) fn told_apart_as(name: &str) -> Option<DifferenceClass> {
    if folded(name).starts_with("support") {
        return Some(DifferenceClass::Support);
    }
    match classify(name).category {
        ChargeCategory::Tax => Some(DifferenceClass::Tax),
        ChargeCategory::Credit => Some(DifferenceClass::Credit),
        ChargeCategory::Adjustment => Some(DifferenceClass::Refund),
        ChargeCategory::Usage | ChargeCategory::Purchase => None,
    }
}

fn folded(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}
