use crate::Rgb;

/// The colours of the house's paper, by what they are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ink {
    /// What is read.
    Text,
    /// Labels and small print; 7:1 on white.
    Soft,
    /// Hairlines.
    Line,
    /// The wash behind the amount due and every head of a table.
    Wash,
    /// Bars and marks in the brand's colour.
    Accent,
    /// Headings: the brand's colour if it can be read on white.
    Heading,
    /// What a chart compares with.
    Beside,
    /// The letters of a mark, and what lies behind them.
    Mark,
    MarkWash,
    /// What is over its limit.
    Over,
    /// The word across a draft: seen, and read through.
    Watermark,
}

/// The colours of one document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Palette {
    accent: Rgb,
    heading: Rgb,
}

impl Palette {
    pub(crate) fn of(brand: Option<Rgb>) -> Self {
        const HOUSE: Rgb = Rgb([0x17, 0x40, 0x69]);
        const TEXT: Rgb = Rgb([0x14, 0x1d, 0x27]);
        let accent = brand.unwrap_or(HOUSE);
        Self {
            accent,
            heading: if accent.reads_on_white() {
                accent
            } else {
                TEXT
            },
        }
    }

    /// Red, green and blue.
    pub(crate) const fn rgb(self, ink: Ink) -> [u8; 3] {
        match ink {
            Ink::Text => [0x14, 0x1d, 0x27],
            Ink::Soft => [0x51, 0x5f, 0x6e],
            Ink::Line => [0xdc, 0xe2, 0xe8],
            Ink::Wash => [0xf4, 0xf7, 0xfa],
            Ink::Accent => self.accent.0,
            Ink::Heading => self.heading.0,
            Ink::Beside => [0xb4, 0xc0, 0xcc],
            Ink::Mark => [0x7a, 0x47, 0x00],
            Ink::MarkWash => [0xff, 0xef, 0xcc],
            Ink::Over => [0xb4, 0x23, 0x18],
            Ink::Watermark => [0xee, 0xf1, 0xf4],
        }
    }
}
