use tallyport_ledger::MoneyError;

use crate::einvoice::NotElectronic;

/// Why a document cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DocumentError {
    /// The embedded font cannot print a character.
    #[error(
        "\"{word}\" cannot be printed: the document's font has no {} (U+{:04X})",
        shown(*.character),
        u32::from(*.character)
    )]
    MissingGlyph {
        /// The word that holds it.
        word: String,
        /// The character.
        character: char,
    },
    /// A table that nobody would read.
    #[error(
        "the table has {rows} rows, and at most {most} go on paper: choose fewer, or take it as a file"
    )]
    TooManyRows {
        /// How many it has.
        rows: usize,
        /// How many a document may have.
        most: usize,
    },
    /// What an electronic invoice must have and this one has not.
    #[error(transparent)]
    NotElectronic(#[from] NotElectronic),
    /// Amounts that do not add up to an amount.
    #[error(transparent)]
    Money(#[from] MoneyError),
    /// The embedded font is not what this program was built with.
    #[error("the embedded font cannot be read")]
    Font,
    /// The writer produced something other than what was asked.
    #[error("the document could not be written: {0}")]
    Writer(String),
}

/// The character in quotes, or a word for those that would show nothing.
fn shown(character: char) -> String {
    if character.is_control() {
        "control character".to_owned()
    } else {
        format!("\"{character}\"")
    }
}
