//! Tax ids: the form that a country gives them and, where it is public, their check digits.
//!
//! A right check digit says that nobody slipped; whether the id is in force only its authority knows.

mod check;

use std::fmt;

use crate::Country;

/// The tax id of a party of a country, as it is written on an invoice: without spaces and dots, with the
/// country's prefix where VAT numbers have one.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TaxId(String);

/// Why a text is no tax id of its country.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TaxIdError {
    /// Not of the form that the country gives its ids.
    #[error("\"{text}\" is no tax id of {country}: {form} is expected")]
    Form {
        /// What was given.
        text: String,
        /// Whose it should be.
        country: Country,
        /// What its ids look like.
        form: &'static str,
    },
    /// Of the right form, but its check digits do not fit.
    #[error("the tax id \"{text}\" has a slip: its check digit does not fit the rest of it")]
    CheckDigit {
        /// What was given.
        text: String,
    },
}

/// What the ids of a country look like.
struct Form {
    /// In words.
    words: &'static str,
    /// What stands before the number; added where somebody left it out.
    prefix: &'static str,
    /// Whether the rest has the form.
    fits: fn(&str) -> bool,
    /// Whether its check digits fit.
    checks: fn(&str) -> bool,
}

impl TaxId {
    /// The tax id of a party in `country`.
    ///
    /// # Errors
    /// [`TaxIdError`] says which form is expected, or that its check digit does not fit.
    pub fn parse(text: &str, country: Country) -> Result<Self, TaxIdError> {
        let plain: String = text
            .chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, '.' | '-' | '/'))
            .flat_map(char::to_uppercase)
            .collect();
        let shown = || text.chars().take(40).collect();
        let form = form_of(country);
        let number = plain.strip_prefix(form.prefix).unwrap_or(&plain);
        if !(form.fits)(number) {
            return Err(TaxIdError::Form {
                text: shown(),
                country,
                form: form.words,
            });
        }
        if !(form.checks)(number) {
            return Err(TaxIdError::CheckDigit { text: shown() });
        }
        Ok(Self(format!("{}{number}", form.prefix)))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for TaxId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn digits(text: &str, count: usize) -> bool {
    text.len() == count && text.bytes().all(|b| b.is_ascii_digit())
}

fn any(_: &str) -> bool {
    true
}

/// The forms of the Union's VAT numbers are those of the Commission's VIES; the rest are their countries'.
fn form_of(country: Country) -> Form {
    let form = |prefix, words, fits, checks| Form {
        words,
        prefix,
        fits,
        checks,
    };
    match country.code() {
        "AT" => form(
            "AT",
            "ATU and eight digits",
            |t| t.strip_prefix('U').is_some_and(|t| digits(t, 8)),
            check::austria,
        ),
        "BE" => form(
            "BE",
            "BE and ten digits, the first 0 or 1",
            |t| digits(t, 10) && t.starts_with(['0', '1']),
            check::belgium,
        ),
        "BG" => form(
            "BG",
            "BG and nine or ten digits",
            |t| digits(t, 9) || digits(t, 10),
            check::bulgaria,
        ),
        "CH" => form(
            "CHE",
            "CHE, nine digits and MWST, TVA or IVA or nothing",
            |t| digits(swiss(t), 9),
            |t| check::switzerland(swiss(t)),
        ),
        "CY" => form(
            "CY",
            "CY, eight digits and a letter",
            |t| {
                t.len() == 9
                    && t.is_ascii()
                    && digits(&t[..8], 8)
                    && t.ends_with(|c: char| c.is_ascii_uppercase())
            },
            check::cyprus,
        ),
        "CZ" => form(
            "CZ",
            "CZ and eight to ten digits",
            |t| (8..=10).any(|count| digits(t, count)),
            check::czechia,
        ),
        "DE" => form("DE", "DE and nine digits", |t| digits(t, 9), check::germany),
        "DK" => form(
            "DK",
            "DK and eight digits",
            |t| digits(t, 8),
            check::denmark,
        ),
        "EE" => form("EE", "EE and nine digits", |t| digits(t, 9), check::estonia),
        "ES" => form(
            "ES",
            "ES and nine characters, the first or the last or both a letter",
            |t| {
                t.len() == 9
                    && t.is_ascii()
                    && digits(&t[1..8], 7)
                    && t.bytes().any(|b| b.is_ascii_uppercase())
            },
            check::spain,
        ),
        "FI" => form(
            "FI",
            "FI and eight digits",
            |t| digits(t, 8),
            check::finland,
        ),
        "FR" => form(
            "FR",
            "FR, two characters and nine digits",
            |t| {
                t.len() == 11
                    && t.is_ascii()
                    && digits(&t[2..], 9)
                    && t.bytes().take(2).all(|b| b.is_ascii_alphanumeric())
            },
            check::france,
        ),
        "GB" => form(
            "GB",
            "GB and nine or twelve digits, or GD or HA and three digits",
            |t| {
                digits(t, 9)
                    || digits(t, 12)
                    || (t.len() == 5
                        && t.is_ascii()
                        && (t.starts_with("GD") || t.starts_with("HA"))
                        && digits(&t[2..], 3))
            },
            check::united_kingdom,
        ),
        "GR" => form("EL", "EL and nine digits", |t| digits(t, 9), check::greece),
        "HR" => form(
            "HR",
            "HR and eleven digits",
            |t| digits(t, 11),
            check::mod_11_10,
        ),
        "HU" => form(
            "HU",
            "HU and eight digits",
            |t| digits(t, 8),
            check::hungary,
        ),
        "IE" => form(
            "IE",
            "IE, seven digits and one or two letters (in old ones a letter, + or * second)",
            irish,
            check::ireland,
        ),
        "IT" => form(
            "IT",
            "IT and eleven digits",
            |t| digits(t, 11),
            check::italy,
        ),
        "LT" => form(
            "LT",
            "LT and nine or twelve digits",
            |t| digits(t, 9) || digits(t, 12),
            check::lithuania,
        ),
        "LU" => form(
            "LU",
            "LU and eight digits",
            |t| digits(t, 8),
            check::luxembourg,
        ),
        "LV" => form(
            "LV",
            "LV and eleven digits",
            |t| digits(t, 11),
            check::latvia,
        ),
        "MT" => form("MT", "MT and eight digits", |t| digits(t, 8), check::malta),
        "NL" => form(
            "NL",
            "NL, nine digits, B and two digits",
            |t| {
                t.len() == 12
                    && t.is_ascii()
                    && digits(&t[..9], 9)
                    && t.as_bytes()[9] == b'B'
                    && digits(&t[10..], 2)
            },
            check::netherlands,
        ),
        "NO" => form(
            "",
            "nine digits and MVA or nothing",
            |t| digits(t.strip_suffix("MVA").unwrap_or(t), 9),
            |t| check::norway(t.strip_suffix("MVA").unwrap_or(t)),
        ),
        "PL" => form("PL", "PL and ten digits", |t| digits(t, 10), check::poland),
        "PT" => form(
            "PT",
            "PT and nine digits",
            |t| digits(t, 9),
            check::portugal,
        ),
        "RO" => form(
            "RO",
            "RO and two to ten digits",
            |t| (2..=10).any(|count| digits(t, count)),
            check::romania,
        ),
        "SE" => form(
            "SE",
            "SE and twelve digits",
            |t| digits(t, 12),
            |t| check::luhn(&t[..10]),
        ),
        "SI" => form(
            "SI",
            "SI and eight digits",
            |t| digits(t, 8),
            check::slovenia,
        ),
        "SK" => form(
            "SK",
            "SK and ten digits",
            |t| digits(t, 10),
            check::slovakia,
        ),
        _ => form(
            "",
            "four to twenty letters and digits",
            |t| (4..=20).contains(&t.len()) && t.bytes().all(|b| b.is_ascii_alphanumeric()),
            any,
        ),
    }
}

/// A Swiss number without the word for value added tax of one of the country's languages.
fn swiss(text: &str) -> &str {
    ["MWST", "TVA", "IVA"]
        .iter()
        .find_map(|word| text.strip_suffix(word))
        .unwrap_or(text)
}

fn irish(text: &str) -> bool {
    let bytes = text.as_bytes();
    let letter = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_uppercase);
    let digits = |range: std::ops::Range<usize>| {
        bytes
            .get(range)
            .is_some_and(|part| part.iter().all(u8::is_ascii_digit))
    };
    let new = digits(0..7) && letter(7) && (bytes.len() == 8 || (bytes.len() == 9 && letter(8)));
    let second = bytes
        .get(1)
        .is_some_and(|b| b.is_ascii_uppercase() || b"+*".contains(b));
    let old = bytes.len() == 8 && digits(0..1) && second && digits(2..7) && letter(7);
    new || old
}
