//! Whether a workspace is what it was: its pages, its rows, its sums, its trail, its invoices.

mod invoices;
mod sums;

use std::time::Duration;

use crate::{Reads, StoreError};

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// What was looked at.
    pub name: &'static str,
    /// Whether it is as it should be.
    pub ok: bool,
    /// What was found.
    pub detail: String,
}

/// Milliseconds that are waited before faulty pages are looked at again.
const LOOKED_AGAIN_AFTER: [u64; 5] = [20, 40, 80, 160, 320];

/// The name of the check that looks back, not at the file.
const LATEST: &str = "latest changes";

impl Check {
    fn passed(name: &'static str, detail: String) -> Self {
        Self {
            name,
            ok: true,
            detail,
        }
    }

    fn failed(name: &'static str, detail: String) -> Self {
        Self {
            name,
            ok: false,
            detail,
        }
    }

    /// A backup of a workspace that once lost changes is still a good backup of what it has.
    pub(crate) fn breaks_a_backup(&self) -> bool {
        !self.ok && self.name != LATEST
    }
}

impl Reads<'_> {
    /// Whether every page of the file is one that was written with its key. Nothing may be
    /// committed meanwhile, or a page may be called changed that is being copied.
    ///
    /// The log may be copied into the file meanwhile, by a reading thread or by another program, and
    /// SQLCipher reads pages without a lock: one that is just then written comes half old and half
    /// new. Each is copied once at most while nobody commits, so what is wrong in every look is wrong.
    ///
    /// # Errors
    /// The file's.
    pub fn check_pages(&self) -> Result<Check, StoreError> {
        let mut faults = self.faulty_pages()?;
        for pause in LOOKED_AGAIN_AFTER {
            if faults.is_empty() {
                break;
            }
            std::thread::sleep(Duration::from_millis(pause));
            let again = self.faulty_pages()?;
            faults.retain(|fault| again.contains(fault));
        }
        Ok(match faults.first() {
            None => Check::passed("pages", "every page is as it was written".to_owned()),
            Some(first) => Check::failed(
                "pages",
                ["pages of the file were changed from outside: ", first].concat(),
            ),
        })
    }

    /// What SQLCipher says of each page that it cannot have written.
    fn faulty_pages(&self) -> Result<Vec<String>, StoreError> {
        let mut query = self.connection.prepare("PRAGMA cipher_integrity_check")?;
        let faults = query.query_map([], |row| row.get(0))?;
        Ok(faults.collect::<Result<_, _>>()?)
    }

    /// Everything else that can be checked, in order.
    ///
    /// # Errors
    /// The file's: [`StoreError::Damaged`] where it cannot even be read.
    pub fn checks(&self) -> Result<Vec<Check>, StoreError> {
        Ok(vec![
            self.check_structure()?,
            self.check_references()?,
            self.check_charges()?,
            self.check_allocation()?,
            self.check_budgets()?,
            self.check_trail()?,
            self.check_invoice_numbers()?,
            self.check_invoice_papers()?,
            self.check_claims()?,
            self.check_log()?,
        ])
    }

    fn check_structure(&self) -> Result<Check, StoreError> {
        let mut query = self.connection.prepare("PRAGMA integrity_check(5)")?;
        let faults = query
            .query_map([], |row| row.get::<_, String>(0))?
            .collect::<Result<Vec<_>, _>>()?;
        Ok(if faults == ["ok"] {
            Check::passed("structure", "tables and indexes agree".to_owned())
        } else {
            Check::failed("structure", faults.join("; "))
        })
    }

    fn check_references(&self) -> Result<Check, StoreError> {
        let faults: i64 = self.connection.query_row(
            "SELECT count(*) FROM pragma_foreign_key_check",
            [],
            |row| row.get(0),
        )?;
        Ok(if faults == 0 {
            Check::passed(
                "references",
                "every row that is referred to exists".to_owned(),
            )
        } else {
            let mut detail = faults.to_string();
            detail.push_str(" rows refer to rows that do not exist");
            Check::failed("references", detail)
        })
    }

    fn check_budgets(&self) -> Result<Check, StoreError> {
        let (others, looked) = self.summed_otherwise()?;
        Ok(match others.first() {
            None => Check::passed("budgets", counted(looked, "month", "summed as charged")),
            Some(first) => Check::failed(
                "budgets",
                [
                    "what budgets count is not what was charged in ",
                    &first.to_string(),
                ]
                .concat(),
            ),
        })
    }

    fn check_trail(&self) -> Result<Check, StoreError> {
        Ok(match self.check_audit()? {
            Ok(head) => Check::passed("audit trail", counted(head.number, "line", "unbroken")),
            Err(broken) => Check::failed("audit trail", broken.to_string()),
        })
    }

    fn check_log(&self) -> Result<Check, StoreError> {
        Ok(if self.lost_log()? {
            Check::failed(
                LATEST,
                "the workspace was not closed in order and its log was gone: \
                 changes before that may be lost; restore a backup or import them again"
                    .to_owned(),
            )
        } else {
            Check::passed(LATEST, "none were lost".to_owned())
        })
    }
}

/// Such as `3 lines, unbroken`.
fn counted(count: i64, noun: &str, rest: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}, {rest}")
}
