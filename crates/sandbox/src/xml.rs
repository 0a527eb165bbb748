//! XML, as much of it as answers need.

use std::fmt::Write as _;

/// A tree of elements being written.
#[derive(Debug, Default)]
pub(crate) struct Xml(String);

impl Xml {
    /// `<name>text</name>`
    pub fn text(&mut self, name: &str, text: &str) -> &mut Self {
        let _ = write!(self.0, "<{name}>{}</{name}>", escaped(text));
        self
    }

    /// `<name>…</name>` around what `inside` writes.
    pub fn element(&mut self, name: &str, inside: impl FnOnce(&mut Self)) -> &mut Self {
        let _ = write!(self.0, "<{name}>");
        inside(self);
        let _ = write!(self.0, "</{name}>");
        self
    }

    /// What was written elsewhere.
    pub fn append(&mut self, other: Self) {
        self.0.push_str(&other.0);
    }

    /// A whole document with a root in `namespace`.
    pub fn document(root: &str, namespace: &str, inside: impl FnOnce(&mut Self)) -> String {
        let mut xml = Self(format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{root}"
        ));
        if !namespace.is_empty() {
            let _ = write!(xml.0, " xmlns=\"{namespace}\"");
        }
        xml.0.push('>');
        inside(&mut xml);
        let _ = write!(xml.0, "</{root}>");
        xml.0
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            other => out.push(other),
        }
    }
    out
}
