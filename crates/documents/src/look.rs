//! How a house's paper looks: its language, its size, its colour, its sign.

use std::fmt;
use std::str::FromStr;

use crate::Logo;

/// How paper looks. What is issued is frozen with its look.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Look {
    /// The language of the document's own words.
    pub language: Language,
    /// The sheet.
    pub paper: PaperSize,
    /// The colour of bars and marks; the house's blue without one.
    pub brand: Option<Rgb>,
    /// What stands above the seller's name.
    pub logo: Option<Logo>,
}

/// A language that documents are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Language {
    /// British in its days: 3 November 2026.
    #[default]
    English,
    /// Deutsch.
    German,
    /// Français.
    French,
    /// Español.
    Spanish,
}

/// The size of a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum PaperSize {
    /// 210 by 297 millimetres.
    #[default]
    A4,
    /// 8.5 by 11 inches.
    Letter,
}

/// A colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rgb(pub [u8; 3]);

/// A word that is none of those known.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{given}\" is no {what}: {known}")]
pub struct UnknownLook {
    given: String,
    what: &'static str,
    known: &'static str,
}

impl UnknownLook {
    fn of(given: &str, what: &'static str, known: &'static str) -> Self {
        Self {
            given: given.chars().take(40).collect(),
            what,
            known,
        }
    }
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::English, Self::German, Self::French, Self::Spanish];

    /// Its code in ISO 639-1, which is also its word on the wire.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
            Self::French => "fr",
            Self::Spanish => "es",
        }
    }
}

impl FromStr for Language {
    type Err = UnknownLook;

    fn from_str(text: &str) -> Result<Self, UnknownLook> {
        let found = Self::ALL
            .into_iter()
            .find(|language| language.code() == text);
        found.ok_or_else(|| UnknownLook::of(text, "language of documents", "en, de, fr or es"))
    }
}

impl PaperSize {
    /// Its word on the wire.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::A4 => "a4",
            Self::Letter => "letter",
        }
    }

    /// Width and height in points.
    pub(crate) const fn points(self) -> (f32, f32) {
        match self {
            Self::A4 => (595.276, 841.89),
            Self::Letter => (612.0, 792.0),
        }
    }
}

impl FromStr for PaperSize {
    type Err = UnknownLook;

    fn from_str(text: &str) -> Result<Self, UnknownLook> {
        match text {
            "a4" => Ok(Self::A4),
            "letter" => Ok(Self::Letter),
            _ => Err(UnknownLook::of(text, "size of paper", "a4 or letter")),
        }
    }
}

impl Rgb {
    /// How bright it is to the eye, of a thousand (WCAG 2.2, relative luminance).
    fn luminance(self) -> f32 {
        let part = |value: u8| {
            let value = f32::from(value) / 255.0;
            if value <= 0.040_45 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        let [red, green, blue] = self.0.map(part);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// Whether text of this colour can be read on white: 4.5 to 1.
    pub(crate) fn reads_on_white(self) -> bool {
        1.05 / (self.luminance() + 0.05) >= 4.5
    }
}

impl fmt::Display for Rgb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

impl FromStr for Rgb {
    type Err = UnknownLook;

    fn from_str(text: &str) -> Result<Self, UnknownLook> {
        let refused = || UnknownLook::of(text, "colour", "write it as #174069");
        let digits = text.strip_prefix('#').ok_or_else(refused)?;
        if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(refused());
        }
        let part = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).map_err(|_| refused());
        Ok(Self([part(0)?, part(2)?, part(4)?]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_colours_are_read_and_written_alike() {
        for language in Language::ALL {
            assert_eq!(language.code().parse(), Ok(language));
        }
        assert_eq!("letter".parse(), Ok(PaperSize::Letter));
        assert_eq!("#174069".parse::<Rgb>().unwrap().to_string(), "#174069");
        for wrong in ["174069", "#17406", "#17406g", "#ééé", ""] {
            assert!(wrong.parse::<Rgb>().is_err(), "{wrong}");
        }
        let refused = "kl".parse::<Language>().unwrap_err().to_string();
        assert_eq!(
            refused,
            "\"kl\" is no language of documents: en, de, fr or es"
        );
    }

    #[test]
    fn pale_colours_are_no_colours_of_text() {
        let reads = |text: &str| text.parse::<Rgb>().unwrap().reads_on_white();
        assert!(reads("#174069") && reads("#b00020") && !reads("#ffcc00") && !reads("#9ad0f5"));
    }
}
