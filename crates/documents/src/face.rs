//! The embedded font: which characters it has, how wide they are, how pairs are kerned.

use std::sync::LazyLock;

use crate::DocumentError;
use crate::sfnt::{characters, i16_at, table, u16_at};

/// How heavy a text is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Weight {
    Regular,
    Medium,
    SemiBold,
}

/// The minus of a figure: drawn as the true minus sign, as wide as the digits' plus, and read by
/// whoever copies the text as the hyphen that spreadsheets understand. A private character, which
/// no text from outside can hold because the font has none of them.
pub(crate) const FIGURE_MINUS: char = '\u{E000}';

/// One weight of the font.
pub(crate) struct Face {
    pub(crate) name: &'static str,
    pub(crate) bytes: &'static [u8],
    pub(crate) outlines: &'static [u8],
    /// Where each glyph's outline starts, and at the end where the last one ends.
    pub(crate) starts: Vec<usize>,
    pub(crate) ascent: i16,
    pub(crate) descent: i16,
    /// Least x, least y, greatest x, greatest y of any glyph.
    pub(crate) extent: [i16; 4],
    pub(crate) heaviness: u16,
    glyphs: Vec<u16>,
    advances: Vec<u16>,
    /// Which glyphs stand closer to a glyph before them, or further away: all pairs by the left glyph, then the
    /// right one.
    kerning: Vec<(u16, i16)>,
    /// Where the pairs of each left glyph begin, and at the end where the last one's end.
    pairs_of: Vec<usize>,
}

/// The three weights.
pub(crate) struct Faces {
    regular: Face,
    medium: Face,
    semi_bold: Face,
}

static FACES: LazyLock<Option<Faces>> = LazyLock::new(|| {
    Some(Faces {
        regular: Face::read(
            "Inter-Regular",
            include_bytes!("../fonts/Inter-Regular.ttf"),
        )?,
        medium: Face::read("Inter-Medium", include_bytes!("../fonts/Inter-Medium.ttf"))?,
        semi_bold: Face::read(
            "Inter-SemiBold",
            include_bytes!("../fonts/Inter-SemiBold.ttf"),
        )?,
    })
});

/// The faces, read once in the life of the program.
pub(crate) fn faces() -> Result<&'static Faces, DocumentError> {
    FACES.as_ref().ok_or(DocumentError::Font)
}

impl Faces {
    pub(crate) const fn of(&self, weight: Weight) -> &Face {
        match weight {
            Weight::Regular => &self.regular,
            Weight::Medium => &self.medium,
            Weight::SemiBold => &self.semi_bold,
        }
    }
}

impl Face {
    /// Units in an em. The fonts are made with a thousand, in which PDF counts widths too.
    pub(crate) const UNITS: u16 = 1_000;

    fn read(name: &'static str, bytes: &'static [u8]) -> Option<Self> {
        let head = table(bytes, b"head")?;
        let hhea = table(bytes, b"hhea")?;
        let count = usize::from(u16_at(table(bytes, b"maxp")?, 4)?);
        let (hmtx, loca) = (table(bytes, b"hmtx")?, table(bytes, b"loca")?);
        let listed = usize::from(u16_at(hhea, 34)?);
        let long = i16_at(head, 50)? == 1;
        let start = |index: usize| {
            if long {
                usize::try_from(crate::sfnt::u32_at(loca, index * 4)?).ok()
            } else {
                Some(usize::from(u16_at(loca, index * 2)?) * 2)
            }
        };
        let advance = |index: usize| u16_at(hmtx, index.min(listed.saturating_sub(1)) * 4);
        let pairs = pairs(table(bytes, b"kern")?)?;
        let pairs_before =
            |glyph: usize| pairs.partition_point(|(left, ..)| usize::from(*left) < glyph);
        let extent = [36, 38, 40, 42].map(|at| i16_at(head, at).unwrap_or(0));
        if u16_at(head, 18)? != Self::UNITS {
            return None;
        }
        Some(Self {
            name,
            bytes,
            outlines: table(bytes, b"glyf")?,
            starts: (0..=count).map(start).collect::<Option<_>>()?,
            ascent: i16_at(hhea, 4)?,
            descent: i16_at(hhea, 6)?,
            extent,
            heaviness: u16_at(table(bytes, b"OS/2")?, 4)?,
            glyphs: characters(table(bytes, b"cmap")?)?,
            advances: (0..count).map(advance).collect::<Option<_>>()?,
            pairs_of: (0..=count).map(pairs_before).collect(),
            kerning: pairs.iter().map(|(_, right, by)| (*right, *by)).collect(),
        })
    }

    /// The glyph of a character, if the font has one.
    pub(crate) fn glyph(&self, character: char) -> Option<u16> {
        let code = if character == FIGURE_MINUS {
            u32::from('\u{2212}')
        } else {
            u32::from(character)
        };
        let glyph = *self.glyphs.get(usize::try_from(code).ok()?)?;
        (glyph != 0).then_some(glyph)
    }

    /// How far a glyph moves the pen.
    pub(crate) fn advance(&self, glyph: u16) -> u16 {
        self.advances.get(usize::from(glyph)).copied().unwrap_or(0)
    }

    /// What is added between two glyphs.
    pub(crate) fn kern(&self, left: u16, right: u16) -> i16 {
        let left = usize::from(left);
        let (Some(&from), Some(&to)) = (self.pairs_of.get(left), self.pairs_of.get(left + 1))
        else {
            return 0;
        };
        let pairs = self.kerning.get(from..to).unwrap_or_default();
        pairs
            .binary_search_by_key(&right, |(key, _)| *key)
            .map_or(0, |index| pairs[index].1)
    }
}

/// The pairs of a `kern` table's first part, left glyph, right glyph and by how much, which come in order.
fn pairs(kern: &[u8]) -> Option<Vec<(u16, u16, i16)>> {
    let count = usize::from(u16_at(kern, 10)?);
    (0..count)
        .map(|index| {
            let at = 18 + index * 6;
            Some((
                u16_at(kern, at)?,
                u16_at(kern, at + 2)?,
                i16_at(kern, at + 4)?,
            ))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weights_have_the_same_characters_and_their_digits_are_equally_wide() {
        let faces = faces().unwrap();
        let regular = faces.of(Weight::Regular);
        for weight in [Weight::Regular, Weight::Medium, Weight::SemiBold] {
            let face = faces.of(weight);
            let widths: std::collections::BTreeSet<u16> = ('0'..='9')
                .map(|digit| face.advance(face.glyph(digit).unwrap()))
                .collect();
            assert_eq!(widths.len(), 1, "{}: {widths:?}", face.name);
            for code in 0..=0xFFFF {
                let Some(character) = char::from_u32(code) else {
                    continue;
                };
                assert_eq!(
                    face.glyph(character).is_some(),
                    regular.glyph(character).is_some(),
                    "{} U+{code:04X}",
                    face.name
                );
            }
        }
    }

    #[test]
    fn pairs_are_kerned() {
        let face = faces().unwrap().of(Weight::Regular);
        let kern = |left, right| face.kern(face.glyph(left).unwrap(), face.glyph(right).unwrap());
        assert!(kern('A', 'W') < 0 && kern('T', 'o') < 0);
        assert_eq!(kern('1', '1'), 0, "figures keep their columns");
    }
}
