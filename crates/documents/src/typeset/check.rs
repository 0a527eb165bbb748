//! What can be printed at all.

use unicode_normalization::UnicodeNormalization;
use unicode_script::{Script, UnicodeScript};

use super::fonts::font_for;
use crate::DocumentError;
use crate::face::FIGURE_MINUS;

/// The text in composed form with plain spaces, without the signs that show nothing.
///
/// # Errors
/// [`DocumentError::MissingGlyph`] names the word with a character that no font of the set has.
pub(crate) fn printable(text: &str) -> Result<String, DocumentError> {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return Ok(text.trim().to_owned());
    }
    let mut spaced = String::with_capacity(text.len());
    let mut before = Script::Common;
    for character in text.nfc() {
        let script = character.script();
        if character.is_whitespace() {
            spaced.push(' ');
        } else if !is_invisible(character) && (!is_joiner(character) || joins(before)) {
            spaced.push(character);
        }
        if !matches!(script, Script::Common | Script::Inherited) {
            before = script;
        }
    }
    for word in spaced.split(' ') {
        let mut font = None;
        for (at, character) in word.chars().enumerate() {
            let found = font_for(character, character.script(), font);
            let nothing = character == FIGURE_MINUS || character.is_control();
            if nothing || (found.is_none() && !is_joiner(character)) {
                return Err(DocumentError::MissingGlyph {
                    word: word.chars().skip(at.saturating_sub(20)).take(40).collect(),
                    character,
                });
            }
            font = found.or(font);
        }
    }
    Ok(spaced.trim().to_owned())
}

/// Signs that direct text and show nothing: dropped, as they could make a line read differently
/// from what it is.
const fn is_invisible(character: char) -> bool {
    matches!(character, '\u{AD}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2069}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

/// Signs that join or part letters where that changes their form.
const fn is_joiner(character: char) -> bool {
    matches!(character, '\u{200C}' | '\u{200D}')
}

/// Whether the script's letters take another form beside a joiner.
const fn joins(script: Script) -> bool {
    matches!(
        script,
        Script::Arabic
            | Script::Devanagari
            | Script::Bengali
            | Script::Gujarati
            | Script::Gurmukhi
            | Script::Kannada
            | Script::Malayalam
            | Script::Oriya
            | Script::Sinhala
            | Script::Tamil
            | Script::Telugu
            | Script::Khmer
            | Script::Myanmar
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_many_scripts_can_be_printed() {
        for name in [
            "Žofia Ďurišová",
            "Ελληνική Εταιρεία",
            "Київ Ґанок",
            "شركة المنارة للشحن",
            "חברת הנמל בע״מ",
            "हार्बर एंड संस",
            "บริษัท ท่าเรือ จำกัด",
            "港湾商事株式会社",
            "海港贸易有限公司",
            "항만 주식회사",
            "ნავსადგური",
            "նավահանգիստ",
            "ወደብ",
            "துறைமுகம்",
            "ঢাকা বন্দর",
            "می\u{200C}خواهم",
        ] {
            assert_eq!(printable(name).as_deref(), Ok(name));
        }
    }

    #[test]
    fn what_no_font_has_is_named_with_its_word() {
        for (text, character) in [
            ("Harbour 🚢 Ltd", '🚢'),
            ("a\u{E000}b", '\u{E000}'),
            ("bell\u{7}", '\u{7}'),
            ("𒀀𒁀", '𒀀'),
        ] {
            let Err(DocumentError::MissingGlyph {
                word,
                character: named,
            }) = printable(text)
            else {
                panic!("{text} is let through");
            };
            assert!(
                named == character && text.contains(&word),
                "{text}: {word} {named}"
            );
        }
    }

    #[test]
    fn signs_that_turn_text_around_are_dropped_and_joiners_stay_where_they_join() {
        assert_eq!(
            printable(" Re\u{301}sume\u{301}\u{200B}\tn\u{202E}o\u{200D} ").unwrap(),
            "Résumé no"
        );
    }
}
