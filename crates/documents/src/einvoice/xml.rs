//! A tree of elements, written as XML by a library that escapes what is in it.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use crate::DocumentError;

/// An element under construction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Element {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    content: Content,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Content {
    Text(String),
    Children(Vec<Element>),
}

impl Element {
    /// An element of other elements.
    pub fn of(name: &'static str, children: impl IntoIterator<Item = Self>) -> Self {
        Self {
            name,
            attributes: Vec::new(),
            content: Content::Children(children.into_iter().collect()),
        }
    }

    /// An element of text.
    pub fn text(name: &'static str, text: impl AsRef<str>) -> Self {
        Self {
            name,
            attributes: Vec::new(),
            content: Content::Text(text.as_ref().chars().map(writable).collect()),
        }
    }

    /// An element of text, if there is any.
    pub fn maybe(name: &'static str, text: Option<&String>) -> Option<Self> {
        text.map(|text| Self::text(name, text))
    }

    /// The same with an attribute.
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.attributes.push((name, value.into()));
        self
    }
}

/// Characters that XML 1.0 has no way to write become the replacement character.
const fn writable(character: char) -> char {
    match character {
        '\t' | '\n' | '\r' | '\u{20}'..='\u{fffd}' | '\u{10000}'..='\u{10ffff}' => character,
        _ => char::REPLACEMENT_CHARACTER,
    }
}

/// The document whose root is `root`.
pub(super) fn written(root: &Element) -> Result<String, DocumentError> {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    let failed = |error: std::io::Error| DocumentError::Writer(error.to_string());
    let declaration = BytesDecl::new("1.0", Some("UTF-8"), None);
    writer
        .write_event(Event::Decl(declaration))
        .map_err(failed)?;
    write(root, &mut writer).map_err(failed)?;
    let mut bytes = writer.into_inner();
    bytes.push(b'\n');
    String::from_utf8(bytes).map_err(|error| DocumentError::Writer(error.to_string()))
}

fn write(element: &Element, writer: &mut Writer<Vec<u8>>) -> std::io::Result<()> {
    let mut start = BytesStart::new(element.name);
    for (name, value) in &element.attributes {
        start.push_attribute((*name, value.as_str()));
    }
    writer.write_event(Event::Start(start))?;
    match &element.content {
        Content::Text(text) => writer.write_event(Event::Text(BytesText::new(text)))?,
        Content::Children(children) => {
            for child in children {
                write(child, writer)?;
            }
        }
    }
    writer.write_event(Event::End(BytesEnd::new(element.name)))
}
