//! The only room that knows krilla, the library that writes the second layout's files: PDF/A-3b,
//! with fonts cut to the glyphs that are used.

mod archive;
mod svg;

use std::sync::LazyLock;

use krilla::configure::{Archival, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::embed::{AssociationKind, EmbeddedFile, MimeType};
use krilla::geom::{PathBuilder, Point, Rect, Size, Transform};
use krilla::image::Image;
use krilla::metadata::{DateTime, Metadata};
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, LineCap, LineJoin, Stroke};
use krilla::surface::Surface;
use krilla::text::{Font, GlyphId};
use krilla::{Data, SerializeSettings, color::rgb};

use crate::attached::Attached;
use crate::face::{Weight, faces};
use crate::logo::Picture;
use crate::page::{Area, Document, Frame, Mark, Palette};
use crate::typeset::{FontId, Glyph, Run, Set, font};
use crate::{DocumentError, Logo};

/// The document's bytes, with what is attached to it.
pub(crate) fn write(
    document: &Document,
    attached: Option<&Attached<'_>>,
) -> Result<Vec<u8>, DocumentError> {
    let configuration = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A3_B)
        .finish()
        .map_err(|error| DocumentError::Writer(format!("{error:?}")))?;
    let mut pdf = krilla::Document::new_with(SerializeSettings {
        configuration,
        enable_tagging: false,
        // They are packed when the file is settled.
        compress_content_streams: false,
        ..SerializeSettings::default()
    });
    let date = date(document.day);
    pdf.set_metadata(metadata(document).creation_date(date));
    for page in &document.pages {
        let size = PageSettings::from_wh(document.frame.width, document.frame.height)
            .ok_or_else(|| DocumentError::Writer("a page without a size".to_owned()))?;
        let mut page_on = pdf.start_page_with(size);
        let mut surface = page_on.surface();
        let mut painter = Painter {
            surface: &mut surface,
            document,
        };
        for mark in &page.marks {
            painter.draw(mark)?;
        }
        surface.finish();
        page_on.finish();
    }
    pdf.set_outline(outline(document));
    if let Some(file) = attached {
        let embedded = EmbeddedFile {
            path: file.name().to_owned(),
            mime_type: MimeType::new("text/xml"),
            description: Some(file.description().to_owned()),
            association_kind: AssociationKind::Alternative,
            data: Data::from(file.xml().as_bytes().to_vec()),
            modification_date: Some(date),
            compress: Some(true),
            location: None,
        };
        pdf.embed_file(embedded)
            .ok_or_else(|| DocumentError::Writer("a file is attached twice".to_owned()))?;
    }
    let bytes = pdf
        .finish()
        .map_err(|error| DocumentError::Writer(format!("{error:?}")))?;
    let described = attached.map(Attached::described_in_xmp);
    archive::settled(&bytes, described.as_ref())
}

fn metadata(document: &Document) -> Metadata {
    Metadata::new()
        .title(document.title.clone())
        .authors(vec![document.author.clone()])
        .description(document.subject.clone())
        .keywords(document.keywords.clone())
        .language(document.language.code().to_owned())
        .creator("Tallyport".to_owned())
        .producer("Tallyport".to_owned())
}

fn date(day: jiff::civil::Date) -> DateTime {
    let part = |number: i8| u8::try_from(number).unwrap_or(1);
    DateTime::new(u16::try_from(day.year()).unwrap_or(0))
        .month(part(day.month()))
        .day(part(day.day()))
        .hour(0)
        .minute(0)
        .second(0)
        .utc_offset_hour(0)
        .utc_offset_minute(0)
}

fn outline(document: &Document) -> Outline {
    let mut outline = Outline::new();
    for bookmark in &document.bookmarks {
        let at = Point::from_xy(document.frame.left, bookmark.y);
        let place = XyzDestination::new(bookmark.page, at);
        outline.push_child(OutlineNode::new(bookmark.title.clone(), place));
    }
    outline
}

struct Painter<'a, 'b> {
    surface: &'a mut Surface<'b>,
    document: &'a Document,
}

impl Painter<'_, '_> {
    fn draw(&mut self, mark: &Mark) -> Result<(), DocumentError> {
        let palette = self.document.palette;
        match mark {
            Mark::Text {
                x,
                baseline,
                set,
                size,
                ink,
                slanted,
            } => {
                self.surface.set_fill(Some(fill(palette, *ink)));
                self.surface.set_stroke(None);
                if *slanted {
                    let turn = Transform::from_rotate_at(-45.0, *x, *baseline);
                    self.surface.push_transform(&turn);
                }
                self.text((*x, *baseline), set, *size)?;
                if *slanted {
                    self.surface.pop();
                }
            }
            Mark::Box { at, ink } => {
                let mut path = PathBuilder::new();
                if let Some(rect) = Rect::from_xywh(at.x, at.y, at.width, at.height) {
                    path.push_rect(rect);
                }
                self.surface.set_fill(Some(fill(palette, *ink)));
                self.surface.set_stroke(None);
                if let Some(path) = path.finish() {
                    self.surface.draw_path(&path);
                }
            }
            Mark::Line {
                points,
                thickness,
                ink,
            } => {
                let mut path = PathBuilder::new();
                for (index, &(x, y)) in points.iter().enumerate() {
                    if index == 0 {
                        path.move_to(x, y);
                    } else {
                        path.line_to(x, y);
                    }
                }
                self.surface.set_fill(None);
                self.surface.set_stroke(Some(Stroke {
                    paint: color(palette.rgb(*ink)).into(),
                    width: *thickness,
                    line_cap: LineCap::Round,
                    line_join: LineJoin::Round,
                    ..Stroke::default()
                }));
                if let Some(path) = path.finish() {
                    self.surface.draw_path(&path);
                }
            }
            Mark::Logo { at } => {
                if let Some(logo) = &self.document.logo {
                    self.logo(logo, *at)?;
                }
            }
        }
        Ok(())
    }

    fn text(
        &mut self,
        (mut x, baseline): (f32, f32),
        set: &Set,
        size: f32,
    ) -> Result<(), DocumentError> {
        for run in &set.runs {
            if run.glyphs.iter().any(|glyph| glyph.id == 0) {
                return Err(missing(run));
            }
            let font = loaded(run.font).ok_or(DocumentError::Font)?;
            let start = Point::from_xy(x, baseline);
            self.surface
                .draw_glyphs(start, &run.glyphs, font, &run.text, size, false);
            x += run.glyphs.iter().map(|glyph| glyph.advance).sum::<f32>() * size;
        }
        Ok(())
    }

    fn logo(&mut self, logo: &Logo, at: Area) -> Result<(), DocumentError> {
        let broken = || DocumentError::Writer("the logo cannot be drawn".to_owned());
        self.surface
            .push_transform(&Transform::from_translate(at.x, at.y));
        match logo.picture() {
            Picture::Png(bytes) => {
                let image =
                    Image::from_png(Data::from(bytes.clone()), false).map_err(|_| broken())?;
                let size = Size::from_wh(at.width, at.height).ok_or_else(broken)?;
                self.surface.draw_image(image, size);
            }
            Picture::Svg(tree) => {
                let (width, height) = logo.size();
                let scale = Transform::from_scale(at.width / width, at.height / height);
                self.surface.push_transform(&scale);
                svg::draw(self.surface, tree.root());
                self.surface.pop();
            }
        }
        self.surface.pop();
        Ok(())
    }
}

fn missing(run: &Run) -> DocumentError {
    let glyph = run.glyphs.iter().find(|glyph| glyph.id == 0);
    let character = glyph
        .and_then(|glyph| run.text.get(glyph.start..))
        .and_then(|rest| rest.chars().next());
    DocumentError::MissingGlyph {
        word: run.text.chars().take(40).collect(),
        character: character.unwrap_or(char::REPLACEMENT_CHARACTER),
    }
}

fn fill(palette: Palette, ink: crate::page::Ink) -> Fill {
    Fill {
        paint: color(palette.rgb(ink)).into(),
        opacity: NormalizedF32::ONE,
        ..Fill::default()
    }
}

fn color([red, green, blue]: [u8; 3]) -> rgb::Color {
    rgb::Color::new(red, green, blue)
}

/// The fonts of the house, read once in the life of the program.
static HOUSE: LazyLock<Option<[Font; 3]>> = LazyLock::new(|| {
    let faces = faces().ok()?;
    let read = |weight| Font::new(Data::from(faces.of(weight).bytes), 0);
    Some([
        read(Weight::Regular)?,
        read(Weight::Medium)?,
        read(Weight::SemiBold)?,
    ])
});

fn loaded(id: FontId) -> Option<Font> {
    match id {
        FontId::House(weight) => {
            let [regular, medium, semi_bold] = HOUSE.as_ref()?;
            Some(match weight {
                Weight::Regular => regular.clone(),
                Weight::Medium => medium.clone(),
                Weight::SemiBold => semi_bold.clone(),
            })
        }
        FontId::Behind(place) => Font::new(Data::from(font(place)?.bytes), 0),
    }
}

impl krilla::text::Glyph for Glyph {
    fn glyph_id(&self) -> GlyphId {
        GlyphId::new(u32::from(self.id))
    }

    fn text_range(&self) -> std::ops::Range<usize> {
        self.start..self.end
    }

    fn x_advance(&self, size: f32) -> f32 {
        self.advance * size
    }

    fn x_offset(&self, size: f32) -> f32 {
        self.right * size
    }

    fn y_offset(&self, size: f32) -> f32 {
        self.up * size
    }

    fn y_advance(&self, _: f32) -> f32 {
        0.0
    }

    fn location(&self) -> Option<krilla::surface::Location> {
        None
    }
}

/// Whether the picture can be drawn to the end: what is damaged shows only then.
pub(crate) fn can_draw(logo: &Logo) -> bool {
    let frame = Frame::of(crate::PaperSize::A4);
    let page = crate::page::Page {
        marks: vec![Mark::Logo {
            at: Area {
                x: 0.0,
                y: 0.0,
                width: 100.0,
                height: 100.0,
            },
        }],
    };
    let document = Document {
        title: "Logo".to_owned(),
        author: "Tallyport".to_owned(),
        subject: String::new(),
        keywords: Vec::new(),
        language: crate::Language::English,
        day: jiff::civil::Date::constant(2000, 1, 1),
        frame,
        palette: Palette::of(None),
        logo: Some(logo.clone()),
        pages: vec![page],
        bookmarks: Vec::new(),
    };
    write(&document, None).is_ok()
}
