//! What reports say, in the languages of documents.

mod english;
mod french;
mod german;
mod spanish;

use tallyport_documents::Language;

/// The words of one language. A `{}` is filled in, in order.
pub(super) struct Words {
    /// The mark of a demo workspace.
    pub demo: &'static str,
    pub in_currency: &'static str,

    pub summary: &'static str,
    pub total_of: &'static str,
    pub nobodys: &'static str,
    pub of_the_total: &'static str,
    pub expected_at_end: &'static str,
    pub band: &'static str,
    pub day_by_day: &'static str,
    pub drivers: &'static str,
    pub owners: &'static str,
    pub to_look_at: &'static str,
    pub budgets_in_danger: &'static str,

    pub costs_by_person: &'static str,
    pub paler_bar: &'static str,

    pub service: &'static str,
    pub person: &'static str,
    pub others: &'static str,
    pub nobody: &'static str,
    pub everybody: &'static str,
    pub everything: &'static str,
    pub cost: &'static str,
    pub share: &'static str,
    pub month_before: &'static str,
    pub change: &'static str,
    /// By how much, and on what.
    pub change_on: &'static str,
    /// What was nothing the month before.
    pub new: &'static str,

    pub budget: BudgetWords,
    pub savings: SavingsWords,
    pub account: AccountWords,
    pub sources: SourceWords,
    /// What there is to look at, by kind.
    pub attention: &'static [(&'static str, &'static str)],
}

pub(super) struct BudgetWords {
    pub title: &'static str,
    pub none: &'static str,
    pub budgets: &'static str,
    pub in_danger: &'static str,
    pub over_limit: &'static str,
    pub budget: &'static str,
    pub limit: &'static str,
    pub actual: &'static str,
    pub used: &'static str,
    pub expected: &'static str,
    pub state: &'static str,
    /// In the order of `BudgetState::ALL`.
    pub states: [&'static str; 5],
}

pub(super) struct SavingsWords {
    pub title: &'static str,
    pub list: &'static str,
    pub list_remark: &'static str,
    pub paid: &'static str,
    pub saved: &'static str,
    pub by_service: &'static str,
    pub negotiated: &'static str,
    pub commitments: &'static str,
    pub unused: &'static str,
    pub unused_is: &'static str,
    pub no_unused: &'static str,
    pub idle: &'static str,
    pub idle_is: &'static str,
    pub no_idle: &'static str,
    pub what: &'static str,
    pub unknown: &'static str,
    pub unknown_is: &'static [&'static str],
}

pub(super) struct AccountWords {
    pub title: &'static str,
    /// For whom, from when, to when.
    pub of: &'static str,
    pub owed_before: &'static str,
    pub invoiced: &'static str,
    pub taken_off: &'static str,
    pub owed_now: &'static str,
    pub day: &'static str,
    pub document: &'static str,
    pub reference: &'static str,
    pub amount: &'static str,
    pub balance: &'static str,
    pub invoice: &'static str,
    pub credit_note: &'static str,
    pub payment: &'static str,
    pub nothing: &'static str,
    pub basis: &'static str,
}

pub(super) struct SourceWords {
    /// From what, and how it stands.
    pub from: &'static str,
    pub one_period: &'static str,
    pub periods: &'static str,
    pub all_final: &'static str,
    pub one_estimated: &'static str,
    pub estimated: &'static str,
}

impl Words {
    pub const fn of(language: Language) -> &'static Self {
        match language {
            Language::English => &english::WORDS,
            Language::German => &german::WORDS,
            Language::French => &french::WORDS,
            Language::Spanish => &spanish::WORDS,
        }
    }

    /// What there is to look at of this kind.
    pub fn attention(&self, kind: &str) -> Option<&'static str> {
        let known = self.attention.iter();
        known
            .copied()
            .find(|(of, _)| *of == kind)
            .map(|(_, words)| words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every sentence with places to fill.
    const fn sentences(words: &'static Words) -> [&'static str; 14] {
        [
            words.in_currency,
            words.total_of,
            words.of_the_total,
            words.band,
            words.day_by_day,
            words.paler_bar,
            words.change_on,
            words.savings.list_remark,
            words.account.of,
            words.account.basis,
            words.sources.from,
            words.sources.one_period,
            words.sources.periods,
            words.sources.estimated,
        ]
    }

    #[test]
    fn every_language_has_the_same_places_to_fill_and_names_the_same_things_to_look_at() {
        let places = |sentence: &str| sentence.matches("{}").count();
        let kinds = |words: &Words| {
            words
                .attention
                .iter()
                .map(|(kind, _)| *kind)
                .collect::<Vec<_>>()
        };
        let english = Words::of(Language::English);
        for language in Language::ALL {
            let words = Words::of(language);
            assert_eq!(
                sentences(words).map(places),
                sentences(english).map(places),
                "{language:?}"
            );
            assert_eq!(kinds(words), kinds(english), "{language:?}");
            assert_eq!(
                words.savings.unknown_is.len(),
                english.savings.unknown_is.len()
            );
        }
    }
}
