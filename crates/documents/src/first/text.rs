//! Text as it will stand on paper: what can be printed, how wide it is, where it breaks.

use unicode_normalization::UnicodeNormalization;

use super::page::Ink;
use crate::DocumentError;
use crate::face::{FIGURE_MINUS, Faces, Weight};

/// How a text is set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Style {
    pub(crate) weight: Weight,
    /// Size in points.
    pub(crate) size: f32,
    pub(crate) ink: Ink,
}

impl Style {
    pub(crate) const fn new(weight: Weight, size: f32, ink: Ink) -> Self {
        Self { weight, size, ink }
    }
}

/// Signs that direct text and show nothing: dropped, as they could make a line read differently
/// from what it is.
const fn is_invisible(character: char) -> bool {
    matches!(character, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

/// The text in composed form with plain spaces.
///
/// # Errors
/// [`DocumentError::MissingGlyph`] names the word with a character that the font lacks.
pub(crate) fn printable(faces: &Faces, text: &str) -> Result<String, DocumentError> {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return Ok(text.trim().to_owned());
    }
    let spaced: String = text
        .nfc()
        .filter(|character| !is_invisible(*character))
        .map(|character| {
            if character.is_whitespace() {
                ' '
            } else {
                character
            }
        })
        .collect();
    let face = faces.of(Weight::Regular);
    let lacks = |character: char| character == FIGURE_MINUS || face.glyph(character).is_none();
    for word in spaced.split(' ') {
        if let Some(at) = word.chars().position(lacks) {
            return Err(DocumentError::MissingGlyph {
                word: word.chars().skip(at.saturating_sub(20)).take(40).collect(),
                character: word.chars().nth(at).unwrap_or(char::REPLACEMENT_CHARACTER),
            });
        }
    }
    Ok(spaced.trim().to_owned())
}

/// The width in points.
pub(crate) fn width(faces: &Faces, text: &str, style: Style) -> f32 {
    let face = faces.of(style.weight);
    let (mut units, mut before) = (0_i32, None);
    for glyph in text.chars().filter_map(|character| face.glyph(character)) {
        units += i32::from(face.advance(glyph));
        units += before.map_or(0, |left| i32::from(face.kern(left, glyph)));
        before = Some(glyph);
    }
    points(units, style.size)
}

/// Thousandths of an em as points.
#[expect(
    clippy::cast_precision_loss,
    reason = "a line of text has far fewer than 2^24 thousandths of an em"
)]
fn points(units: i32, size: f32) -> f32 {
    units as f32 * size / 1_000.0
}

/// The text in lines no wider than `limit`. They break after a space or after the signs that
/// join the parts of a name, a path or an ARN; a part wider than a line breaks where it must.
pub(crate) fn wrap(faces: &Faces, text: &str, style: Style, limit: f32) -> Vec<String> {
    if width(faces, text, style) <= limit {
        return vec![text.to_owned()];
    }
    let fits = |line: &str| width(faces, line.trim_end(), style) <= limit;
    let (mut lines, mut line) = (Vec::new(), String::new());
    for part in text.split_inclusive(|c: char| " /:-_.,;=@|+&?#".contains(c)) {
        let joined = format!("{line}{part}");
        if fits(&joined) {
            line = joined;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line).trim_end().to_owned());
        }
        for character in part.chars() {
            line.push(character);
            if !fits(&line) && line.chars().count() > 1 {
                line.pop();
                lines.push(std::mem::take(&mut line));
                line.push(character);
            }
        }
    }
    if !line.trim().is_empty() {
        lines.push(line.trim_end().to_owned());
    }
    lines
}

/// As [`wrap`], in at most `most` lines: what is too long loses its middle, as both ends of an
/// identifier tell it from others.
pub(crate) fn wrap_within(
    faces: &Faces,
    text: &str,
    style: Style,
    limit: f32,
    most: usize,
) -> Vec<String> {
    let lines = wrap(faces, text, style, limit);
    if lines.len() <= most {
        return lines;
    }
    let characters: Vec<char> = text.chars().collect();
    let elided = |kept: usize| {
        let (head, tail) = (kept - kept / 2, kept / 2);
        let start: String = characters[..head].iter().collect();
        let end: String = characters[characters.len() - tail..].iter().collect();
        wrap(
            faces,
            &format!("{}…{}", start.trim_end(), end.trim_start()),
            style,
            limit,
        )
    };
    let (mut fits, mut over) = (0, characters.len());
    while over - fits > 1 {
        let middle = fits.midpoint(over);
        if elided(middle).len() <= most {
            fits = middle;
        } else {
            over = middle;
        }
    }
    elided(fits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::face::faces;

    const STYLE: Style = Style::new(Weight::Regular, 8.0, Ink::Text);

    #[test]
    fn a_missing_character_is_named_with_its_word() {
        let refused = printable(faces().unwrap(), "server 日本語-web Ångström").unwrap_err();
        assert_eq!(
            refused.to_string(),
            "\"日本語-web\" cannot be printed: the document's font has no \"日\" (U+65E5)"
        );
        assert!(
            printable(faces().unwrap(), "\u{E000}").is_err(),
            "private characters"
        );
        assert!(
            printable(faces().unwrap(), "bell\u{7}").is_err(),
            "controls"
        );
    }

    #[test]
    fn decomposed_letters_are_composed_and_invisible_signs_dropped() {
        let text = printable(
            faces().unwrap(),
            "  Re\u{301}sume\u{301}\u{200B}\tn\u{202E}o  ",
        );
        assert_eq!(text.unwrap(), "Résumé no");
    }

    #[test]
    fn lines_break_at_the_joints_and_lose_nothing() {
        let faces = faces().unwrap();
        let arn =
            "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/shop/50dc";
        let lines = wrap(faces, arn, STYLE, 150.0);
        assert!(lines.len() > 1 && lines.iter().all(|line| width(faces, line, STYLE) <= 150.0));
        assert!(
            lines
                .iter()
                .rev()
                .skip(1)
                .all(|line| line.ends_with([':', '-', '/'])),
            "{lines:?}"
        );
        assert_eq!(lines.concat(), arn);
        let solid = "x".repeat(300);
        assert_eq!(wrap(faces, &solid, STYLE, 150.0).concat(), solid);
    }

    #[test]
    fn what_is_too_long_keeps_both_ends() {
        let faces = faces().unwrap();
        let name = format!("begins-{}-ends", "0123456789/".repeat(40));
        let lines = wrap_within(faces, &name, STYLE, 150.0, 2);
        assert_eq!(lines.len(), 2);
        let joined = lines.concat();
        assert!(joined.starts_with("begins-") && joined.ends_with("-ends") && joined.contains('…'));
    }

    #[test]
    fn a_column_too_narrow_for_a_letter_still_ends() {
        assert_eq!(wrap(faces().unwrap(), "abc", STYLE, 1.0).concat(), "abc");
        assert!(!wrap_within(faces().unwrap(), "abc", STYLE, 1.0, 1).is_empty());
    }
}
