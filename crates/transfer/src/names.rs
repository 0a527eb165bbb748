//! Names: of files as keys, and of keys as files. A key never leaves its prefix, a file never leaves its
//! folder, and two different names never become one.

use unicode_normalization::UnicodeNormalization;

use crate::Problem;

/// What S3 takes as a key, in bytes.
const LONGEST_KEY: usize = 1_024;
/// What file systems take as one name, in bytes.
const LONGEST_NAME: usize = 255;

/// The key below `prefix` of a file that lies in these folders. Composed characters, so that one name has
/// one spelling whichever system wrote it.
pub(crate) fn key(prefix: &str, names: &[&str]) -> Result<String, Problem> {
    let mut key = prefix.to_owned();
    for (position, name) in names.iter().enumerate() {
        if name.is_empty() || *name == "." || *name == ".." || name.contains('/') {
            return Err(unusable(name, "it is a step through folders, not a name"));
        }
        if let Some(control) = name.chars().find(|c| c.is_control()) {
            let why = format!(
                "it holds the control character U+{:04X}, which listings of a bucket cannot show",
                u32::from(control)
            );
            return Err(unusable(name, &why));
        }
        if position > 0 {
            key.push('/');
        }
        key.extend(name.nfc());
    }
    if key.len() > LONGEST_KEY {
        let why = format!(
            "with its folders it is {} bytes long, and S3 takes {LONGEST_KEY}",
            key.len()
        );
        return Err(unusable(names.last().unwrap_or(&""), &why));
    }
    Ok(key)
}

fn unusable(name: &str, why: &str) -> Problem {
    let shown: String = name.chars().take(80).flat_map(char::escape_debug).collect();
    Problem::new(
        "transfer.name",
        format!("\"{shown}\" cannot be sent: {why}"),
    )
}

/// A name as it is kept beside an object whose key spells it differently: only printable ASCII survives
/// there.
pub(crate) fn kept_name(name: &str) -> Option<String> {
    if name.nfc().eq(name.chars()) {
        return None;
    }
    let mut kept = String::new();
    for byte in name.bytes() {
        match byte {
            b'%' | ..=b' ' | 0x7f.. => push_escaped(&mut kept, byte),
            plain => kept.push(char::from(plain)),
        }
    }
    Some(kept)
}

/// What other systems make of a name, if they cannot keep it as it is.
pub(crate) fn doubt(name: &str) -> Option<&'static str> {
    if is_device(name) {
        Some("Windows keeps this name for a device")
    } else if name.ends_with(['.', ' ']) {
        Some("Windows drops the dot or space at its end")
    } else if name.contains(FORBIDDEN) {
        Some("it holds a character that names on Windows cannot have")
    } else if name.chars().any(turns_text) {
        Some(
            "it holds an invisible character that turns the text around, so that it reads differently than it is",
        )
    } else if name.nfc().collect::<String>().len() > LONGEST_NAME {
        Some("it is longer than other systems take")
    } else {
        None
    }
}

/// The key of a file that goes beside another one: `report (2).pdf`.
pub(crate) fn beside(key: &str) -> String {
    let (folder, name) = key.rsplit_once('/').map_or(("", key), |(_, name)| {
        (&key[..key.len() - name.len()], name)
    });
    let (stem, extension) = match name.rfind('.') {
        Some(dot) if dot > 0 => name.split_at(dot),
        _ => (name, ""),
    };
    let numbered = stem.strip_suffix(')').and_then(|stem| {
        let (stem, number) = stem.rsplit_once(" (")?;
        Some((stem, number.parse::<u32>().ok()?.checked_add(1)?))
    });
    let (stem, number) = numbered.unwrap_or((stem, 2));
    format!("{folder}{stem} ({number}){extension}")
}

/// Characters that file names on some system cannot have, or that mean something else in a path.
const FORBIDDEN: [char; 8] = ['\\', ':', '*', '?', '"', '<', '>', '|'];

/// Where an object goes below a folder: its key, with whatever a name cannot have on some system written as
/// `%` and two digits. What comes out has no step upwards, no root, no drive and no device in it.
pub(crate) fn local_path(key: &str) -> Result<String, Problem> {
    let mut path = String::with_capacity(key.len());
    for (position, segment) in key.split('/').enumerate() {
        if position > 0 {
            path.push('/');
        }
        let from = path.len();
        push_segment(&mut path, segment);
        if path.len() - from > LONGEST_NAME {
            let why = format!("a name may have {LONGEST_NAME} bytes here");
            return Err(Problem::new(
                "transfer.name",
                format!("\"{}\" cannot be kept: {why}", shortened(segment)),
            ));
        }
    }
    Ok(path)
}

fn shortened(name: &str) -> String {
    name.chars().take(80).flat_map(char::escape_debug).collect()
}

fn push_segment(path: &mut String, segment: &str) {
    match segment {
        // A percent sign alone stands for no name at all; a name of one percent sign is escaped.
        "" => return path.push('%'),
        "%" => return path.push_str("%25"),
        _ => {}
    }
    let steps = segment == "." || segment == "..";
    let device = is_device(segment);
    let last = segment.char_indices().next_back().map_or(0, |(at, _)| at);
    for (at, c) in segment.char_indices() {
        let escape = match c {
            '.' if steps => true,
            '.' | ' ' => at == last,
            '%' => is_escape(&segment[at..]),
            c => c.is_control() || turns_text(c) || FORBIDDEN.contains(&c),
        };
        if escape || (device && at == 0) {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                push_escaped(path, byte);
            }
        } else {
            path.push(c);
        }
    }
}

fn push_escaped(text: &mut String, byte: u8) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    text.push('%');
    text.push(char::from(DIGITS[usize::from(byte >> 4)]));
    text.push(char::from(DIGITS[usize::from(byte & 15)]));
}

/// Whether it begins with a percent sign and two hexadecimal digits.
fn is_escape(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.first() == Some(&b'%') && bytes.len() > 2 && bytes[1..3].iter().all(u8::is_ascii_hexdigit)
}

/// Characters that change the direction in which a name is read.
const fn turns_text(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}')
}

/// Whether Windows takes a name for a device, whatever comes after its first dot.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end();
    let stem = stem.to_ascii_uppercase();
    let numbered = |device| {
        stem.strip_prefix(device).is_some_and(|number| {
            matches!(
                number,
                "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "0" | "¹" | "²" | "³"
            )
        })
    };
    matches!(
        stem.as_str(),
        "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$"
    ) || numbered("COM")
        || numbered("LPT")
}

#[cfg(test)]
mod tests {
    use std::path::{Component, Path};

    use proptest::prelude::*;

    use super::*;

    /// The inverse of [`local_path`] for one name.
    fn read_back(name: &str) -> Vec<u8> {
        if name == "%" {
            return Vec::new();
        }
        let mut bytes = Vec::new();
        let mut rest = name;
        while let Some(c) = rest.chars().next() {
            if is_escape(rest) {
                bytes.push(u8::from_str_radix(&rest[1..3], 16).unwrap());
                rest = &rest[3..];
            } else {
                bytes.extend(c.to_string().bytes());
                rest = &rest[c.len_utf8()..];
            }
        }
        bytes
    }

    fn checked(key: &str) {
        let Ok(path) = local_path(key) else {
            assert!(
                key.split('/').any(|name| name.len() > 80),
                "{key:?} is short enough"
            );
            return;
        };
        let inside = Path::new(&path)
            .components()
            .all(|step| matches!(step, Component::Normal(_)));
        assert!(inside, "{key:?} would go to {path:?}");
        assert!(!path.contains(FORBIDDEN) && !path.chars().any(char::is_control));
        let back: Vec<Vec<u8>> = path.split('/').map(read_back).collect();
        let names: Vec<Vec<u8>> = key.split('/').map(|name| name.bytes().collect()).collect();
        assert_eq!(
            back, names,
            "{key:?} became {path:?}, which another key becomes too"
        );
    }

    #[test]
    fn no_key_leaves_the_folder_that_it_is_fetched_into() {
        for key in [
            "../../etc/passwd",
            "/etc/passwd",
            "..",
            ".",
            "a/../../b",
            "..\\..\\x",
            "C:\\x",
            "C:x",
            "\\\\server\\share",
            "a//b",
            "//",
            "a/",
            "con",
            "CON.txt",
            "com1.tar.gz",
            "nul ",
            "x.",
            "x ",
            "a:stream",
            "%2e%2e/x",
            "%",
            "%%",
            "%2E",
            "..%2f..",
            "a\0b",
            "a\nb",
            "\u{202e}fdp.exe",
            "COM¹",
            "~/.ssh/authorized_keys",
            "-rf",
            "",
        ] {
            checked(key);
        }
        assert_eq!(
            local_path("../../etc/passwd").unwrap(),
            "%2E%2E/%2E%2E/etc/passwd"
        );
        assert_eq!(
            local_path("reports/2026 (1).pdf").unwrap(),
            "reports/2026 (1).pdf"
        );
        assert_eq!(local_path("über/100%.txt").unwrap(), "über/100%.txt");
        assert!(local_path(&"x".repeat(256)).is_err());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn any_key_stays_inside_and_has_a_path_of_its_own(
            key in r#"([a-zA-Z.%/\\: ~2eEfF]|\PC|[\x00-\x1f]){0,40}"#
        ) {
            checked(&key);
        }

        #[test]
        fn a_key_stays_below_its_prefix(names in proptest::collection::vec("[^/]{0,12}", 1..6)) {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            if let Ok(key) = key("tenant/", &names) {
                let below = key.strip_prefix("tenant/").unwrap();
                prop_assert!(below.split('/').all(|name| !matches!(name, "" | "." | "..")));
            }
        }
    }

    #[test]
    fn one_name_has_one_spelling_and_the_other_one_is_kept() {
        assert_eq!(key("t/", &["u\u{308}ber", "x"]).unwrap(), "t/über/x");
        assert_eq!(kept_name("über"), None);
        assert_eq!(kept_name("u\u{308}ber").as_deref(), Some("u%CC%88ber"));
        assert!(key("t/", &["a\u{1}b"]).is_err());
        assert!(key("t/", &[".."]).is_err());
        assert!(key("t/", &["x".repeat(1_022).as_str()]).is_ok());
        assert!(key("t/", &["x".repeat(1_023).as_str()]).is_err());
    }

    #[test]
    fn what_goes_beside_has_the_next_number() {
        assert_eq!(beside("t/report.pdf"), "t/report (2).pdf");
        assert_eq!(beside("t/report (2).pdf"), "t/report (3).pdf");
        assert_eq!(beside("t/.profile"), "t/.profile (2)");
        assert_eq!(beside("t.d/notes"), "t.d/notes (2)");
        assert_eq!(beside("a.tar.gz"), "a.tar (2).gz");
    }

    #[test]
    fn names_that_others_cannot_keep_are_known() {
        assert!(doubt("aux.txt").is_some() && doubt("a:b").is_some() && doubt("end.").is_some());
        assert_eq!(doubt("contract.pdf"), None);
    }
}
