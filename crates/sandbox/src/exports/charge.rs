//! The rows of a month as exports tell them: some are parted, some repeat a cost by pod.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use crate::company::{Bill, Line, Nano, RecordType, Row};
use crate::invoices::Numbers;

/// A month of the bill.
#[derive(Debug)]
pub(crate) struct Month {
    pub start: Date,
    /// The first day of the next.
    pub end: Date,
    /// The numbers of its invoices, once they are out.
    pub numbers: Option<Numbers>,
}

/// Which part of a row a charge is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Whole,
    /// The purchase of a commitment, without what of it is used or not.
    Bought,
    /// What of a commitment nothing used.
    Unused,
    /// A pod's share of an instance, in thousandths.
    Pod {
        share: Nano,
        /// Whether it is charged once more, as it should not be.
        is_charged: bool,
    },
}

/// One row of an export.
#[derive(Debug)]
pub(crate) struct Charge<'a> {
    pub line: &'a Line,
    pub row: Row,
    pub month: &'a Month,
    pub part: Part,
    /// The instance that a pod ran on.
    pub parent: &'a str,
    /// The how manieth row of its line and day it is.
    pub number: u32,
}

/// What of the bill goes into an export, and what is wrong with it on purpose.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Choice<'a> {
    /// Only this account; all where there is none.
    pub account: Option<&'a str>,
    /// An account whose rows are lost.
    pub without: Option<&'a str>,
    /// Rows that repeat instances by pod.
    pub has_pods: bool,
    /// They are charged once more.
    pub charges_pods: bool,
    pub discounts_twice: bool,
}

/// What runs on the nodes of the cluster: namespace, workload, thousandths of the node.
const PODS: [(&str, &str, Nano); 4] = [
    ("kube-system", "coredns", 60),
    ("shop", "checkout", 310),
    ("shop", "catalogue", 240),
    ("data", "ingest-worker", 190),
];
/// What no pod of a node uses, in thousandths.
pub(crate) const IDLE: Nano = 200;

/// Lines of pods by the line of their node.
#[derive(Debug, Default)]
pub(crate) struct Pods(BTreeMap<usize, Vec<(Line, Nano)>>);

impl Pods {
    pub fn of(bill: &Bill) -> Self {
        let is_node = |line: &Line| {
            line.operation == "RunInstances"
                && line.record != RecordType::EnterpriseDiscount
                && line.record != RecordType::SavingsPlanNegation
                && line
                    .tags
                    .iter()
                    .any(|(key, value)| key == "Name" && value.starts_with("cluster-node"))
        };
        let of_node = |line: &Line| -> Vec<(Line, Nano)> {
            PODS.iter()
                .map(|(namespace, workload, share)| {
                    let node = line.resource.get(3..9).unwrap_or_default();
                    let tags = [
                        ("aws:eks:cluster-name", "northwind"),
                        ("aws:eks:namespace", namespace),
                        ("aws:eks:workload-name", workload),
                    ];
                    let pod = Line {
                        operation: "EKSPod-EC2",
                        resource: format!(
                            "arn:aws:eks:{}:{}:pod/northwind/{namespace}/{workload}-{node}",
                            line.region, line.account
                        ),
                        tags: Arc::from(
                            tags.map(|(key, value)| (key.to_owned(), value.to_owned())),
                        ),
                        record: RecordType::Usage,
                        pledge: None,
                        price: 0,
                        ..line.clone()
                    };
                    (pod, *share)
                })
                .collect()
        };
        let nodes = bill.lines.iter().enumerate();
        Self(
            nodes
                .filter(|(_, line)| is_node(line))
                .map(|(number, line)| (number, of_node(line)))
                .collect(),
        )
    }
}

/// The charges of a month as a Cost and Usage Report has them: the rows of the bill, and pods.
pub(crate) fn of_report<'a>(
    bill: &'a Bill,
    pods: &'a Pods,
    month: &'a Month,
    choice: Choice<'_>,
) -> Vec<Charge<'a>> {
    let mut charges = vec![];
    for (line, row) in rows(bill, month, choice) {
        let copies = if choice.discounts_twice && line.record == RecordType::EnterpriseDiscount {
            2
        } else {
            1
        };
        for number in 0..copies {
            charges.push(Charge {
                line,
                row,
                month,
                part: Part::Whole,
                parent: "",
                number,
            });
        }
        if choice.has_pods {
            add_pods(&mut charges, pods, (line, row), month, choice);
        }
    }
    charges
}

/// The charges of a month in FOCUS's words: discounts lie in the cost that they lower, what a
/// Savings Plan takes back is not shown, and a purchase stands apart from what of it is not used.
pub(crate) fn of_focus<'a>(
    bill: &'a Bill,
    pods: &'a Pods,
    month: &'a Month,
    choice: Choice<'_>,
) -> Vec<Charge<'a>> {
    let mut charges = vec![];
    for (line, mut row) in rows(bill, month, choice) {
        if choice.discounts_twice {
            row.discount *= 2;
        }
        let parts: &[(Part, bool)] = match line.record {
            RecordType::SavingsPlanNegation | RecordType::EnterpriseDiscount => &[],
            RecordType::UpfrontFee => &[(Part::Bought, true)],
            RecordType::ReservationFee | RecordType::SavingsPlanRecurringFee => &[
                (Part::Bought, row.unblended != 0),
                (Part::Unused, row.amortized != 0),
            ],
            _ => &[(Part::Whole, true)],
        };
        for (number, (part, _)) in (0..).zip(parts.iter().filter(|(_, is_there)| *is_there)) {
            charges.push(Charge {
                line,
                row,
                month,
                part: *part,
                parent: "",
                number,
            });
        }
        // AWS's FOCUS export has no split cost data; that it is there is the fault.
        if choice.charges_pods {
            add_pods(&mut charges, pods, (line, row), month, choice);
        }
    }
    charges
}

fn rows<'a>(
    bill: &'a Bill,
    month: &Month,
    choice: Choice<'_>,
) -> impl Iterator<Item = (&'a Line, Row)> {
    let rows = bill.between(month.start, month.end).iter();
    rows.filter_map(move |row| {
        let line = bill.lines.get(row.line)?;
        let is_chosen = choice.account.is_none_or(|account| line.account == account)
            && choice.without != Some(line.account);
        is_chosen.then_some((line, *row))
    })
}

fn add_pods<'a>(
    charges: &mut Vec<Charge<'a>>,
    pods: &'a Pods,
    (line, row): (&'a Line, Row),
    month: &'a Month,
    choice: Choice<'_>,
) {
    for (pod, share) in pods.0.get(&row.line).into_iter().flatten() {
        charges.push(Charge {
            line: pod,
            row,
            month,
            part: Part::Pod {
                share: *share,
                is_charged: choice.charges_pods,
            },
            parent: &line.resource,
            number: 0,
        });
    }
}
