//! What the columns of a file say about its kind.

use tallyport_ledger::meaning::{FOCUS_1_0, FOCUS_1_1, FOCUS_1_2, FOCUS_1_3};

use crate::header::Header;
use crate::{Dialect, Format, Note};

/// The families of a report's columns, in both dialects.
const CUR_FAMILIES: &[&str] = &[
    "bill/",
    "costcategory/",
    "discount/",
    "identity/",
    "lineitem/",
    "pricing/",
    "product/",
    "reservation/",
    "resourcetags/",
    "savingsplan/",
    "splitlineitem/",
    "bill_",
    "cost_category",
    "discount",
    "identity_",
    "line_item_",
    "pricing_",
    "product",
    "reservation_",
    "resource_tags",
    "savings_plan_",
    "split_line_item_",
];

/// What a file is; a sentence on what it has instead where it is neither.
pub(crate) fn detect(header: &Header) -> Result<Format, String> {
    let count = |names: &[&str]| names.iter().filter(|name| header.has(name)).count();
    if header.has("lineItem/UnblendedCost") {
        return Ok(Format::Cur {
            dialect: Dialect::Slash,
        });
    }
    if header.has("line_item_unblended_cost") {
        // Legacy reports have a column for each tag and product attribute.
        let maps = count(&["resource_tags", "product", "discount", "cost_category"]) > 0;
        let dialect = if maps || header.has("bill_payer_account_name") {
            Dialect::Maps
        } else {
            Dialect::Underscore
        };
        return Ok(Format::Cur { dialect });
    }
    if count(FOCUS_1_0) >= 6 {
        let version = if count(FOCUS_1_3) > 0 {
            "1.3"
        } else if count(FOCUS_1_2) > 0 {
            "1.2"
        } else if count(FOCUS_1_1) > 0 {
            "1.1"
        } else {
            "1.0"
        };
        return Ok(Format::Focus { version });
    }
    let first: Vec<String> = header
        .names()
        .iter()
        .take(4)
        .map(|name| format!("\"{}\"", crate::fields::shown(name)))
        .collect();
    Err(format!(
        "its first row names {} columns, beginning with {}",
        header.len(),
        first.join(", ")
    ))
}

/// Notes on the columns that are not read.
pub(crate) fn unread(format: Format, header: &Header) -> Vec<Note> {
    let (mut merged, mut unknown, mut not_kept) = (Vec::new(), Vec::new(), Vec::new());
    for name in header.unread() {
        let list = match format {
            Format::Focus { .. } => {
                let known = [FOCUS_1_0, FOCUS_1_1, FOCUS_1_2, FOCUS_1_3];
                let is_known = known
                    .iter()
                    .flat_map(|names| names.iter())
                    .any(|known| known.eq_ignore_ascii_case(name));
                if is_known {
                    &mut not_kept
                } else {
                    &mut unknown
                }
            }
            Format::Cur { dialect } => {
                let lower = name.to_ascii_lowercase();
                let family = CUR_FAMILIES.iter().any(|family| lower.starts_with(family));
                if dialect == Dialect::Slash && family && lower.matches('/').count() > 1 {
                    &mut merged
                } else if family {
                    &mut not_kept
                } else {
                    &mut unknown
                }
            }
        };
        list.push(name.to_owned());
    }
    let mut notes = Vec::new();
    if let Format::Focus { version: "1.3" } = format {
        notes.push(Note::NewerFocus("1.3"));
    }
    if !merged.is_empty() {
        notes.push(Note::MergedColumns(merged));
    }
    if !unknown.is_empty() {
        notes.push(Note::UnknownColumns(unknown));
    }
    if !not_kept.is_empty() {
        notes.push(Note::ColumnsNotKept(not_kept));
    }
    notes
}
