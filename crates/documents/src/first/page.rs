//! The model of a page: what stands where, in points from its upper left corner.

use super::text::{Style, width};
use crate::face::{FIGURE_MINUS, Faces};

/// A4.
pub(crate) const WIDTH: f32 = 595.276;
pub(crate) const HEIGHT: f32 = 841.89;
/// The text area's edges.
pub(crate) const LEFT: f32 = 51.0;
pub(crate) const RIGHT: f32 = WIDTH - LEFT;

/// The colours of the house's paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ink {
    /// What is read.
    Text,
    /// Labels and small print; 7:1 on white.
    Soft,
    /// Hairlines.
    Line,
    /// The wash behind the amount due.
    Wash,
    /// The bar at the head.
    Accent,
    /// The letters of a mark, and what lies behind them.
    Mark,
    MarkWash,
    /// The word across a draft: seen, and read through.
    Watermark,
}

impl Ink {
    /// Red, green and blue.
    pub(crate) const fn rgb(self) -> [u8; 3] {
        match self {
            Self::Text => [0x14, 0x1d, 0x27],
            Self::Soft => [0x51, 0x5f, 0x6e],
            Self::Line => [0xdc, 0xe2, 0xe8],
            Self::Wash => [0xf4, 0xf7, 0xfa],
            Self::Accent => [0x17, 0x40, 0x69],
            Self::Mark => [0x7a, 0x47, 0x00],
            Self::MarkWash => [0xff, 0xef, 0xcc],
            Self::Watermark => [0xee, 0xf1, 0xf4],
        }
    }
}

/// One thing on a page.
#[derive(Debug, Clone)]
pub(crate) enum Mark {
    /// A line of text: where its baseline starts.
    Text {
        x: f32,
        baseline: f32,
        text: String,
        style: Style,
        /// Whether it rises across the page.
        slanted: bool,
    },
    /// A filled box: its upper left corner and its size.
    Box {
        x: f32,
        y: f32,
        width: f32,
        height: f32,
        ink: Ink,
    },
}

/// A page being filled.
pub(crate) struct Page {
    pub(crate) marks: Vec<Mark>,
    faces: &'static Faces,
}

/// Pages and what the file says about them.
pub(crate) struct Document {
    pub(crate) title: String,
    pub(crate) author: String,
    pub(crate) subject: String,
    pub(crate) keywords: Vec<String>,
    pub(crate) day: jiff::civil::Date,
    pub(crate) pages: Vec<Page>,
}

impl Page {
    pub(crate) const fn new(faces: &'static Faces) -> Self {
        Self {
            marks: Vec::new(),
            faces,
        }
    }

    /// Text that starts at `x`.
    pub(crate) fn text(&mut self, x: f32, baseline: f32, text: &str, style: Style) {
        self.put(x, baseline, text.to_owned(), style, false);
    }

    /// Text that ends at `right`.
    pub(crate) fn text_to(&mut self, right: f32, baseline: f32, text: &str, style: Style) {
        let x = right - width(self.faces, text, style);
        self.put(x, baseline, text.to_owned(), style, false);
    }

    /// A figure that ends at `right`.
    pub(crate) fn figure_to(&mut self, right: f32, baseline: f32, figure: &str, style: Style) {
        let text = as_figure(figure);
        let x = right - width(self.faces, &text, style);
        self.put(x, baseline, text, style, false);
    }

    /// A figure that starts at `x`.
    pub(crate) fn figure(&mut self, x: f32, baseline: f32, figure: &str, style: Style) {
        self.put(x, baseline, as_figure(figure), style, false);
    }

    /// A word that rises across the middle of the page, under all that follows.
    pub(crate) fn watermark(&mut self, text: &str, style: Style) {
        // At 45 degrees half the word's width lies left of and below the middle; a third of
        // the size brings the letters' own middle there.
        let reach = width(self.faces, text, style) * std::f32::consts::FRAC_1_SQRT_2 / 2.0;
        let rise = style.size * 0.36 * std::f32::consts::FRAC_1_SQRT_2;
        let (x, baseline) = (WIDTH / 2.0 - reach + rise, HEIGHT / 2.0 + reach + rise);
        self.put(x, baseline, text.to_owned(), style, true);
    }

    /// A filled box.
    pub(crate) fn fill(&mut self, (x, y): (f32, f32), (width, height): (f32, f32), ink: Ink) {
        self.marks.push(Mark::Box {
            x,
            y,
            width,
            height,
            ink,
        });
    }

    /// A line across from `x` to `right`.
    pub(crate) fn rule(&mut self, x: f32, right: f32, y: f32, thickness: f32, ink: Ink) {
        self.fill((x, y - thickness / 2.0), (right - x, thickness), ink);
    }

    fn put(&mut self, x: f32, baseline: f32, text: String, style: Style, slanted: bool) {
        if !text.is_empty() {
            self.marks.push(Mark::Text {
                x,
                baseline,
                text,
                style,
                slanted,
            });
        }
    }
}

/// The figure with the true minus sign.
fn as_figure(figure: &str) -> String {
    figure.replace('-', &FIGURE_MINUS.to_string())
}

/// The width of a figure as [`Page::figure_to`] sets it.
pub(crate) fn figure_width(faces: &Faces, figure: &str, style: Style) -> f32 {
    width(faces, &as_figure(figure), style)
}
