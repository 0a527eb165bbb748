use super::{Bookmark, Frame, Ink, Page, Style};
use crate::typeset::{Weight, wrap};

const NOTE: Style = Style::new(Weight::Regular, 7.25, Ink::Soft);
const NOTE_PITCH: f32 = 9.5;
/// The air and the short rule above the first footnote of a page.
const ABOVE_NOTES: f32 = 12.0;

/// A footnote: what stands at the foot of the page that refers to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Note {
    /// The sign that refers to it.
    pub(crate) sign: String,
    pub(crate) text: String,
}

/// Pages being filled from top to bottom.
pub(crate) struct Flow<'a> {
    pub(crate) frame: Frame,
    pages: Vec<Page>,
    bookmarks: Vec<Bookmark>,
    /// Where the next thing goes.
    pub(crate) y: f32,
    /// The footnotes of the page, broken into lines.
    notes: Vec<(Note, Vec<String>)>,
    /// Draws what every page after the first starts with, and says where it ends.
    open: &'a dyn Fn(&mut Page) -> f32,
    /// The page that is being filled.
    pub(crate) page: Page,
}

impl<'a> Flow<'a> {
    /// Goes on at `y` of a page that has been begun.
    pub(crate) const fn on(
        frame: Frame,
        page: Page,
        y: f32,
        open: &'a dyn Fn(&mut Page) -> f32,
    ) -> Self {
        Self {
            frame,
            pages: Vec::new(),
            bookmarks: Vec::new(),
            y,
            notes: Vec::new(),
            open,
            page,
        }
    }

    /// All the pages, and the places to jump to.
    pub(crate) fn finish(mut self) -> (Vec<Page>, Vec<Bookmark>) {
        self.set_notes();
        self.pages.push(self.page);
        (self.pages, self.bookmarks)
    }

    /// Notes this place for readers to jump to.
    pub(crate) fn bookmark(&mut self, title: &str) {
        self.bookmarks.push(Bookmark {
            title: title.to_owned(),
            page: self.pages.len(),
            y: self.y,
        });
    }

    /// Goes on to the next page.
    pub(crate) fn break_page(&mut self) {
        self.set_notes();
        let mut page = Page::default();
        self.y = (self.open)(&mut page);
        self.pages.push(std::mem::replace(&mut self.page, page));
    }

    /// Whether `height` is left on the page, with room for `notes` at its foot.
    pub(crate) fn has_room(&self, height: f32, notes: &[&Note]) -> bool {
        let more: f32 = notes
            .iter()
            .filter(|note| !self.holds(note))
            .map(|note| note_height(&self.lines_of(note)))
            .sum();
        let held = self.notes_height();
        let opening = if held <= 0.0 && more > 0.0 {
            ABOVE_NOTES
        } else {
            0.0
        };
        self.y + height + held + more + opening <= self.frame.bottom
    }

    /// Makes sure that `height` is left on the page.
    pub(crate) fn reserve(&mut self, height: f32) {
        if !self.has_room(height, &[]) {
            self.break_page();
        }
    }

    /// Puts a footnote at the foot of this page, unless it stands there.
    pub(crate) fn note(&mut self, note: &Note) {
        if !self.holds(note) {
            let lines = self.lines_of(note);
            self.notes.push((note.clone(), lines));
        }
    }

    /// Text over the whole width, line by line.
    pub(crate) fn paragraph(&mut self, text: &str, style: Style, pitch: f32) {
        for line in wrap(text, style.font(), self.frame.text_width()) {
            self.reserve(pitch);
            self.y += pitch;
            self.page.text(self.frame.left, self.y, &line, style);
        }
    }

    fn holds(&self, note: &Note) -> bool {
        self.notes.iter().any(|(held, _)| held == note)
    }

    fn lines_of(&self, note: &Note) -> Vec<String> {
        wrap(
            &format!("{} {}", note.sign, note.text),
            NOTE.font(),
            self.frame.text_width(),
        )
    }

    fn notes_height(&self) -> f32 {
        if self.notes.is_empty() {
            return 0.0;
        }
        let lines = self.notes.iter().map(|(_, lines)| note_height(lines));
        ABOVE_NOTES + lines.sum::<f32>()
    }

    fn set_notes(&mut self) {
        if self.notes.is_empty() {
            return;
        }
        let mut y = self.frame.bottom - self.notes_height() + ABOVE_NOTES - 4.0;
        let left = self.frame.left;
        self.page.rule(left, left + 60.0, y - 3.5, 0.5, Ink::Soft);
        for (_, lines) in std::mem::take(&mut self.notes) {
            for line in lines {
                y += NOTE_PITCH;
                self.page.text(left, y, &line, NOTE);
            }
        }
    }
}

fn note_height(lines: &[String]) -> f32 {
    lines.iter().map(|_| NOTE_PITCH).sum()
}
