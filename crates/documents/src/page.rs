//! The model of a page: what stands where, in points from its upper left corner.

mod chart;
mod flow;
mod ink;
mod table;

pub(crate) use chart::{Bars, Scale, bars};
pub(crate) use flow::{Flow, Note};
pub(crate) use ink::{Ink, Palette};
pub(crate) use table::{Align, Cell, Column, HEAD, Row, Table};

use jiff::civil::Date;

use crate::typeset::{Set, Weight, figure, set, width};
use crate::{Language, Logo, PaperSize};

/// How a text is set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Style {
    pub(crate) weight: Weight,
    /// Size in points.
    pub(crate) size: f32,
    pub(crate) ink: Ink,
}

impl Style {
    pub(crate) const fn new(weight: Weight, size: f32, ink: Ink) -> Self {
        Self { weight, size, ink }
    }

    pub(crate) const fn font(self) -> (Weight, f32) {
        (self.weight, self.size)
    }

    pub(crate) fn width(self, text: &str) -> f32 {
        width(text, self.weight, self.size)
    }

    /// The width of a figure, with its true minus sign.
    pub(crate) fn figure_width(self, text: &str) -> f32 {
        figure(text, self.weight).ems * self.size
    }
}

/// The sheet and the area that text keeps to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Frame {
    pub(crate) width: f32,
    pub(crate) height: f32,
    pub(crate) left: f32,
    pub(crate) right: f32,
    /// Where the text area ends; the foot stands below.
    pub(crate) bottom: f32,
}

impl Frame {
    pub(crate) const fn of(paper: PaperSize) -> Self {
        let (width, height) = paper.points();
        Self {
            width,
            height,
            left: 51.0,
            right: width - 51.0,
            bottom: height - 62.0,
        }
    }

    /// The same sheet, its long side below.
    pub(crate) const fn turned(self) -> Self {
        Self {
            width: self.height,
            height: self.width,
            left: self.left,
            right: self.height - self.left,
            bottom: self.width - 62.0,
        }
    }

    pub(crate) const fn text_width(self) -> f32 {
        self.right - self.left
    }
}

/// One thing on a page.
#[derive(Debug, Clone)]
pub(crate) enum Mark {
    /// A line of text: where its baseline starts.
    Text {
        x: f32,
        baseline: f32,
        set: Set,
        size: f32,
        ink: Ink,
        /// Whether it rises across the page.
        slanted: bool,
    },
    /// A filled box.
    Box { at: Area, ink: Ink },
    /// A line from point to point.
    Line {
        points: Vec<(f32, f32)>,
        thickness: f32,
        ink: Ink,
    },
    /// The logo.
    Logo { at: Area },
}

/// An upright box: its upper left corner and its size.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Area {
    pub(crate) x: f32,
    pub(crate) y: f32,
    pub(crate) width: f32,
    pub(crate) height: f32,
}

/// A place in the document that a reader can jump to.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Bookmark {
    pub(crate) title: String,
    pub(crate) page: usize,
    pub(crate) y: f32,
}

/// A page being filled.
#[derive(Debug, Clone, Default)]
pub(crate) struct Page {
    pub(crate) marks: Vec<Mark>,
}

/// Pages and what the file says about them.
pub(crate) struct Document {
    pub(crate) title: String,
    pub(crate) author: String,
    pub(crate) subject: String,
    pub(crate) keywords: Vec<String>,
    pub(crate) language: Language,
    pub(crate) day: Date,
    pub(crate) frame: Frame,
    pub(crate) palette: Palette,
    pub(crate) logo: Option<Logo>,
    pub(crate) pages: Vec<Page>,
    pub(crate) bookmarks: Vec<Bookmark>,
}

impl Page {
    /// Text that starts at `x`.
    pub(crate) fn text(&mut self, x: f32, baseline: f32, text: &str, style: Style) {
        self.put(x, baseline, set(text, style.weight), style);
    }

    /// Text that ends at `right`.
    pub(crate) fn text_to(&mut self, right: f32, baseline: f32, text: &str, style: Style) {
        let set = set(text, style.weight);
        self.put(right - set.ems * style.size, baseline, set, style);
    }

    /// A figure that starts at `x`.
    pub(crate) fn figure(&mut self, x: f32, baseline: f32, text: &str, style: Style) {
        self.put(x, baseline, figure(text, style.weight), style);
    }

    /// A figure that ends at `right`.
    pub(crate) fn figure_to(&mut self, right: f32, baseline: f32, text: &str, style: Style) {
        let set = figure(text, style.weight);
        self.put(right - set.ems * style.size, baseline, set, style);
    }

    /// A word that rises across the middle of the page, under all that follows.
    pub(crate) fn watermark(&mut self, frame: Frame, text: &str, style: Style) {
        let set = set(text, style.weight);
        // At 45 degrees half the word's width lies left of and below the middle; a third of
        // the size brings the letters' own middle there.
        let reach = set.ems * style.size * std::f32::consts::FRAC_1_SQRT_2 / 2.0;
        let rise = style.size * 0.36 * std::f32::consts::FRAC_1_SQRT_2;
        self.marks.push(Mark::Text {
            x: frame.width / 2.0 - reach + rise,
            baseline: frame.height / 2.0 + reach + rise,
            set,
            size: style.size,
            ink: style.ink,
            slanted: true,
        });
    }

    /// A filled box.
    pub(crate) fn fill(&mut self, (x, y): (f32, f32), (width, height): (f32, f32), ink: Ink) {
        let at = Area {
            x,
            y,
            width,
            height,
        };
        self.marks.push(Mark::Box { at, ink });
    }

    /// A line across from `x` to `right`.
    pub(crate) fn rule(&mut self, x: f32, right: f32, y: f32, thickness: f32, ink: Ink) {
        self.fill((x, y - thickness / 2.0), (right - x, thickness), ink);
    }

    /// A line from point to point.
    pub(crate) fn line(&mut self, points: Vec<(f32, f32)>, thickness: f32, ink: Ink) {
        self.marks.push(Mark::Line {
            points,
            thickness,
            ink,
        });
    }

    fn put(&mut self, x: f32, baseline: f32, set: Set, style: Style) {
        if !set.runs.is_empty() {
            self.marks.push(Mark::Text {
                x,
                baseline,
                set,
                size: style.size,
                ink: style.ink,
                slanted: false,
            });
        }
    }
}
