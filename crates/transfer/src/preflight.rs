//! Before anything moves: what would happen, and what would stand in the way, in plain words.

mod permissions;

use std::collections::HashSet;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use aws_config::SdkConfig;
use jiff::Timestamp;
use tallyport_ledger::Size;
use tallyport_store::FoundFile;

use crate::plan::{LARGEST_FILE, Plan, WHOLE};
use crate::wire::{Label, Wire};
use crate::{Random, Target, names, walk};

/// Files that are looked at; beyond that the transfer itself looks at each.
const LOOKED_AT: usize = 20_000;
/// What is told of each kind at most.
const TOLD: usize = 200;
/// Pages of a thousand objects that are compared with what is to be sent.
const PAGES: usize = 20;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// Good to know.
    Note,
    /// Something will not be as it looks.
    Warning,
    /// It would fail.
    Stop,
}

/// Something that was found out before anything moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How much it matters.
    pub weight: Weight,
    /// A stable word.
    pub code: &'static str,
    /// The file that it is about, if it is about one, from what was dropped on.
    pub path: Option<String>,
    /// A sentence.
    pub text: String,
}

/// Where a file goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Landing {
    /// Its path, from what was dropped on.
    pub path: String,
    /// Its key.
    pub key: String,
    /// Its size.
    pub bytes: u64,
}

/// Something that is there already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    /// Its key.
    pub key: String,
    /// Its size.
    pub bytes: u64,
    /// When it was written.
    pub modified: Option<Timestamp>,
}

/// What sending files would come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preflight {
    /// What was found, what matters most first.
    pub findings: Vec<Finding>,
    /// Files looked at.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Whether there are more than were looked at.
    pub more: bool,
    /// Where the first of them go.
    pub lands: Vec<Landing>,
    /// What is in their way.
    pub clashes: Vec<Clash>,
    /// Requests that it takes to send them, for the price.
    pub requests: u64,
}

/// Looks at what is to be sent and where it is to go. Writes nothing: whether writing is allowed is found
/// out with an upload in parts that is begun and ended.
///
/// `left` are the bytes that may still be stored there.
pub async fn preflight(
    config: &SdkConfig,
    sources: &[std::path::PathBuf],
    to: &Target,
    left: Option<u64>,
    random: &Random,
) -> Preflight {
    let (prefix, roots) = (to.prefix.clone(), sources.to_vec());
    let looked = tokio::task::spawn_blocking(move || look(&roots, &prefix)).await;
    let mut looked = looked.unwrap_or_default();
    looked.findings.extend(too_much(looked.bytes, left));
    let wire = Arc::new(Wire::new(config, &to.bucket, to.region.as_deref()));
    let clashes = clashes(&wire, &to.prefix, &looked.keys, &mut looked.findings).await;
    let mut token = [0; 8];
    random(&mut token);
    let probe = Label {
        key: format!("{}.tallyport-{:016x}", to.prefix, u64::from_be_bytes(token)),
        token: String::new(),
        name: None,
        key_id: to.key_id.clone(),
    };
    let found = permissions::findings(&wire, &probe, looked.has_large, !clashes.is_empty());
    looked.findings.extend(found.await);
    looked
        .findings
        .sort_by_key(|finding| std::cmp::Reverse(finding.weight));
    Preflight {
        findings: looked.findings,
        files: looked.keys.len() as u64,
        bytes: looked.bytes,
        more: looked.more,
        lands: looked.lands,
        clashes,
        requests: looked.requests,
    }
}

#[derive(Default)]
struct Looked {
    /// The names of what was dropped.
    roots: Vec<String>,
    findings: Vec<Finding>,
    keys: HashSet<String>,
    folded: HashSet<String>,
    lands: Vec<Landing>,
    bytes: u64,
    requests: u64,
    has_large: bool,
    more: bool,
}

fn look(sources: &[std::path::PathBuf], prefix: &str) -> Looked {
    let mut looked = Looked::default();
    let mut roots = Vec::new();
    for source in sources {
        match source.to_str() {
            Some(text) => {
                let name = source.file_name().unwrap_or_default();
                looked.roots.push(name.to_string_lossy().into_owned());
                roots.push(text.to_owned());
            }
            None => looked.tell(
                Weight::Stop,
                "transfer.path",
                Some(source.display().to_string()),
                "its path is not text in UTF-8",
            ),
        }
    }
    let flow = walk::walk(&roots, prefix, &mut |file| looked.take(file));
    looked.more = flow.is_break();
    looked
}

impl Looked {
    fn tell(
        &mut self,
        weight: Weight,
        code: &'static str,
        path: Option<String>,
        text: impl Into<String>,
    ) {
        if self.findings.len() < TOLD {
            self.findings.push(Finding {
                weight,
                code,
                path,
                text: text.into(),
            });
        }
    }

    /// What the person dropped, and the way from there.
    fn path(&self, file: &FoundFile) -> String {
        let root = usize::try_from(file.root).ok();
        let root = root.and_then(|root| self.roots.get(root));
        match root.map(String::as_str).unwrap_or_default() {
            root if file.path.is_empty() => root.to_owned(),
            root => [root, "/", &file.path].concat(),
        }
    }

    fn take(&mut self, file: FoundFile) -> ControlFlow<()> {
        if self.keys.len() >= LOOKED_AT {
            return ControlFlow::Break(());
        }
        let path = self.path(&file);
        let shown = Some(path.clone());
        if let Some((code, said)) = file.left_out {
            self.tell(Weight::Warning, code, shown, said);
            return ControlFlow::Continue(());
        }
        let Some(key) = file.key else {
            return ControlFlow::Continue(());
        };
        let name = Path::new(&key).file_name().and_then(|name| name.to_str());
        if let Some(doubt) = name.and_then(names::doubt) {
            self.tell(
                Weight::Warning,
                "transfer.doubtful_name",
                shown.clone(),
                doubt,
            );
        }
        if file.bytes > LARGEST_FILE {
            let text = "it is larger than what S3 keeps as one object (48.8 TiB)";
            self.tell(Weight::Stop, "transfer.too_large", shown.clone(), text);
        }
        if self.keys.contains(&key) {
            let text = "another file has the same name once it is spelled with composed characters";
            self.tell(Weight::Warning, "transfer.same_name", shown, text);
            return ControlFlow::Continue(());
        }
        if !self.folded.insert(key.to_lowercase()) {
            let text = "another name differs from it by capital letters only: Windows and macOS keep one of the two";
            self.tell(Weight::Warning, "transfer.same_letters", shown, text);
        }
        if self.lands.len() < TOLD {
            self.lands.push(Landing {
                path,
                key: key.clone(),
                bytes: file.bytes,
            });
        }
        self.keys.insert(key);
        self.bytes += file.bytes;
        self.requests += Plan::requests(file.bytes);
        self.has_large |= file.bytes > WHOLE;
        ControlFlow::Continue(())
    }
}

fn too_much(bytes: u64, left: Option<u64>) -> Option<Finding> {
    let left = left.filter(|left| bytes > *left)?;
    Some(Finding {
        weight: Weight::Stop,
        code: "transfer.quota",
        path: None,
        text: format!(
            "these are {}, and {} may still be stored there",
            Size(bytes),
            Size(left)
        ),
    })
}

/// What is there under the keys that are to be written.
async fn clashes(
    wire: &Wire,
    prefix: &str,
    keys: &HashSet<String>,
    findings: &mut Vec<Finding>,
) -> Vec<Clash> {
    let mut clashes = Vec::new();
    let mut continuation: Option<String> = None;
    // A few files are asked for one by one, however much lies beside them.
    if keys.len() <= PAGES {
        for key in keys {
            if let Ok(Some(object)) = wire.look(key, None).await {
                clashes.push(Clash {
                    key: key.clone(),
                    bytes: object.bytes,
                    modified: None,
                });
            }
        }
        return clashes;
    }
    for _ in 0..PAGES {
        let Ok((objects, next)) = wire.list(prefix, continuation.as_deref()).await else {
            return clashes;
        };
        let there = objects
            .into_iter()
            .filter(|object| keys.contains(&object.key));
        clashes.extend(there.map(|object| Clash {
            key: object.key,
            bytes: object.bytes,
            modified: object.modified,
        }));
        if next.is_none() {
            return clashes;
        }
        continuation = next;
    }
    findings.push(Finding {
        weight: Weight::Note,
        code: "transfer.not_all_compared",
        path: None,
        text: "so much lies there that not all of it was compared; whatever is in the way is found when it is sent".to_owned(),
    });
    clashes
}
