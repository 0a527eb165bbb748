//! A font of one document's characters only.

use crate::face::Face;
use crate::sfnt::{assemble, checksum, table};

/// The font of `glyphs`, numbered from 1 in their order; 0 is the box for what is missing.
///
/// Outlines are copied as they are: the embedded fonts hold no composite glyphs.
pub(crate) fn subset(face: &Face, glyphs: &[u16]) -> Option<Vec<u8>> {
    let count = u16::try_from(glyphs.len() + 1).ok()?;
    let (mut outlines, mut starts, mut metrics) = (Vec::new(), vec![0_u32], Vec::new());
    for &glyph in std::iter::once(&0).chain(glyphs) {
        let index = usize::from(glyph);
        let outline = face
            .outlines
            .get(*face.starts.get(index)?..*face.starts.get(index + 1)?)?;
        // A contour's least x is its left side bearing, in the fonts that are embedded.
        let bearing = outline.get(2..4).unwrap_or(&[0, 0]);
        outlines.extend(outline);
        outlines.resize(outlines.len().next_multiple_of(4), 0);
        starts.push(u32::try_from(outlines.len()).ok()?);
        metrics.extend(face.advance(glyph).to_be_bytes());
        metrics.extend(bearing);
    }
    let mut head = table(face.bytes, b"head")?.to_vec();
    let mut hhea = table(face.bytes, b"hhea")?.to_vec();
    let mut maxp = table(face.bytes, b"maxp")?.to_vec();
    head.get_mut(8..12)?.fill(0);
    head.get_mut(50..52)?.copy_from_slice(&[0, 1]);
    hhea.get_mut(34..36)?.copy_from_slice(&count.to_be_bytes());
    maxp.get_mut(4..6)?.copy_from_slice(&count.to_be_bytes());
    let locations = starts
        .iter()
        .flat_map(|start| start.to_be_bytes())
        .collect();
    let mut font = assemble(&[
        (*b"glyf", outlines),
        (*b"head", head),
        (*b"hhea", hhea),
        (*b"hmtx", metrics),
        (*b"loca", locations),
        (*b"maxp", maxp),
    ]);
    let adjustment = 0xB1B0_AFBA_u32.wrapping_sub(checksum(&font));
    let at = font.windows(4).position(|four| four == b"head")? + 8;
    let head = usize::try_from(crate::sfnt::u32_at(&font, at)?).ok()?;
    font.get_mut(head + 8..head + 12)?
        .copy_from_slice(&adjustment.to_be_bytes());
    Some(font)
}
