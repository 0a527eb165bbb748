//! The bill: every row of every day, as it is known today.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::calendar::{Calendar, Day};
use super::estate::Estate;
use super::inventory::RENEWAL_OF_FIRST;
use super::line::{Line, Nano, ONE, RecordType, Row};
use super::meter::{Cover, Meter};
use super::overhead;
use super::seed::Seed;

/// When instances were switched off: by instance, (last day on, first day on again).
pub(crate) type Stops = BTreeMap<String, Vec<(Date, Option<Date>)>>;

/// All that the company was ever charged, as known on one day.
#[derive(Debug)]
pub(crate) struct Bill {
    pub today: Date,
    pub lines: Vec<Line>,
    /// In order of days.
    pub rows: Vec<Row>,
}

impl Bill {
    pub fn write(
        seed: Seed,
        calendar: &Calendar,
        estate: &Estate,
        today: Date,
        stops: &Stops,
    ) -> Self {
        let days = calendar.until(today);
        let mut writer = Writer {
            seed,
            estate,
            stops,
            lines: vec![],
            rows: vec![],
            known: BTreeMap::new(),
            unused: BTreeMap::new(),
        };
        for day in &days {
            writer.day(day);
        }
        writer.unused_reservations(&days);
        overhead::add(&mut writer.lines, &mut writer.rows, &days);
        let Writer {
            lines, mut rows, ..
        } = writer;
        rows.sort_by_key(|row| (row.day, row.line));
        Self { today, lines, rows }
    }

    /// The rows of `from..to`.
    pub fn between(&self, from: Date, to: Date) -> &[Row] {
        let first = self.rows.partition_point(|row| row.day < from);
        let last = self.rows.partition_point(|row| row.day < to);
        self.rows.get(first..last).unwrap_or_default()
    }

    /// Whether what a period holds may still change: it reaches into the last three days, or
    /// into a month that is not closed (the last one closes after its fifth day).
    pub fn is_estimated(&self, end: Date) -> bool {
        let this_month = self.today.first_of_month();
        let open_from = if self.today.day() <= 5 {
            this_month
                .yesterday()
                .map_or(this_month, Date::first_of_month)
        } else {
            this_month
        };
        end > open_from
    }
}

struct Writer<'a> {
    seed: Seed,
    estate: &'a Estate,
    stops: &'a Stops,
    lines: Vec<Line>,
    rows: Vec<Row>,
    /// Lines made so far, by (meter or commitment, record type).
    known: BTreeMap<(usize, RecordType), usize>,
    /// What a reservation did not use, by (reservation, month).
    unused: BTreeMap<(usize, Date), Nano>,
}

/// Commitments are numbered after the meters.
const COMMITMENTS: usize = 1_000_000;

impl Writer<'_> {
    fn day(&mut self, day: &Day) {
        let estate = self.estate;
        let mut hours: Vec<Nano> = estate
            .reservations
            .iter()
            .map(|reservation| {
                if reservation.is_active(day) {
                    reservation.hours()
                } else {
                    0
                }
            })
            .collect();
        let worth: Vec<Nano> = estate
            .reservations
            .iter()
            .map(|reservation| {
                if reservation.is_active(day) {
                    reservation.worth(day)
                } else {
                    0
                }
            })
            .collect();
        let mut effective_used = vec![0; hours.len()];
        let plan = estate
            .plans
            .iter()
            .position(|plan| plan.commitment(day) > 0);
        let committed = plan.map_or(0, |index| estate.plans[index].commitment(day));
        let mut plan_left = committed;

        for (number, meter) in estate.meters.iter().enumerate() {
            let mut quantity = if self.is_off(&meter.line.resource, day.date) {
                0
            } else {
                meter.quantity(self.seed, day)
            };
            if quantity == 0 {
                continue;
            }
            if let Some(index) = covering(meter, &worth) {
                let covered = quantity.min(hours[index]);
                if covered > 0 {
                    let effective = worth[index] * covered / estate.reservations[index].hours();
                    hours[index] -= covered;
                    effective_used[index] += effective;
                    quantity -= covered;
                    self.usage(
                        number,
                        meter,
                        RecordType::DiscountedUsage,
                        day,
                        (0, effective),
                        covered,
                    );
                }
            }
            if let (Cover::SavingsPlan, Some(plan)) = (meter.cover, plan) {
                quantity -= self.plan_usage(
                    number,
                    meter,
                    estate.plans[plan].rate_thousandths,
                    &mut plan_left,
                    day,
                    quantity,
                );
            }
            if quantity > 0 {
                let cost = quantity * meter.price / ONE;
                self.usage(
                    number,
                    meter,
                    RecordType::Usage,
                    day,
                    (cost, cost),
                    quantity,
                );
            }
        }
        for index in 0..worth.len() {
            self.reservation_fees(index, day);
            *self
                .unused
                .entry((index, day.date.first_of_month()))
                .or_default() += worth[index] - effective_used[index];
        }
        if let Some(plan) = plan {
            self.plan_fee(plan, day, committed, plan_left);
        }
    }

    fn is_off(&self, resource: &str, date: Date) -> bool {
        self.stops.get(resource).is_some_and(|stops| {
            stops
                .iter()
                .any(|(last_on, on_again)| date > *last_on && on_again.is_none_or(|on| date < on))
        })
    }

    /// Covers as much of `quantity` as is left of the commitment; tells how much that was.
    fn plan_usage(
        &mut self,
        number: usize,
        meter: &Meter,
        rate: i128,
        left: &mut Nano,
        day: &Day,
        quantity: Nano,
    ) -> Nano {
        let on_demand = quantity * meter.price / ONE;
        let at_plan_rate = on_demand * rate / 1_000;
        let (covered, list, effective) = if at_plan_rate <= *left {
            (quantity, on_demand, at_plan_rate)
        } else {
            (
                quantity * *left / at_plan_rate,
                on_demand * *left / at_plan_rate,
                *left,
            )
        };
        if covered == 0 || list == 0 {
            return 0;
        }
        *left -= effective;
        self.usage(
            number,
            meter,
            RecordType::SavingsPlanCoveredUsage,
            day,
            (list, effective),
            covered,
        );
        let negation = self.line(number, RecordType::SavingsPlanNegation, || Line {
            record: RecordType::SavingsPlanNegation,
            purchase: "Savings Plans",
            resource: "NoResourceId".into(),
            tags: [].into(),
            ..meter.line.clone()
        });
        self.rows.push(Row {
            line: negation,
            day: day.date,
            unblended: -list,
            amortized: 0,
            quantity: covered,
            normalized: 0,
        });
        covered
    }

    fn usage(
        &mut self,
        number: usize,
        meter: &Meter,
        record: RecordType,
        day: &Day,
        (unblended, amortized): (Nano, Nano),
        quantity: Nano,
    ) {
        let line = self.line(number, record, || Line {
            record,
            purchase: match record {
                RecordType::DiscountedUsage => "Standard Reserved Instances",
                RecordType::SavingsPlanCoveredUsage => "Savings Plans",
                _ => meter.line.purchase,
            },
            ..meter.line.clone()
        });
        let normalized = quantity * meter.factor_quarters / 4;
        self.rows.push(Row {
            line,
            day: day.date,
            unblended,
            amortized,
            quantity,
            normalized,
        });
    }

    fn reservation_fees(&mut self, index: usize, day: &Day) {
        let reservation = &self.estate.reservations[index];
        if !reservation.is_active(day) {
            return;
        }
        if day.index == reservation.from && reservation.upfront > 0 {
            let line = self.reservation_line(index, RecordType::UpfrontFee);
            let quantity = reservation.count * ONE;
            self.rows.push(Row {
                line,
                day: day.date,
                unblended: reservation.upfront,
                amortized: 0,
                quantity,
                normalized: 0,
            });
        }
        let fee = reservation.recurring_fee(day);
        if fee > 0 {
            let line = self.reservation_line(index, RecordType::ReservationFee);
            let quantity = fee * ONE / reservation.hourly;
            self.rows.push(Row {
                line,
                day: day.date,
                unblended: fee,
                amortized: 0,
                quantity,
                normalized: 0,
            });
        }
    }

    /// Cost Explorer shows what a reservation did not use on the 1st of its month.
    fn unused_reservations(&mut self, days: &[Day]) {
        let Some(first_day) = days.first().map(|day| day.date) else {
            return;
        };
        for ((index, month), unused) in std::mem::take(&mut self.unused) {
            if unused != 0 {
                let line = self.reservation_line(index, RecordType::ReservationFee);
                self.rows.push(Row {
                    line,
                    day: month.max(first_day),
                    unblended: 0,
                    amortized: unused,
                    quantity: 0,
                    normalized: 0,
                });
            }
        }
    }

    fn reservation_line(&mut self, index: usize, record: RecordType) -> usize {
        let reservation = &self.estate.reservations[index];
        self.line(COMMITMENTS + index, record, || Line {
            region: reservation.region,
            instance_type: reservation.kind,
            operation: reservation.operation,
            usage_type: reservation.usage_type.clone(),
            purchase: "Standard Reserved Instances",
            resource: reservation.id.clone(),
            unit: "Hrs",
            ..Line::overhead(reservation.account, reservation.service, record)
        })
    }

    fn plan_fee(&mut self, index: usize, day: &Day, committed: Nano, unused: Nano) {
        let plan = &self.estate.plans[index];
        let line = self.line(
            2 * COMMITMENTS + index,
            RecordType::SavingsPlanRecurringFee,
            || Line {
                usage_type: "ComputeSP:1yrNoUpfront".into(),
                purchase: "Savings Plans",
                resource: plan.id.clone(),
                unit: "Hrs",
                ..Line::overhead(
                    plan.account,
                    "Savings Plans for AWS Compute usage",
                    RecordType::SavingsPlanRecurringFee,
                )
            },
        );
        self.rows.push(Row {
            line,
            day: day.date,
            unblended: committed,
            amortized: unused,
            quantity: 24 * ONE,
            normalized: 0,
        });
    }

    fn line(&mut self, number: usize, record: RecordType, make: impl FnOnce() -> Line) -> usize {
        *self.known.entry((number, record)).or_insert_with(|| {
            self.lines.push(make());
            self.lines.len() - 1
        })
    }
}

/// The reservation that covers a meter on a day: the first that is active, renewals included.
fn covering(meter: &Meter, worth: &[Nano]) -> Option<usize> {
    let Cover::Reservation(index) = meter.cover else {
        return None;
    };
    if worth.get(index).is_some_and(|worth| *worth > 0) {
        return Some(index);
    }
    (index == 0 && worth.get(RENEWAL_OF_FIRST).is_some_and(|worth| *worth > 0))
        .then_some(RENEWAL_OF_FIRST)
}
