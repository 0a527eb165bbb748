use tallyport_ledger::ChargeCategory;

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
    let word: String = name
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
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
        "support" => (false, ChargeCategory::Usage),
        // Refunds, discounts of every programme, out-of-cycle charges, and what AWS adds next.
        _ => (false, ChargeCategory::Adjustment),
    };
    RecordType {
        consumption,
        category,
    }
}
