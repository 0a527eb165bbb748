//! What can be done with a document now, and by whom.

use tallyport_ledger::InvoiceState;

use super::InvoiceView;

/// Something that can be done with a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InvoiceAction {
    /// Put something on it by hand.
    Change,
    /// Throw it away.
    Discard,
    /// Find it right.
    Approve,
    /// Take the approval back.
    Withdraw,
    /// Issue it.
    Issue,
    /// Send it.
    Send,
    /// Record a payment.
    Pay,
    /// Take it back.
    Credit,
    /// Draft another one in its place.
    Replace,
}

impl InvoiceAction {
    /// Its word on the wire.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Change => "change",
            Self::Discard => "discard",
            Self::Approve => "approve",
            Self::Withdraw => "withdraw",
            Self::Issue => "issue",
            Self::Send => "send",
            Self::Pay => "pay",
            Self::Credit => "credit",
            Self::Replace => "replace",
        }
    }
}

impl InvoiceView {
    /// What somebody called `by`, who may issue invoices, can do with it now.
    #[must_use]
    pub fn actions(&self, by: &str) -> Vec<InvoiceAction> {
        use InvoiceAction as A;
        let other_eyes = !self.four_eyes || !self.drafted_by.iter().any(|author| author == by);
        let mut actions = Vec::new();
        match self.state {
            InvoiceState::Draft => {
                actions.extend([A::Change, A::Discard]);
                if other_eyes {
                    actions.push(A::Approve);
                }
                if !self.four_eyes {
                    actions.push(A::Issue);
                }
            }
            InvoiceState::Approved => actions.extend([A::Withdraw, A::Issue]),
            _ if self.content.kind().is_credit_note() => actions.push(A::Send),
            state => {
                actions.push(A::Send);
                let owed = self.standing.open().is_ok_and(|open| !open.is_zero());
                if owed {
                    actions.push(A::Pay);
                }
                if state != InvoiceState::Credited {
                    actions.push(A::Credit);
                }
                if self.replaced_by.is_none()
                    && (state == InvoiceState::Credited || !self.four_eyes)
                {
                    actions.push(A::Replace);
                }
            }
        }
        actions
    }
}
