//! How the workspace's documents look, and the look that a document is issued with.

use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest, Sha256};
pub use tallyport_documents::{Language, PaperSize, Rgb, UnknownLook};
use tallyport_documents::{Logo, Look};
use tallyport_ledger::{AdministerWorkspace, ViewCosts};
use tallyport_store::{Letterhead as Kept, Reads, StoreError};

use crate::trail::Trail;
use crate::{Context, Grant, WorkspaceError};

/// How documents look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letterhead {
    /// The language of their own words.
    pub language: Language,
    /// The size of the sheet.
    pub paper: PaperSize,
    /// The colour of bars and marks; the house's blue without one.
    pub brand: Option<Rgb>,
    /// The SHA-256 of the logo, if there is one.
    pub logo: Option<String>,
}

/// The look that a document was drafted with, as it is frozen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FrozenLook {
    language: String,
    paper: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    brand: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    logo: Option<String>,
}

impl Default for FrozenLook {
    fn default() -> Self {
        Self {
            language: Language::default().code().to_owned(),
            paper: PaperSize::default().word().to_owned(),
            brand: None,
            logo: None,
        }
    }
}

impl FrozenLook {
    /// Today's look; `language` is the buyer's own, where it is one that documents are written in.
    pub fn now(r: &Reads<'_>, language: Option<&str>) -> Result<Self, StoreError> {
        let Kept {
            language: usual,
            paper,
            brand,
            logo,
        } = r.letterhead()?;
        let own = language.and_then(|code| code.parse::<Language>().ok());
        Ok(Self {
            language: own.map_or(usual, |language| language.code().to_owned()),
            paper,
            brand,
            logo,
        })
    }

    /// What the document is drawn with.
    pub fn look(&self, r: &Reads<'_>) -> Result<Look, WorkspaceError> {
        let unreadable = || StoreError::Damaged("the look of a document cannot be read".to_owned());
        let logo = self
            .logo
            .as_ref()
            .map(|sha256| r.logo(sha256))
            .transpose()?;
        Ok(Look {
            language: self.language.parse().map_err(|_| unreadable())?,
            paper: self.paper.parse().map_err(|_| unreadable())?,
            brand: self
                .brand
                .as_deref()
                .map(str::parse)
                .transpose()
                .map_err(|_| unreadable())?,
            logo: logo
                .map(|bytes| Logo::kept(&bytes))
                .transpose()
                .map_err(|_| unreadable())?,
        })
    }
}

/// The look of what is drawn now, such as a report.
pub(crate) fn look(r: &Reads<'_>) -> Result<Look, WorkspaceError> {
    FrozenLook::now(r, None)?.look(r)
}

/// How documents look.
///
/// # Errors
/// The workspace file's.
pub async fn read(cx: &Context, _by: &Grant<ViewCosts>) -> Result<Letterhead, WorkspaceError> {
    cx.store.read(|r| told(r.letterhead()?)).await
}

/// Changes language, paper and colour. What is issued or approved keeps its look.
///
/// # Errors
/// The disk's.
pub async fn change(
    cx: &Context,
    by: &Grant<AdministerWorkspace>,
    language: Language,
    paper: PaperSize,
    brand: Option<Rgb>,
) -> Result<Letterhead, WorkspaceError> {
    let trail = Trail::of(cx, by);
    cx.store
        .write(move |w| {
            let kept = Kept {
                language: language.code().to_owned(),
                paper: paper.word().to_owned(),
                brand: brand.map(|brand| brand.to_string()),
                logo: w.letterhead()?.logo,
            };
            w.set_letterhead(&kept)?;
            let details =
                json!({ "language": kept.language, "paper": kept.paper, "brand": kept.brand });
            trail.keep(w, "letterhead.changed", "letterhead", &details)?;
            told(kept)
        })
        .await
}

/// Sets the logo: a PNG or an SVG that can be printed.
///
/// # Errors
/// [`WorkspaceError::Invalid`] says why the file is no logo, and what to do.
pub async fn set_logo(
    cx: &Context,
    by: &Grant<AdministerWorkspace>,
    bytes: Vec<u8>,
) -> Result<Letterhead, WorkspaceError> {
    let work = move || (Logo::read(&bytes).map(|_| ()), bytes);
    let (checked, bytes) = tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| WorkspaceError::Fault(error.to_string()))?;
    checked.map_err(|error| WorkspaceError::invalid("logo", error))?;
    let sha256 = hex(&Sha256::digest(&bytes));
    keep_logo(cx, by, Some((sha256, bytes))).await
}

/// Takes the logo away. What was issued with it keeps it.
///
/// # Errors
/// The disk's.
pub async fn drop_logo(
    cx: &Context,
    by: &Grant<AdministerWorkspace>,
) -> Result<Letterhead, WorkspaceError> {
    keep_logo(cx, by, None).await
}

/// The logo's file and its kind.
///
/// # Errors
/// [`WorkspaceError::NotFound`].
pub async fn logo(
    cx: &Context,
    _by: &Grant<ViewCosts>,
) -> Result<(Vec<u8>, &'static str), WorkspaceError> {
    cx.store
        .read(|r| {
            let sha256 = r.letterhead()?.logo.unwrap_or_default();
            let bytes = r.logo(&sha256)?;
            let kind =
                Logo::kept(&bytes).map_err(|error| WorkspaceError::invalid("logo", error))?;
            Ok((bytes, kind.media_type()))
        })
        .await
}

async fn keep_logo(
    cx: &Context,
    by: &Grant<AdministerWorkspace>,
    file: Option<(String, Vec<u8>)>,
) -> Result<Letterhead, WorkspaceError> {
    let trail = Trail::of(cx, by);
    cx.store
        .write(move |w| {
            let (logo, bytes) = file.unzip();
            if let (Some(sha256), Some(bytes)) = (&logo, &bytes) {
                w.keep_logo(sha256, bytes)?;
            }
            let kept = Kept {
                logo,
                ..w.letterhead()?
            };
            w.set_letterhead(&kept)?;
            let details = json!({ "logo": kept.logo });
            trail.keep(w, "letterhead.changed", "logo", &details)?;
            told(kept)
        })
        .await
}

fn told(kept: Kept) -> Result<Letterhead, WorkspaceError> {
    let unreadable = || StoreError::Damaged("the letterhead cannot be read".to_owned());
    Ok(Letterhead {
        language: kept.language.parse().map_err(|_| unreadable())?,
        paper: kept.paper.parse().map_err(|_| unreadable())?,
        brand: kept
            .brand
            .as_deref()
            .map(str::parse)
            .transpose()
            .map_err(|_| unreadable())?,
        logo: kept.logo,
    })
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
