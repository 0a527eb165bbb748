//! Text of any script: cut into runs, put into the order in which they are seen, shaped.

use harfrust::{Direction, ShapeOptions, Tag, UnicodeBuffer};
use unicode_bidi::{BidiInfo, Level};
use unicode_script::{Script, UnicodeScript};

use super::fonts::{FontId, Loaded, font, font_for};
use super::set::{Glyph, Run, Set, plain};
use crate::face::{Weight, faces};

/// The text as one line. Its direction is that of its first letter.
pub(super) fn shaped(text: &str, weight: Weight) -> Set {
    let mut set = Set::default();
    let order = BidiInfo::new(text, None);
    for paragraph in &order.paragraphs {
        let (levels, seen) = order.visual_runs(paragraph, paragraph.range.clone());
        for range in seen {
            let level = levels.get(range.start).copied().unwrap_or_else(Level::ltr);
            let mut pieces = pieces(&text[range]);
            if level.is_rtl() {
                pieces.reverse();
            }
            for piece in pieces {
                set.runs.extend(piece.run(level.is_rtl(), weight));
            }
        }
    }
    let glyphs = set.runs.iter().flat_map(|run| &run.glyphs);
    set.ems = glyphs.map(|glyph| glyph.advance).sum();
    set
}

/// A stretch of one script in one font.
struct Piece<'a> {
    text: &'a str,
    font: FontId,
    script: Script,
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces: Vec<Piece<'_>> = Vec::new();
    let (mut start, mut current): (usize, Option<(FontId, Script)>) = (0, None);
    for (at, character) in text.char_indices() {
        let own = character.script();
        let Some(found) = font_for(character, own, current.map(|(font, _)| font)) else {
            continue;
        };
        let of_every_script = matches!(own, Script::Common | Script::Inherited);
        let script = match current {
            Some((_, script)) if of_every_script => script,
            _ => own,
        };
        match current {
            Some((font, before)) if (font, before) == (found, script) => {}
            Some((font, before)) if font == found && before == Script::Common => {
                current = Some((font, script));
            }
            Some((font, before)) => {
                pieces.push(Piece {
                    text: &text[start..at],
                    font,
                    script: before,
                });
                (start, current) = (at, Some((found, script)));
            }
            None => current = Some((found, script)),
        }
    }
    if let Some((font, script)) = current {
        pieces.push(Piece {
            text: &text[start..],
            font,
            script,
        });
    }
    pieces
}

impl Piece<'_> {
    fn run(&self, from_right: bool, weight: Weight) -> Option<Run> {
        match self.font {
            // Signs and digits that stand among letters of another direction mirror themselves.
            FontId::House(_) => {
                let face = faces().ok()?.of(weight);
                let text: String = if from_right {
                    self.text.chars().rev().map(mirrored).collect()
                } else {
                    self.text.to_owned()
                };
                Some(plain(face, weight, &text))
            }
            FontId::Behind(place) => Some(self.behind(font(place)?, from_right)),
        }
    }

    fn behind(&self, loaded: &Loaded, from_right: bool) -> Run {
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(self.text);
        buffer.set_direction(if from_right {
            Direction::RightToLeft
        } else {
            Direction::LeftToRight
        });
        let tag = self.script.short_name().as_bytes().try_into().ok();
        if let Some(script) = tag
            .map(|tag: [u8; 4]| Tag::new(&tag))
            .and_then(harfrust::Script::from_iso15924_tag)
        {
            buffer.set_script(script);
        }
        buffer.guess_segment_properties();
        let shaper = loaded.shaping.shaper(&loaded.font).build();
        let shaped = shaper.shape(buffer, ShapeOptions::new());
        let clusters: Vec<usize> = shaped
            .glyph_infos()
            .iter()
            .filter_map(|info| usize::try_from(info.cluster).ok())
            .collect();
        let ems = |units: i32| thousandths(units) / f32::from(loaded.units);
        let glyphs = shaped.glyph_infos().iter().zip(shaped.glyph_positions());
        Run {
            font: self.font,
            text: self.text.to_owned(),
            glyphs: glyphs
                .zip(&clusters)
                .map(|((info, position), &start)| Glyph {
                    // A glyph's number has sixteen bits in every font of the set.
                    id: u16::try_from(info.glyph_id).unwrap_or(0),
                    advance: ems(position.x_advance),
                    right: ems(position.x_offset),
                    up: ems(position.y_offset),
                    start,
                    end: after(&clusters, start).unwrap_or(self.text.len()),
                })
                .collect(),
        }
    }
}

/// Where the next cluster begins.
fn after(clusters: &[usize], start: usize) -> Option<usize> {
    clusters.iter().copied().filter(|&at| at > start).min()
}

#[expect(
    clippy::cast_precision_loss,
    reason = "an advance has far fewer than 2^24 units"
)]
const fn thousandths(units: i32) -> f32 {
    units as f32
}

/// A bracket as it is seen in text that runs from right to left.
const fn mirrored(character: char) -> char {
    match character {
        '(' => ')',
        ')' => '(',
        '[' => ']',
        ']' => '[',
        '{' => '}',
        '}' => '{',
        '<' => '>',
        '>' => '<',
        '«' => '»',
        '»' => '«',
        '‹' => '›',
        '›' => '‹',
        other => other,
    }
}
