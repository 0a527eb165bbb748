//! The only module that knows printpdf, whose interface changes with every minor version.
//!
//! Three things are done around it. It embeds fonts whole, so each document gets a font cut to
//! its characters; it names files by random numbers, so the name is replaced by a hash of the
//! content; and it draws a box for a glyph that is missing, which cannot happen here because
//! text is checked before it is laid out.

use std::collections::{BTreeMap, BTreeSet};

use miniz_oxide::deflate::compress_to_vec_zlib;
use printpdf::{
    Codepoint, Color, FontId, Mm, Op, ParsedFont, PdfDocument, PdfFont, PdfFontHandle, PdfPage,
    PdfSaveOptions, PdfWarnMsg, Point, Pt, Rgb, TextItem, TextMatrix,
};
use sha2::{Digest, Sha256};

use super::page::{Document, HEIGHT, Ink, Mark, Page};
use super::subset::subset;
use super::text::Style;
use crate::DocumentError;
use crate::face::{FIGURE_MINUS, Face, Faces, Weight};

/// How hard a file is compressed, of 9.
const LEVEL: u8 = 3;

type Used = BTreeMap<Weight, BTreeSet<char>>;

/// The document's bytes.
pub(crate) fn write(faces: &Faces, document: &Document) -> Result<Vec<u8>, DocumentError> {
    let used = used(&document.pages);
    let mut pdf = PdfDocument::new(&document.title);
    let stamp = document.day.strftime("D:%Y%m%d000000+00'00'").to_string();
    let date = printpdf::parse_pdf_date(&stamp).map_err(DocumentError::Writer)?;
    let info = &mut pdf.metadata.info;
    info.creation_date = date;
    info.modification_date = date;
    info.metadata_date = date;
    info.author.clone_from(&document.author);
    info.subject.clone_from(&document.subject);
    info.keywords.clone_from(&document.keywords);
    "Tallyport".clone_into(&mut info.creator);
    "Tallyport".clone_into(&mut info.producer);
    for (&weight, characters) in &used {
        let font = embedded(faces.of(weight), characters).ok_or(DocumentError::Font)?;
        pdf.resources
            .fonts
            .map
            .insert(name(weight), PdfFont::new(font));
    }
    pdf.pages = document
        .pages
        .iter()
        .map(|page| PdfPage::new(Mm(210.0), Mm(297.0), operations(faces, &used, page)))
        .collect();
    let mut warnings = Vec::new();
    let bytes = assembled(&pdf, &mut warnings)?;
    if let Some(warning) = warnings.first() {
        return Err(DocumentError::Writer(warning.msg.clone()));
    }
    named(bytes)
}

/// The file. `PdfDocument::save` would compress it as hard as can be: half of the time that an
/// invoice takes, for a fiftieth of its size.
fn assembled(pdf: &PdfDocument, warnings: &mut Vec<PdfWarnMsg>) -> Result<Vec<u8>, DocumentError> {
    let failed = |error: std::io::Error| DocumentError::Writer(error.to_string());
    let mut file = pdf.to_lopdf_document(&PdfSaveOptions::default(), warnings);
    for object in file.objects.values_mut() {
        if let Ok(stream) = object.as_stream_mut() {
            // By name, and pinned: `flate2` packs with another library, to other bytes, as soon as any
            // crate in the build asks it to.
            stream.set_content(compress_to_vec_zlib(&stream.content, LEVEL));
            stream.dict.set("Filter", "FlateDecode");
        }
    }
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).map_err(failed)?;
    Ok(bytes)
}

fn used(pages: &[Page]) -> Used {
    let mut used = Used::new();
    for mark in pages.iter().flat_map(|page| &page.marks) {
        if let Mark::Text { text, style, .. } = mark {
            used.entry(style.weight).or_default().extend(text.chars());
        }
    }
    used
}

/// Our own names: printpdf takes F1 to F14 for the fonts built into readers.
fn name(weight: Weight) -> FontId {
    let name = match weight {
        Weight::Regular => "Regular",
        Weight::Medium => "Medium",
        Weight::SemiBold => "SemiBold",
    };
    FontId(name.to_owned())
}

/// The face cut to `characters`; glyph 1 is the first of them, and so on.
fn embedded(face: &Face, characters: &BTreeSet<char>) -> Option<ParsedFont> {
    let glyphs: Vec<u16> = characters.iter().filter_map(|&c| face.glyph(c)).collect();
    let mut codes = BTreeMap::new();
    let mut widths = BTreeMap::new();
    for ((number, &character), &glyph) in (1..).zip(characters).zip(&glyphs) {
        codes.insert(u32::from(character), number);
        widths.insert(number, face.advance(glyph));
    }
    let mut font = ParsedFont::with_glyph_data(
        subset(face, &glyphs)?,
        0,
        // The tag of six letters says that the font is not whole.
        Some(format!("TALLYP+{}", face.name)),
        codes,
        widths,
        Face::UNITS,
        printpdf::FontMetrics {
            ascent: face.ascent,
            descent: face.descent,
        },
    );
    let metrics = &mut font.pdf_font_metrics;
    [metrics.x_min, metrics.y_min, metrics.x_max, metrics.y_max] = face.extent;
    metrics.us_weight_class = face.heaviness;
    Some(font)
}

fn operations(faces: &Faces, used: &Used, page: &Page) -> Vec<Op> {
    let mut operations = Vec::with_capacity(page.marks.len() * 5);
    let (mut font, mut fill) = (None, None);
    for mark in &page.marks {
        let ink = match mark {
            Mark::Text { style, .. } => style.ink,
            Mark::Box { ink, .. } => *ink,
        };
        if fill.replace(ink) != Some(ink) {
            operations.push(Op::SetFillColor { col: color(ink) });
        }
        match mark {
            Mark::Box {
                x,
                y,
                width,
                height,
                ..
            } => operations.push(filled(*x, *y, *width, *height)),
            Mark::Text {
                x,
                baseline,
                text,
                style,
                slanted,
            } => {
                operations.push(Op::StartTextSection);
                let set = (style.weight, style.size.to_bits());
                if font.replace(set) != Some(set) {
                    operations.push(Op::SetFont {
                        font: PdfFontHandle::External(name(style.weight)),
                        size: Pt(style.size),
                    });
                }
                operations.push(place(*x, *baseline, *slanted));
                operations.push(Op::ShowText {
                    items: items(faces, used, text, *style),
                });
                operations.push(Op::EndTextSection);
            }
        }
    }
    operations
}

fn filled(x: f32, y: f32, width: f32, height: f32) -> Op {
    Op::DrawRectangle {
        rectangle: printpdf::Rect {
            x: point(x),
            y: point(HEIGHT - y - height),
            width: point(width),
            height: point(height),
            mode: Some(printpdf::PaintMode::Fill),
            winding_order: None,
        },
    }
}

fn place(x: f32, baseline: f32, slanted: bool) -> Op {
    let (x, y) = (point(x), point(HEIGHT - baseline));
    if slanted {
        Op::SetTextMatrix {
            matrix: TextMatrix::TranslateRotate(x, y, 45.0),
        }
    } else {
        Op::SetTextCursor {
            pos: Point { x, y },
        }
    }
}

/// The text with its kerning: runs of characters, and what the pen moves between them.
fn items(faces: &Faces, used: &Used, text: &str, style: Style) -> Vec<TextItem> {
    let face = faces.of(style.weight);
    let (mut items, mut run, mut before) = (Vec::new(), String::new(), None);
    let flush = |run: &mut String, items: &mut Vec<TextItem>| {
        if !run.is_empty() {
            items.push(TextItem::Text(std::mem::take(run)));
        }
    };
    for character in text.chars() {
        let glyph = face.glyph(character);
        let kern = before
            .zip(glyph)
            .map_or(0, |(left, right)| face.kern(left, right));
        before = glyph;
        if kern != 0 {
            flush(&mut run, &mut items);
            items.push(TextItem::Offset(-f32::from(kern)));
        }
        if character == FIGURE_MINUS {
            flush(&mut run, &mut items);
            let number = number(used, style.weight, character);
            let minus = Codepoint::with_cid(number, 0.0, "-".to_owned());
            items.push(TextItem::GlyphIds(vec![minus]));
        } else {
            run.push(character);
        }
    }
    flush(&mut run, &mut items);
    items
}

/// The number of a character's glyph in the embedded font.
fn number(used: &Used, weight: Weight, character: char) -> u16 {
    used.get(&weight)
        .and_then(|characters| characters.iter().position(|&c| c == character))
        .and_then(|index| u16::try_from(index + 1).ok())
        .unwrap_or(0)
}

/// To the hundredth of a point: finer than any printer, and shorter in the file.
fn point(at: f32) -> Pt {
    Pt((at * 100.0).round() / 100.0)
}

fn color(ink: Ink) -> Color {
    let [r, g, b] = ink
        .rgb()
        .map(|part| (f32::from(part) / 255.0 * 1_000.0).round() / 1_000.0);
    Color::Rgb(Rgb {
        r,
        g,
        b,
        icc_profile: None,
    })
}

/// Blanks the claim to be PDF/X, which printpdf writes for a document that makes none.
fn claim_nothing(bytes: &mut [u8]) {
    const CLAIM: &[u8] = b"/GTS_PDFXVersion()";
    if let Some(at) = bytes
        .windows(CLAIM.len())
        .rposition(|window| window == CLAIM)
    {
        bytes[at..at + CLAIM.len()].fill(b' ');
    }
}

/// Replaces the two random names in the file's trailer by a hash of all the rest.
fn named(mut bytes: Vec<u8>) -> Result<Vec<u8>, DocumentError> {
    claim_nothing(&mut bytes);
    const START: &[u8] = b"/ID[(";
    const BETWEEN: &[u8] = b")(";
    const LENGTH: usize = 32;
    let lost = || DocumentError::Writer("the file has no identifier".to_owned());
    let at = bytes
        .windows(START.len())
        .rposition(|window| window == START)
        .ok_or_else(lost)?;
    let first = at + START.len();
    let second = first + LENGTH + BETWEEN.len();
    if bytes.get(first + LENGTH..second) != Some(BETWEEN)
        || bytes.get(second + LENGTH) != Some(&b')')
    {
        return Err(lost());
    }
    for start in [first, second] {
        bytes[start..start + LENGTH].fill(b'0');
    }
    let digest = Sha256::digest(&bytes);
    let name: String = digest
        .iter()
        .take(LENGTH / 2)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    for start in [first, second] {
        bytes[start..start + LENGTH].copy_from_slice(name.as_bytes());
    }
    Ok(bytes)
}
