//! The bill: every row of every day, as it is known today.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::calendar::{Calendar, Day};
use super::estate::Estate;
use super::extra::{self, Extra};
use super::inventory::RENEWAL_OF_FIRST;
use super::line::{Line, Nano, ONE, Pledge, RecordType, Row};
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
        slip: Option<Date>,
        extras: &[Extra],
    ) -> Self {
        let days = calendar.until(today);
        let mut writer = Writer {
            seed,
            estate,
            stops,
            pledges: pledges(calendar, estate),
            lines: vec![],
            rows: vec![],
            known: BTreeMap::new(),
            unused: BTreeMap::new(),
        };
        for day in &days {
            writer.day(day);
        }
        writer.unused_reservations(&days);
        extra::add(&mut writer.lines, &mut writer.rows, extras);
        for row in writer.rows.iter_mut().filter(|row| Some(row.day) == slip) {
            row.unblended *= SLIP;
            row.amortized *= SLIP;
            row.discount *= SLIP;
        }
        let marketplace_from = calendar.date(estate.agreement_from);
        overhead::add(&mut writer.lines, &mut writer.rows, &days, marketplace_from);
        let Writer {
            lines, mut rows, ..
        } = writer;
        rows.sort_by_key(|row| (row.day, row.line));
        rows.dedup_by(|next, row| {
            let is_same = (next.day, next.line) == (row.day, row.line);
            if is_same {
                row.unblended += next.unblended;
                row.amortized += next.amortized;
                row.discount += next.discount;
                row.quantity += next.quantity;
                row.normalized += next.normalized;
            }
            is_same
        });
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

/// How many times too high an estimate is that slipped.
const SLIP: Nano = 1_000;
/// What the enterprise agreement takes off on-demand usage, in thousandths.
const ENTERPRISE_DISCOUNT: Nano = 40;

/// What exports tell of reservations, then of plans, in the order of the estate.
fn pledges(calendar: &Calendar, estate: &Estate) -> Vec<Arc<Pledge>> {
    let until = |index: i32| (index < i32::MAX).then(|| calendar.date(index));
    let reservations = estate.reservations.iter().map(|reservation| {
        let day_recurring = 24 * reservation.count * reservation.hourly;
        let days = i128::from(reservation.until - reservation.from);
        Pledge {
            id: reservation.id.clone(),
            is_plan: false,
            day_worth: day_recurring + reservation.upfront / days,
            day_recurring,
            upfront: reservation.upfront,
            count: reservation.count,
            from: calendar.date(reservation.from),
            until: until(reservation.until),
        }
    });
    let plans = estate.plans.iter().map(|plan| Pledge {
        id: plan.id.clone(),
        is_plan: true,
        day_worth: 24 * plan.hourly,
        day_recurring: 24 * plan.hourly,
        upfront: 0,
        count: 1,
        from: calendar.date(plan.from),
        until: until(plan.until),
    });
    reservations.chain(plans).map(Arc::new).collect()
}

struct Writer<'a> {
    seed: Seed,
    estate: &'a Estate,
    stops: &'a Stops,
    pledges: Vec<Arc<Pledge>>,
    lines: Vec<Line>,
    rows: Vec<Row>,
    /// Lines made so far, by (meter or commitment, record type, pledge).
    known: BTreeMap<(usize, RecordType, Option<usize>), usize>,
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
                        (RecordType::DiscountedUsage, Some(index)),
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
                    (estate.plans[plan].rate_thousandths, plan),
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
                    (RecordType::Usage, None),
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
        (rate, plan): (i128, usize),
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
        let pledge = self.estate.reservations.len() + plan;
        self.usage(
            number,
            meter,
            (RecordType::SavingsPlanCoveredUsage, Some(pledge)),
            day,
            (list, effective),
            covered,
        );
        let key = (number, RecordType::SavingsPlanNegation, Some(pledge));
        let negation = self.line(key, || Line {
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
            discount: 0,
            quantity: covered,
            normalized: 0,
        });
        covered
    }

    fn usage(
        &mut self,
        number: usize,
        meter: &Meter,
        (record, pledge): (RecordType, Option<usize>),
        day: &Day,
        (unblended, amortized): (Nano, Nano),
        quantity: Nano,
    ) {
        let line = self.line((number, record, pledge), || Line {
            record,
            purchase: match record {
                RecordType::DiscountedUsage => "Standard Reserved Instances",
                RecordType::SavingsPlanCoveredUsage => "Savings Plans",
                _ => meter.line.purchase,
            },
            ..meter.line.clone()
        });
        let normalized = quantity * meter.factor_quarters / 4;
        let is_discounted = record == RecordType::Usage && day.index >= self.estate.agreement_from;
        let discount = if is_discounted {
            -(unblended * ENTERPRISE_DISCOUNT / 1_000)
        } else {
            0
        };
        self.rows.push(Row {
            line,
            day: day.date,
            unblended,
            amortized,
            discount,
            quantity,
            normalized,
        });
        if discount != 0 {
            let record = RecordType::EnterpriseDiscount;
            let line = self.line((number, record, None), || Line {
                record,
                ..meter.line.clone()
            });
            self.rows.push(Row {
                line,
                day: day.date,
                unblended: discount,
                amortized: discount,
                discount: -discount,
                quantity: 0,
                normalized: 0,
            });
        }
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
                discount: 0,
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
                discount: 0,
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
                    discount: 0,
                    quantity: 0,
                    normalized: 0,
                });
            }
        }
    }

    fn reservation_line(&mut self, index: usize, record: RecordType) -> usize {
        let reservation = &self.estate.reservations[index];
        self.line((COMMITMENTS + index, record, Some(index)), || Line {
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
        let record = RecordType::SavingsPlanRecurringFee;
        let pledge = self.estate.reservations.len() + index;
        let key = (2 * COMMITMENTS + index, record, Some(pledge));
        let line = self.line(key, || Line {
            usage_type: "ComputeSP:1yrNoUpfront".into(),
            purchase: "Savings Plans",
            resource: plan.id.clone(),
            unit: "Hrs",
            ..Line::overhead(plan.account, "Savings Plans for AWS Compute usage", record)
        });
        self.rows.push(Row {
            line,
            day: day.date,
            unblended: committed,
            amortized: unused,
            discount: 0,
            quantity: 24 * ONE,
            normalized: 0,
        });
    }

    fn line(
        &mut self,
        key: (usize, RecordType, Option<usize>),
        make: impl FnOnce() -> Line,
    ) -> usize {
        let pledge = key.2.and_then(|pledge| self.pledges.get(pledge)).cloned();
        *self.known.entry(key).or_insert_with(|| {
            self.lines.push(Line { pledge, ..make() });
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
