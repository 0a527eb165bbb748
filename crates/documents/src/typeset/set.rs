//! A line of text as glyphs.

use super::fonts::FontId;
use super::shape::shaped;
use crate::face::{FIGURE_MINUS, Face, Weight, faces};

/// A glyph and what the pen does there, in ems; which bytes of the run's text it stands for.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Glyph {
    pub(crate) id: u16,
    pub(crate) advance: f32,
    pub(crate) right: f32,
    pub(crate) up: f32,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// Glyphs of one font, as they stand from left to right.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Run {
    pub(crate) font: FontId,
    pub(crate) text: String,
    pub(crate) glyphs: Vec<Glyph>,
}

/// A line of text; its width in ems.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Set {
    pub(crate) runs: Vec<Run>,
    pub(crate) ems: f32,
}

/// Sets a text that [`super::printable`] has let through.
pub(crate) fn set(text: &str, weight: Weight) -> Set {
    let house = faces().ok().map(|faces| faces.of(weight));
    match house.filter(|face| is_plain(face, text)) {
        Some(face) => {
            let run = plain(face, weight, text);
            Set {
                ems: run.glyphs.iter().map(|glyph| glyph.advance).sum(),
                runs: vec![run],
            }
        }
        None => shaped(text, weight),
    }
}

/// A figure: with the true minus sign, which whoever copies it reads as a hyphen.
pub(crate) fn figure(text: &str, weight: Weight) -> Set {
    set(&text.replace('-', &FIGURE_MINUS.to_string()), weight)
}

/// The width of the text in points.
pub(crate) fn width(text: &str, weight: Weight, size: f32) -> f32 {
    let house = faces().ok().map(|faces| faces.of(weight));
    match house.and_then(|face| plain_units(face, text)) {
        Some(units) => units * size / 1_000.0,
        None => shaped(text, weight).ems * size,
    }
}

/// Whether the house's own font has every character: then letters stand as they come.
fn is_plain(face: &Face, text: &str) -> bool {
    text.chars()
        .all(|character| face.glyph(character).is_some())
}

/// The width of a text of which the house's own font has every character.
fn plain_units(face: &Face, text: &str) -> Option<f32> {
    let (mut units, mut before) = (0_i32, None);
    for character in text.chars() {
        let glyph = face.glyph(character)?;
        units += i32::from(face.advance(glyph));
        units += before.map_or(0, |left| i32::from(face.kern(left, glyph)));
        before = Some(glyph);
    }
    #[expect(
        clippy::cast_precision_loss,
        reason = "a line of text has far fewer than 2^24 thousandths of an em"
    )]
    let units = units as f32;
    Some(units)
}

/// A run in the house's own font. Kerning is added to the glyph before.
pub(super) fn plain(face: &Face, weight: Weight, text: &str) -> Run {
    let mut run = Run {
        font: FontId::House(weight),
        text: String::with_capacity(text.len()),
        glyphs: Vec::with_capacity(text.len()),
    };
    let mut before = None;
    for character in text.chars() {
        let Some(id) = face.glyph(character) else {
            continue;
        };
        if let (Some(left), Some(last)) = (before, run.glyphs.last_mut()) {
            last.advance += f32::from(face.kern(left, id)) / f32::from(Face::UNITS);
        }
        before = Some(id);
        let start = run.text.len();
        run.text.push(if character == FIGURE_MINUS {
            '-'
        } else {
            character
        });
        run.glyphs.push(Glyph {
            id,
            advance: f32::from(face.advance(id)) / f32::from(Face::UNITS),
            right: 0.0,
            up: 0.0,
            start,
            end: run.text.len(),
        });
    }
    run
}
