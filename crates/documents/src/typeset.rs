//! Text as glyphs: which font has a character, in which order and shape its letters stand, how wide
//! they are, where a line may break.
//!
//! Nearly all text of an invoice is Latin, Greek or Cyrillic in the house's own font and is set
//! straight from its tables. Everything else is cut into runs of one direction, script and font, and
//! shaped.

mod check;
mod fonts;
mod set;
mod shape;
mod wrap;

pub(crate) use check::printable;
pub(crate) use fonts::{FontId, font};
pub(crate) use set::{Glyph, Run, Set, figure, set, width};
pub(crate) use wrap::{wrap, wrap_within};

pub(crate) use crate::face::Weight;
