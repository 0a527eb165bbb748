//! The sign of the house: a PNG or an SVG, looked at once, before anything is issued with it.

use std::sync::Arc;

use usvg::roxmltree;

use crate::pdf;

/// The most bytes a logo may have: each document carries it.
pub const MOST_LOGO_BYTES: usize = 1024 * 1024;
/// The most points of a picture: 2,000 by 2,000.
const MOST_POINTS: u64 = 4_000_000;
/// The most elements of a drawing.
const MOST_ELEMENTS: u32 = 20_000;

/// A logo that can be drawn.
#[derive(Debug, Clone)]
pub struct Logo(Arc<Inside>);

#[derive(Debug)]
struct Inside {
    bytes: Vec<u8>,
    picture: Picture,
    size: (f32, f32),
}

#[derive(Debug)]
pub(crate) enum Picture {
    Png(Arc<Vec<u8>>),
    Svg(Box<usvg::Tree>),
}

/// Why a file is no logo.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LogoError {
    /// Too many bytes.
    #[error("the logo has {} KiB; at most {} KiB can be printed on every document: save it smaller, or as SVG", .bytes / 1024, MOST_LOGO_BYTES / 1024)]
    TooLarge {
        /// How many it has.
        bytes: usize,
    },
    /// Too many points.
    #[error(
        "the logo is {width} by {height} points; at most 2,000 by 2,000 are needed in print: save it smaller, or as SVG"
    )]
    TooManyPoints {
        /// From side to side.
        width: u32,
        /// From top to bottom.
        height: u32,
    },
    /// Neither PNG nor SVG.
    #[error("the logo is no image that can be printed: it has to be a PNG or an SVG")]
    NoImage,
    /// A PNG that breaks off or contradicts itself.
    #[error("the logo is a PNG that cannot be read to its end: save it anew")]
    DamagedPng,
    /// An SVG that is none.
    #[error("the logo is an SVG that cannot be read: {0}")]
    DamagedSvg(String),
    /// An SVG with something that has no lines and areas.
    #[error("the logo's SVG has a <{element}>, which cannot be printed as it is: {hint}")]
    Unprintable {
        /// The element.
        element: String,
        /// What to do.
        hint: &'static str,
    },
}

impl PartialEq for Logo {
    fn eq(&self, other: &Self) -> bool {
        self.0.bytes == other.0.bytes
    }
}

impl Logo {
    /// Reads a PNG or an SVG.
    ///
    /// # Errors
    /// [`LogoError`] says why it cannot be printed, and what to do.
    pub fn read(bytes: &[u8]) -> Result<Self, LogoError> {
        if bytes.len() > MOST_LOGO_BYTES {
            return Err(LogoError::TooLarge { bytes: bytes.len() });
        }
        let logo = Self::kept(bytes)?;
        match (pdf::can_draw(&logo), logo.picture()) {
            (true, _) => Ok(logo),
            (false, Picture::Png(_)) => Err(LogoError::DamagedPng),
            (false, Picture::Svg(_)) => Err(LogoError::DamagedSvg("it draws nothing".to_owned())),
        }
    }

    /// A logo that [`Logo::read`] has let through before, without drawing it to see whether it can be.
    ///
    /// # Errors
    /// [`LogoError`], for what was never let through.
    pub fn kept(bytes: &[u8]) -> Result<Self, LogoError> {
        let is_png = bytes.starts_with(b"\x89PNG\r\n\x1a\n");
        let (picture, size) = if is_png { png(bytes)? } else { svg(bytes)? };
        Ok(Self(Arc::new(Inside {
            bytes: bytes.to_vec(),
            picture,
            size,
        })))
    }

    /// Its kind, for whoever shows it.
    #[must_use]
    pub fn media_type(&self) -> &'static str {
        match self.0.picture {
            Picture::Png(_) => "image/png",
            Picture::Svg(_) => "image/svg+xml",
        }
    }

    pub(crate) fn picture(&self) -> &Picture {
        &self.0.picture
    }

    pub(crate) fn size(&self) -> (f32, f32) {
        self.0.size
    }

    /// Its size within `width` by `height`, with its sides as they are to each other.
    pub(crate) fn fitted(&self, width: f32, height: f32) -> (f32, f32) {
        let (own_width, own_height) = self.0.size;
        let scale = (width / own_width).min(height / own_height);
        (own_width * scale, own_height * scale)
    }
}

fn png(bytes: &[u8]) -> Result<(Picture, (f32, f32)), LogoError> {
    let side = |at: usize| {
        let four = bytes.get(at..at + 4).and_then(|four| four.try_into().ok());
        four.map(u32::from_be_bytes).ok_or(LogoError::DamagedPng)
    };
    let (width, height) = (side(16)?, side(20)?);
    if u64::from(width) * u64::from(height) > MOST_POINTS {
        return Err(LogoError::TooManyPoints { width, height });
    }
    let points = |side: u32| u16::try_from(side).map(f32::from).ok();
    match (points(width), points(height)) {
        (Some(width), Some(height)) if width > 0.0 && height > 0.0 => {
            Ok((Picture::Png(Arc::new(bytes.to_vec())), (width, height)))
        }
        _ => Err(LogoError::TooManyPoints { width, height }),
    }
}

fn svg(bytes: &[u8]) -> Result<(Picture, (f32, f32)), LogoError> {
    let text = std::str::from_utf8(bytes).map_err(|_| LogoError::NoImage)?;
    if !text.contains("<svg") {
        return Err(LogoError::NoImage);
    }
    let damaged = |error: &dyn std::fmt::Display| LogoError::DamagedSvg(error.to_string());
    let reading = roxmltree::ParsingOptions {
        allow_dtd: true,
        nodes_limit: MOST_ELEMENTS,
        ..roxmltree::ParsingOptions::default()
    };
    let xml = roxmltree::Document::parse_with_options(text, reading).map_err(|e| damaged(&e))?;
    for element in xml.descendants().filter(roxmltree::Node::is_element) {
        if let Some(hint) = unprintable(element.tag_name().name()) {
            return Err(LogoError::Unprintable {
                element: element.tag_name().name().to_owned(),
                hint,
            });
        }
    }
    let tree =
        usvg::Tree::from_xmltree(&xml, &usvg::Options::default()).map_err(|e| damaged(&e))?;
    let size = (tree.size().width(), tree.size().height());
    if tree.root().children().is_empty() {
        return Err(LogoError::DamagedSvg("it draws nothing".to_owned()));
    }
    Ok((Picture::Svg(Box::new(tree)), size))
}

/// What has no lines and areas of its own, or would be fetched from elsewhere.
fn unprintable(element: &str) -> Option<&'static str> {
    match element {
        "text" => Some("turn its text into paths"),
        "image" | "feImage" => Some("use the PNG itself, or draw it with paths"),
        "filter" | "mask" | "pattern" => Some("use plain fills and gradients"),
        "script" | "foreignObject" => Some("a logo needs none"),
        _ => None,
    }
}
