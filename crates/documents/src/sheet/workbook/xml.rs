//! Text within XML, as ECMA-376 writes it.

/// Adds `text`. What XML cannot hold is written `_xHHHH_` (ECMA-376 part 1, 22.9.2.19), and so is the
/// beginning of what would read as such.
pub(super) fn put_text(xml: &mut Vec<u8>, text: &str) {
    if text.bytes().all(is_plain) && !text.contains('\u{ffff}') && !text.contains('\u{fffe}') {
        xml.extend_from_slice(text.as_bytes());
        return;
    }
    for (at, character) in text.char_indices() {
        match character {
            '&' => xml.extend_from_slice(b"&amp;"),
            '<' => xml.extend_from_slice(b"&lt;"),
            '>' => xml.extend_from_slice(b"&gt;"),
            '"' => xml.extend_from_slice(b"&quot;"),
            '_' if is_escape(&text[at..]) => xml.extend_from_slice(b"_x005F_"),
            '\t' | '\n' => xml.push(character as u8),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {
                xml.extend_from_slice(format!("_x{:04X}_", u32::from(character)).as_bytes());
            }
            _ => xml.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
}

const fn is_plain(byte: u8) -> bool {
    byte >= b' ' && !matches!(byte, b'&' | b'<' | b'>' | b'"' | b'_')
}

/// Whether text begins with `_xHHHH_`.
fn is_escape(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() >= 7
        && bytes.starts_with(b"_x")
        && bytes[6] == b'_'
        && bytes[2..6].iter().all(u8::is_ascii_hexdigit)
}

/// `A`, `B`, … `Z`, `AA`: the name of a column counted from nought.
pub(super) fn column_name(mut at: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(b'A' + u8::try_from(at % 26).unwrap_or(0));
        if at < 26 {
            break;
        }
        at = at / 26 - 1;
    }
    letters
        .iter()
        .rev()
        .map(|letter| char::from(*letter))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_keeps_what_xml_cannot_hold() {
        let written = |text: &str| {
            let mut xml = Vec::new();
            put_text(&mut xml, text);
            String::from_utf8(xml).unwrap()
        };
        assert_eq!(written("Ärger & <b>"), "Ärger &amp; &lt;b&gt;");
        assert_eq!(written("a\0b\r\n\tc"), "a_x0000_b_x000D_\n\tc");
        assert_eq!(written("_x0041_ and _x"), "_x005F_x0041_ and _x");
        assert_eq!(written("\u{ffff}"), "_xFFFF_");
    }

    #[test]
    fn columns_are_named_as_in_a_spreadsheet() {
        assert_eq!(
            [0, 25, 26, 51, 52, 701, 702].map(column_name),
            ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]
        );
    }
}
