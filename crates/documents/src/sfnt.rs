//! Reading and writing the container of a TrueType font.

pub(crate) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let pair = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_be_bytes(pair.try_into().ok()?))
}

pub(crate) fn i16_at(bytes: &[u8], at: usize) -> Option<i16> {
    u16_at(bytes, at).map(u16::cast_signed)
}

pub(crate) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_be_bytes(four.try_into().ok()?))
}

fn offset_at(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u32_at(bytes, at)?).ok()
}

/// The bytes of the table `tag`.
pub(crate) fn table<'a>(font: &'a [u8], tag: &[u8; 4]) -> Option<&'a [u8]> {
    let count = usize::from(u16_at(font, 4)?);
    (0..count).map(|index| 12 + index * 16).find_map(|entry| {
        let named = font.get(entry..entry + 4)? == tag;
        let start = offset_at(font, entry + 8)?;
        let end = start.checked_add(offset_at(font, entry + 12)?)?;
        if named { font.get(start..end) } else { None }
    })
}

/// The glyph of each character by its code (0: none), from a `cmap` of format 4.
pub(crate) fn characters(cmap: &[u8]) -> Option<Vec<u16>> {
    let count = usize::from(u16_at(cmap, 2)?);
    let windows = (0..count).find_map(|index| {
        let entry = 4 + index * 8;
        let unicode = (u16_at(cmap, entry)?, u16_at(cmap, entry + 2)?) == (3, 1);
        let part = cmap.get(offset_at(cmap, entry + 4)?..)?;
        (unicode && u16_at(part, 0)? == 4).then_some(part)
    })?;
    let twice = usize::from(u16_at(windows, 6)?);
    let mut glyphs = Vec::new();
    for segment in (0..twice).step_by(2) {
        let last = u16_at(windows, 14 + segment)?;
        let first = u16_at(windows, 16 + twice + segment)?;
        let delta = u16_at(windows, 16 + 2 * twice + segment)?;
        let place = 16 + 3 * twice + segment;
        let range = usize::from(u16_at(windows, place)?);
        if first == u16::MAX {
            continue;
        }
        glyphs.resize(glyphs.len().max(usize::from(last) + 1), 0);
        for code in first..=last {
            let glyph = if range == 0 {
                code.wrapping_add(delta)
            } else {
                match u16_at(windows, place + range + 2 * usize::from(code - first))? {
                    0 => 0,
                    found => found.wrapping_add(delta),
                }
            };
            glyphs[usize::from(code)] = glyph;
        }
    }
    Some(glyphs)
}

/// A font of these tables, which are to come in the order of their tags.
pub(crate) fn assemble(tables: &[([u8; 4], Vec<u8>)]) -> Vec<u8> {
    let count = u16::try_from(tables.len()).unwrap_or(u16::MAX);
    let power = count.checked_ilog2().unwrap_or(0);
    let reach = 16 << power;
    let mut font = vec![0, 1, 0, 0];
    for number in [
        count,
        reach,
        u16::try_from(power).unwrap_or(0),
        count * 16 - reach,
    ] {
        font.extend(number.to_be_bytes());
    }
    let mut start = 12 + tables.len() * 16;
    for (tag, bytes) in tables {
        font.extend(tag);
        font.extend(checksum(bytes).to_be_bytes());
        for number in [start, bytes.len()] {
            font.extend(u32::try_from(number).unwrap_or(u32::MAX).to_be_bytes());
        }
        start += bytes.len().next_multiple_of(4);
    }
    for (_, bytes) in tables {
        font.extend(bytes);
        font.resize(font.len().next_multiple_of(4), 0);
    }
    font
}

/// The sum of a table's words, as the container's directory holds it.
pub(crate) fn checksum(bytes: &[u8]) -> u32 {
    bytes.chunks(4).fold(0, |sum, chunk| {
        let mut word = [0; 4];
        word[..chunk.len()].copy_from_slice(chunk);
        sum.wrapping_add(u32::from_be_bytes(word))
    })
}
