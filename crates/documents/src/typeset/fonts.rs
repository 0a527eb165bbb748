//! The fonts that stand behind the house's own, a script each.

use std::io::Read;
use std::sync::LazyLock;

use flate2::read::ZlibDecoder;
use harfrust::{FontRef, ShaperData};
use unicode_script::Script;

use crate::face::{Weight, faces};
use crate::sfnt::{characters, table, u16_at};

/// A font of the set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum FontId {
    /// The house's own, in a weight.
    House(Weight),
    /// One that stands behind it, by its place in the list of them.
    Behind(u8),
}

/// A font that is unpacked when a text first needs it.
struct Packed {
    scripts: &'static [Script],
    loaded: LazyLock<Option<Loaded>>,
}

/// A font in memory, for as long as the program lives.
pub(crate) struct Loaded {
    pub(crate) bytes: &'static [u8],
    pub(crate) font: FontRef<'static>,
    pub(crate) shaping: ShaperData,
    /// Units in an em.
    pub(crate) units: u16,
    glyphs: Vec<u16>,
}

macro_rules! packed {
    ($($file:literal: $($script:ident)+;)+) => {
        static BEHIND: [Packed; 21] = [$(Packed {
            scripts: &[$(Script::$script),+],
            loaded: LazyLock::new(|| Loaded::unpack(include_bytes!(concat!("../../fonts/behind/", $file)))),
        }),+];
    };
}

packed! {
    "NotoSans.ttf.z": Latin Greek Cyrillic;
    "NotoSansArabic.ttf.z": Arabic;
    "NotoSansHebrew.ttf.z": Hebrew;
    "NotoSansDevanagari.ttf.z": Devanagari;
    "NotoSansThai.ttf.z": Thai;
    "NotoSansBengali.ttf.z": Bengali;
    "NotoSansTamil.ttf.z": Tamil;
    "NotoSansTelugu.ttf.z": Telugu;
    "NotoSansGujarati.ttf.z": Gujarati;
    "NotoSansGurmukhi.ttf.z": Gurmukhi;
    "NotoSansKannada.ttf.z": Kannada;
    "NotoSansMalayalam.ttf.z": Malayalam;
    "NotoSansOriya.ttf.z": Oriya;
    "NotoSansSinhala.ttf.z": Sinhala;
    "NotoSansArmenian.ttf.z": Armenian;
    "NotoSansGeorgian.ttf.z": Georgian;
    "NotoSansEthiopic.ttf.z": Ethiopic;
    "NotoSansKhmer.ttf.z": Khmer;
    "NotoSansLao.ttf.z": Lao;
    "NotoSansMyanmar.ttf.z": Myanmar;
    "NotoSansCJK.otf.z": Han Hiragana Katakana Hangul Bopomofo;
}

/// The first and the last of the list, which hold signs that belong to no script.
const WITH_SIGNS: [usize; 2] = [0, 20];

impl Loaded {
    fn unpack(packed: &[u8]) -> Option<Self> {
        let mut bytes = Vec::new();
        ZlibDecoder::new(packed).read_to_end(&mut bytes).ok()?;
        let bytes: &'static [u8] = bytes.leak();
        let font = FontRef::new(bytes).ok()?;
        Some(Self {
            bytes,
            shaping: ShaperData::new(&font),
            font,
            units: u16_at(table(bytes, b"head")?, 18)?,
            glyphs: characters(table(bytes, b"cmap")?)?,
        })
    }

    pub(crate) fn has(&self, character: char) -> bool {
        usize::try_from(u32::from(character))
            .ok()
            .and_then(|code| self.glyphs.get(code))
            .is_some_and(|&glyph| glyph != 0)
    }
}

/// The font behind the house's own at this place.
pub(crate) fn font(place: u8) -> Option<&'static Loaded> {
    BEHIND.get(usize::from(place))?.loaded.as_ref()
}

/// The font that has the character: the house's own, that of its script, or one with signs.
/// `before` is asked first about what belongs to every script, so that a sign stands in the font
/// of the letters around it.
pub(super) fn font_for(character: char, script: Script, before: Option<FontId>) -> Option<FontId> {
    let house = FontId::House(Weight::Regular);
    let in_house = faces().ok()?.of(Weight::Regular).glyph(character).is_some();
    let has = |place: &usize| {
        let place = u8::try_from(*place).ok()?;
        font(place)?.has(character).then_some(FontId::Behind(place))
    };
    if matches!(script, Script::Common | Script::Inherited) {
        let as_before = match before {
            Some(FontId::Behind(place)) if script == Script::Inherited || !in_house => {
                has(&usize::from(place))
            }
            _ => None,
        };
        return as_before
            .or_else(|| in_house.then_some(house))
            .or_else(|| WITH_SIGNS.iter().find_map(has));
    }
    if in_house {
        return Some(house);
    }
    let place = BEHIND
        .iter()
        .position(|packed| packed.scripts.contains(&script))?;
    has(&place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_font_behind_the_house_can_be_unpacked_and_has_its_script() {
        for (place, packed) in BEHIND.iter().enumerate() {
            let loaded = packed.loaded.as_ref();
            assert!(loaded.is_some_and(|font| font.units > 0), "font {place}");
        }
        for (text, place) in [
            ("ش", 1),
            ("ש", 2),
            ("श", 3),
            ("ไ", 4),
            ("漢", 20),
            ("한", 20),
        ] {
            let character = text.chars().next().unwrap();
            let script = unicode_script::UnicodeScript::script(&character);
            assert_eq!(
                font_for(character, script, None),
                Some(FontId::Behind(place)),
                "{text}"
            );
        }
    }
}
