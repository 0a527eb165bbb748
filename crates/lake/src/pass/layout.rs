//! The columns of a file and what they mean.

use std::sync::Arc;

use jiff::civil::Date;
use tallyport_ledger::Exact;
use tallyport_ledger::meaning::{CUR, FOCUS};

use crate::header::Header;
use crate::plan::Plan;
use crate::{Format, LakeError, Note, columns, fields};

/// The columns of a file and what they mean. Files with the same columns share one.
pub(crate) struct Layout {
    pub(crate) format: Format,
    pub(crate) plan: Plan,
    /// The names of all columns.
    pub(crate) names: Vec<Arc<str>>,
    /// What is to be told of the columns that are not read.
    pub(crate) unread: Vec<Note>,
}

impl Layout {
    /// What columns of these names mean.
    pub(crate) fn new(
        file: &str,
        names: Vec<String>,
        latest: Option<Date>,
    ) -> Result<Self, LakeError> {
        let refused = |reason: String| LakeError::NotACostFile {
            file: file.to_owned(),
            reason,
        };
        let mut header = Header::new(names);
        let format = columns::detect(&header).map_err(refused)?;
        let meaning = match format {
            Format::Focus { .. } => &FOCUS,
            Format::Cur { .. } => &CUR,
        };
        let plan = Plan::new(meaning, &mut header, latest).map_err(|columns| {
            LakeError::MissingColumns {
                file: file.to_owned(),
                kind: meaning.name,
                columns,
            }
        })?;
        if let Some(name) = header.ambiguous() {
            return Err(refused(format!("its column {name} occurs twice")));
        }
        Ok(Self {
            format,
            plan,
            names: header
                .names()
                .iter()
                .map(|name| name.as_str().into())
                .collect(),
            unread: columns::unread(format, &header),
        })
    }

    /// A figure whose text needs nothing but to be read; `None` where more is to be said of it.
    pub(crate) fn plain_number(&self, slot: usize, text: &[u8]) -> Option<Exact> {
        let figure = Exact::parse(text).ok()?;
        (fields::is_holdable(figure) || self.is_quantity(slot)).then_some(figure)
    }

    /// Whether the figure in a slot is a quantity, which may be larger than an amount.
    pub(crate) fn is_quantity(&self, slot: usize) -> bool {
        let quantities = &self.plan.quantity;
        quantities
            .iter()
            .any(|(known, _)| usize::from(*known) == slot)
    }
}
