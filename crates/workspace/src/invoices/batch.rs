//! The same for many in one go: a month is drafted for everybody, drafts are approved and issued, invoices are
//! sent. Each is a transaction of its own, so that one that cannot be hinders no other, and what is done stays
//! done wherever it is stopped. Begun again it goes on with the rest: what is done already is left as it is.

mod told;
mod work;

use std::collections::HashMap;
use std::str::FromStr;

use tallyport_ledger::{BillingPeriod, IssueInvoices, OwnerId};
use tallyport_store::{InvoiceId, Job, NamedOwner, Reads, Recipients, StoreError};

use self::told::told;
use self::work::Work;
use crate::jobs::JobHandle;
use crate::pricing::billed_recipients;
use crate::{Context, Grant, WorkspaceError};

/// The kind of its jobs. What begins so is for those who may read invoices.
pub const KIND: &str = "invoices.batch";
/// So many documents can be named.
const NAMED: usize = 10_000;

/// What is done with each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BatchAction {
    /// Drafted.
    Draft,
    /// Found right.
    Approve,
    /// Issued.
    Issue,
    /// Sent to who is billed.
    Send,
}

/// What is to be done, and with which.
#[derive(Debug, Clone)]
pub struct BatchAsk {
    /// What is done.
    pub action: BatchAction,
    /// With which.
    pub over: BatchOver,
}

/// Which are meant.
#[derive(Debug, Clone)]
pub enum BatchOver {
    /// The invoices of a month.
    Month(BillingPeriod, Recipients),
    /// These documents, in this order.
    Documents(Vec<InvoiceId>),
}

impl BatchAction {
    const ALL: [Self; 4] = [Self::Draft, Self::Approve, Self::Issue, Self::Send];

    /// Its word on the wire.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Approve => "approve",
            Self::Issue => "issue",
            Self::Send => "send",
        }
    }

    fn title(self, over: &BatchOver) -> String {
        let verb = match self {
            Self::Draft => "Draft",
            Self::Approve => "Approve",
            Self::Issue => "Issue",
            Self::Send => "Send",
        };
        match over {
            BatchOver::Month(month, _) => format!("{verb} invoices of {month}"),
            BatchOver::Documents(ids) => format!("{verb} {} invoices", ids.len()),
        }
    }
}

impl FromStr for BatchAction {
    type Err = WorkspaceError;

    fn from_str(text: &str) -> Result<Self, WorkspaceError> {
        let found = Self::ALL.into_iter().find(|action| action.word() == text);
        found.ok_or_else(|| {
            WorkspaceError::invalid(
                "action",
                "one of draft, approve, issue and send is expected",
            )
        })
    }
}

/// One that something is to be done with: a document, or somebody without one.
#[derive(Debug, Clone)]
struct Item {
    whom: NamedOwner,
    document: Option<InvoiceId>,
}

/// Begins it and answers at once with the job; its result says what became of each.
///
/// # Errors
/// [`WorkspaceError::NotFound`] for somebody or a document that is not there; [`WorkspaceError::Invalid`]. What
/// cannot be done with one of them is in the result.
pub async fn batch(
    cx: &Context,
    by: &Grant<IssueInvoices>,
    ask: BatchAsk,
) -> Result<Job, WorkspaceError> {
    let BatchAsk { action, over } = ask;
    let (title, month) = match &over {
        BatchOver::Month(month, _) => (action.title(&over), Some(*month)),
        BatchOver::Documents(_) => (action.title(&over), None),
    };
    let items = cx.store.read(move |r| planned(r, action, over)).await?;
    let (context, grant) = (cx.clone(), by.clone());
    let body = move |job: JobHandle| async move {
        let mut work = Work::of(&context, &grant, action, month).await?;
        let (rows, stopped) = work.all(items, &job).await;
        let result = told(action, month, &rows)?;
        match stopped {
            None => Ok(result),
            Some(error) => {
                job.keep(result);
                Err(error)
            }
        }
    };
    cx.jobs
        .start(by.name(), KIND, title, "invoices", body)
        .await
}

/// Whom or what it is about, in order.
fn planned(
    r: &Reads<'_>,
    action: BatchAction,
    over: BatchOver,
) -> Result<Vec<Item>, WorkspaceError> {
    let owners = r.owners()?;
    let named = |owner: OwnerId| {
        let found = owners.get(&owner).cloned();
        found.ok_or_else(|| StoreError::Damaged("an invoice is for nobody".to_owned()))
    };
    let (month, whom) = match over {
        BatchOver::Month(month, whom) => (month, whom),
        BatchOver::Documents(ids) => {
            if action == BatchAction::Draft {
                return Err(WorkspaceError::invalid(
                    "invoices",
                    "a month is drafted, not a document: name month and recipients",
                ));
            }
            if ids.len() > NAMED {
                return Err(WorkspaceError::invalid(
                    "invoices",
                    format!("at most {NAMED} documents can be named"),
                ));
            }
            let mut items: Vec<Item> = Vec::new();
            for id in ids {
                if items.iter().all(|item| item.document != Some(id)) {
                    let whom = named(r.invoice(id)?.owner)?;
                    items.push(Item {
                        whom,
                        document: Some(id),
                    });
                }
            }
            return Ok(items);
        }
    };
    let whose = match whom {
        Recipients::Everybody(kind) => billed_recipients(r, &owners, kind, month)?,
        Recipients::Only(keys) => keys
            .into_iter()
            .map(|key| r.owner_of(key))
            .collect::<Result<_, _>>()?,
    };
    let mut documents: HashMap<OwnerId, Vec<InvoiceId>> = HashMap::new();
    if action != BatchAction::Draft {
        for (owner, id) in r.invoices_of(month)? {
            documents.entry(owner).or_default().push(id);
        }
    }
    let mut items = Vec::new();
    for owner in whose {
        let whom = named(owner)?;
        let documents = documents.remove(&owner).unwrap_or_default();
        if documents.is_empty() {
            items.push(Item {
                whom: whom.clone(),
                document: None,
            });
        }
        items.extend(documents.into_iter().map(|id| Item {
            whom: whom.clone(),
            document: Some(id),
        }));
    }
    Ok(items)
}
