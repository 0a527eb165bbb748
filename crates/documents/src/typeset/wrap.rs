//! Where a line breaks.

use unicode_script::{Script, UnicodeScript};
use unicode_segmentation::UnicodeSegmentation;

use super::set::width;
use crate::face::Weight;

/// The text in lines no wider than `limit`. They break after a space, after the signs that join the
/// parts of a name, a path or an ARN, and between letters of a script that has no spaces; a part
/// wider than a line breaks where it must.
pub(crate) fn wrap(text: &str, (weight, size): (Weight, f32), limit: f32) -> Vec<String> {
    let fits = |line: &str| width(line.trim_end(), weight, size) <= limit;
    if fits(text) {
        return vec![text.to_owned()];
    }
    let (mut lines, mut line) = (Vec::new(), String::new());
    for part in parts(text) {
        let joined = format!("{line}{part}");
        if fits(&joined) {
            line = joined;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line).trim_end().to_owned());
        }
        for letter in part.graphemes(true) {
            let joined = format!("{line}{letter}");
            if fits(&joined) || line.is_empty() {
                line = joined;
            } else {
                lines.push(std::mem::replace(&mut line, letter.to_owned()));
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
pub(crate) fn wrap_within(text: &str, font: (Weight, f32), limit: f32, most: usize) -> Vec<String> {
    let lines = wrap(text, font, limit);
    if lines.len() <= most {
        return lines;
    }
    let letters: Vec<&str> = text.graphemes(true).collect();
    let elided = |kept: usize| {
        let (head, tail) = (kept - kept / 2, kept / 2);
        let (start, end) = (
            letters[..head].concat(),
            letters[letters.len() - tail..].concat(),
        );
        wrap(
            &format!("{}…{}", start.trim_end(), end.trim_start()),
            font,
            limit,
        )
    };
    let (mut fits, mut over) = (0, letters.len());
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

/// The parts between which a line may break.
fn parts(text: &str) -> Vec<&str> {
    let (mut parts, mut start, mut before) = (Vec::new(), 0, None);
    for (at, letter) in text.grapheme_indices(true) {
        let first = letter.chars().next();
        let stands_alone = first.is_some_and(is_ideograph);
        if before.is_some_and(|before| may_break(before, stands_alone)) {
            parts.push(&text[start..at]);
            start = at;
        }
        before = first;
    }
    parts.push(&text[start..]);
    parts
}

fn may_break(before: char, stands_alone: bool) -> bool {
    " /:-_.,;=@|+&?#".contains(before) || stands_alone || is_ideograph(before)
}

/// Letters of scripts that break between any two of them.
fn is_ideograph(letter: char) -> bool {
    matches!(
        letter.script(),
        Script::Han | Script::Hiragana | Script::Katakana
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const FONT: (Weight, f32) = (Weight::Regular, 8.0);

    #[test]
    fn lines_break_at_the_joints_and_lose_nothing() {
        let arn =
            "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/shop/50dc";
        let lines = wrap(arn, FONT, 150.0);
        assert!(
            lines
                .iter()
                .all(|line| width(line, FONT.0, FONT.1) <= 150.0)
        );
        let joints = lines
            .iter()
            .rev()
            .skip(1)
            .all(|line| line.ends_with([':', '-', '/']));
        assert!(joints && lines.len() > 1, "{lines:?}");
        assert_eq!(lines.concat(), arn);
    }

    #[test]
    fn scripts_without_spaces_break_between_letters_and_marks_stay_with_theirs() {
        let name = "港湾商事株式会社".repeat(8);
        let lines = wrap(&name, FONT, 100.0);
        assert!(lines.len() > 3 && lines.concat() == name);
        let thai = "กรุงเทพมหานครอมรรัตนโกสินทร์".repeat(5);
        let lines = wrap(&thai, FONT, 60.0);
        assert_eq!(lines.concat(), thai);
        assert!(
            lines.iter().all(|line| width(line, FONT.0, FONT.1) <= 60.0),
            "{lines:?}"
        );
        let marks = |line: &String| line.starts_with(['\u{E31}', '\u{E34}', '\u{E38}', '\u{E48}']);
        assert!(!lines.iter().any(marks), "{lines:?}");
    }

    #[test]
    fn what_is_too_long_keeps_both_ends() {
        let name = format!("begins-{}-ends", "0123456789/".repeat(40));
        let lines = wrap_within(&name, FONT, 150.0, 2);
        assert_eq!(lines.len(), 2);
        let joined = lines.concat();
        assert!(joined.starts_with("begins-") && joined.ends_with("-ends") && joined.contains('…'));
    }

    #[test]
    fn a_column_too_narrow_for_a_letter_still_ends() {
        assert_eq!(wrap("abc", FONT, 1.0).concat(), "abc");
        assert!(!wrap_within("abc", FONT, 1.0, 1).is_empty());
    }
}
