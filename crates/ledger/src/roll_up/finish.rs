//! Sums become charges: numbered by the first line in which things occur, sorted, rounded once.

use jiff::civil::Date;

use super::key::{Dictionaries, Key, parts, tag_set};
use super::{RollUp, Shape, Sums, of_place};
use crate::apportion::Levels;
use crate::texts::NO_TEXT;
use crate::{
    Amounts, BillingAccountId, Charge, Dimensions, Exact, Figures, Load, LoadError, Name,
    PeriodLoad, PeriodStatus, ResourceId, Service, Sku, SubAccountId, Texts,
};

/// See [`RollUp::finish`].
pub(super) fn finish(roll_up: RollUp) -> Result<Load, LoadError> {
    let RollUp {
        texts,
        mut keys,
        shapes,
        days,
        charges,
        key_numbers,
        shape_numbers,
        ..
    } = roll_up;
    drop((key_numbers, shape_numbers));
    let (places, sums) = charges.into_parts();
    let firsts = first_lines(keys.len(), &places, &sums);
    let order = order(&firsts)?;
    let dimensions = renumber(&mut keys, &order, &shapes, &texts)?;
    let mut kinds = vec![NO_TEXT; keys.len()];
    for (kind, key) in (0..).zip(&order) {
        kinds[*key as usize] = kind;
    }
    let mut periods = periods(&keys, &shapes, &texts)?;
    let mut slices = slices(&keys, &days, &places, &sums)?;
    let mut charges = Vec::new();
    for slice in &mut slices {
        sort(slice)?;
        let line = |at: usize| {
            let place = slice[at].charge as usize;
            let (key, span) = of_place(places[place]);
            (&keys[key as usize], days[span as usize], &sums[place])
        };
        charges.clear();
        charges.extend((0..slice.len()).map(|at| {
            let key = of_place(places[slice[at].charge as usize]).0;
            charge(line(at), kinds[key as usize])
        }));
        let groups: Vec<(u32, u32)> = (0..slice.len())
            .map(|at| {
                let key = line(at).0;
                (
                    u32::try_from(key.category.number()).unwrap_or(0),
                    key.service,
                )
            })
            .collect();
        let levels = Levels::new(&groups)?;
        let round = |pick: fn(&Figures) -> Exact| {
            let mut nanos = vec![0; slice.len()];
            levels.apportion(
                |at| pick(&{ line(at).2.figures }),
                |at, rounded| {
                    nanos[at] = i64::try_from(rounded).map_err(|_| LoadError::Charge)?;
                    Ok::<_, LoadError>(())
                },
            )?;
            Ok::<_, LoadError>(nanos)
        };
        let of_amounts = both(
            || Ok((round(|f| f.billed)?, round(|f| f.effective)?)),
            || Ok((round(|f| f.list)?, round(|f| f.contracted)?)),
        );
        let ((billed, effective), (list, contracted)) = of_amounts?;
        for (at, charge) in charges.iter_mut().enumerate() {
            charge.amounts = Amounts {
                billed: billed[at],
                effective: effective[at],
                list: list[at],
                contracted: contracted[at],
            };
        }
        let Some(first) = slice.first() else { continue };
        let group = keys[of_place(places[first.charge as usize]).0 as usize].group;
        let whole = &mut periods[group as usize].charges;
        if whole.is_empty() {
            // Most periods are of one currency: what was made is what is wanted.
            std::mem::swap(whole, &mut charges);
        } else {
            whole.append(&mut charges);
        }
    }
    // A period all of whose lines were refused is none.
    periods.retain(|period| period.lines > 0);
    periods.sort_by(|a, b| (&a.billing_account, a.period).cmp(&(&b.billing_account, b.period)));
    Ok(Load {
        dimensions,
        periods,
    })
}

/// What both answer; the second is asked on a thread of its own.
fn both<A: Send, B: Send>(
    one: impl FnOnce() -> Result<A, LoadError>,
    other: impl FnOnce() -> Result<B, LoadError> + Send,
) -> Result<(A, B), LoadError> {
    std::thread::scope(|scope| {
        let other = scope.spawn(other);
        let one = one();
        let other = other
            .join()
            .unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        Ok((one?, other?))
    })
}

/// The first line of each key.
fn first_lines(keys: usize, places: &[u64], sums: &[Sums]) -> Vec<u64> {
    let mut firsts = vec![u64::MAX; keys];
    for (place, sums) in places.iter().zip(sums) {
        let first = &mut firsts[of_place(*place).0 as usize];
        *first = sums.first_line.min(*first);
    }
    firsts
}

/// The keys in the order of their first lines; those that no line has are left out.
fn order(firsts: &[u64]) -> Result<Vec<u32>, LoadError> {
    let mut order: Vec<u32> = (0..u32::try_from(firsts.len()).map_err(|_| LoadError::TooMany)?)
        .filter(|key| firsts[*key as usize] != u64::MAX)
        .collect();
    order.sort_unstable_by_key(|key| (firsts[*key as usize], *key));
    Ok(order)
}

/// Numbers what the keys refer to in the order of their first lines; what no line uses is gone.
fn renumber(
    keys: &mut [Key],
    order: &[u32],
    shapes: &[Shape],
    texts: &Dictionaries,
) -> Result<Dimensions, LoadError> {
    let mut sub_accounts = Renumbering::new(&texts.sub_accounts);
    let mut services = Renumbering::new(&texts.services);
    let mut regions = Renumbering::new(&texts.regions);
    let mut skus = Renumbering::new(&texts.skus);
    let mut resources = Renumbering::new(&texts.resources);
    let mut tag_sets = Renumbering::new(&texts.tag_sets);
    let mut units = Renumbering::new(&texts.units);
    let mut invoices = Renumbering::new(&texts.invoices);
    // The empty set is always the first.
    tag_sets.number(0);
    let (mut account_names, mut resource_names) = (
        FirstNames::new(texts.sub_accounts.len()),
        FirstNames::new(texts.resources.len()),
    );
    for shape in shapes {
        let key = &keys[shape.key as usize];
        account_names.see(key.sub_account, shape.first_line, shape.names.sub_account);
        resource_names.see(key.resource, shape.first_line, shape.names.resource);
    }
    for key in order {
        let key = &mut keys[*key as usize];
        key.sub_account = sub_accounts.number(key.sub_account);
        key.service = services.number(key.service);
        key.region = regions.number(key.region);
        key.sku = skus.number(key.sku);
        key.resource = resources.number(key.resource);
        key.tags = tag_sets.number(key.tags);
        key.unit = units.number(key.unit);
        key.invoice = invoices.number(key.invoice);
    }
    let named = |names: &FirstNames, old: u32| {
        let name = texts.names.get(names.name(old));
        (!name.is_empty()).then(|| name.to_owned())
    };
    Ok(Dimensions {
        sub_accounts: sub_accounts
            .texts(|old, text| Ok((SubAccountId::parse(text)?, named(&account_names, old))))?,
        services: services.texts(|_, text| {
            let [provider, name, category] = parts(text);
            Ok(Service {
                provider,
                name,
                category,
            })
        })?,
        regions: regions.texts(|_, text| Ok(text.to_owned()))?,
        skus: skus.texts(|_, text| {
            let [id, description] = parts(text);
            Ok(Sku { id, description })
        })?,
        resources: resources
            .texts(|old, text| Ok((ResourceId::parse(text)?, named(&resource_names, old))))?,
        tag_sets: tag_sets.texts(|_, text| Ok(tag_set(text)))?,
        units: units.texts(|_, text| Ok(text.to_owned()))?,
        invoices: invoices.texts(|_, text| Ok(text.to_owned()))?,
    })
}

/// New numbers for texts, in the order in which they are asked for.
struct Renumbering<'t> {
    texts: &'t Texts,
    new: Vec<u32>,
    order: Vec<u32>,
}

impl<'t> Renumbering<'t> {
    fn new(texts: &'t Texts) -> Self {
        Self {
            texts,
            new: vec![NO_TEXT; texts.len()],
            order: Vec::new(),
        }
    }

    fn number(&mut self, old: u32) -> u32 {
        let Some(new) = self.new.get_mut(old as usize) else {
            return NO_TEXT;
        };
        if *new == NO_TEXT {
            // No more than there were before.
            *new = u32::try_from(self.order.len()).unwrap_or(NO_TEXT);
            self.order.push(old);
        }
        *new
    }

    fn texts<T>(
        &self,
        make: impl Fn(u32, &str) -> Result<T, LoadError>,
    ) -> Result<Vec<T>, LoadError> {
        self.order
            .iter()
            .map(|old| make(*old, self.texts.get(*old)))
            .collect()
    }
}

/// The name that the first line with an id tells.
struct FirstNames(Vec<(u64, u32)>);

impl FirstNames {
    fn new(ids: usize) -> Self {
        Self(vec![(u64::MAX, NO_TEXT); ids])
    }

    fn see(&mut self, id: u32, line: u64, name: u32) {
        if let Some(first) = self.0.get_mut(id as usize)
            && line < first.0
        {
            *first = (line, name);
        }
    }

    fn name(&self, id: u32) -> u32 {
        self.0.get(id as usize).map_or(NO_TEXT, |first| first.1)
    }
}

/// The billing periods, without their charges yet.
fn periods(
    keys: &[Key],
    shapes: &[Shape],
    texts: &Dictionaries,
) -> Result<Vec<PeriodLoad>, LoadError> {
    let mut names = FirstNames::new(texts.groups.len());
    let mut counts = vec![(0_u64, 0_u64, false); texts.groups.len()];
    for shape in shapes {
        let group = keys[shape.key as usize].group;
        names.see(group, shape.first_line, shape.names.billing_account);
        let (lines, invoiced, estimated) = &mut counts[group as usize];
        *lines += shape.lines;
        *invoiced += shape.lines * u64::from(shape.invoiced);
        *estimated |= shape.estimated && shape.lines > 0;
    }
    let groups = texts.groups.iter().zip(counts).enumerate();
    groups
        .map(|(at, ((account, period), (lines, invoiced, estimated)))| {
            // Only the data says final: every line must carry the id of its invoice.
            let status = if lines > 0 && invoiced == lines {
                PeriodStatus::Final
            } else if estimated {
                PeriodStatus::Estimated
            } else {
                PeriodStatus::PendingInvoice
            };
            let group = u32::try_from(at).map_err(|_| LoadError::TooMany)?;
            Ok(PeriodLoad {
                billing_account: BillingAccountId::parse(texts.billing_accounts.get(*account))?,
                billing_account_name: Name::parse(texts.names.get(names.name(group))).ok(),
                period: *period,
                status,
                charges: Vec::new(),
                lines,
            })
        })
        .collect()
}

/// Sorts the charges of a period, each half on a thread of its own.
fn sort(slice: &mut [Standing]) -> Result<(), LoadError> {
    let (one, other) = slice.split_at_mut(slice.len() / 2);
    let sorted = |half: &mut [Standing]| {
        half.sort_unstable();
        Ok(())
    };
    both(|| sorted(one), || sorted(other))?;
    // Two runs, which need only be merged.
    slice.sort();
    Ok(())
}

/// Where a charge stands in its period: by day, by service, by first line.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Standing {
    day_and_service: u64,
    first_line: u64,
    charge: u32,
}

/// The charges of each group and currency; groups in their order, currencies by their code.
fn slices(
    keys: &[Key],
    days: &[(Date, Option<Date>)],
    places: &[u64],
    sums: &[Sums],
) -> Result<Vec<Vec<Standing>>, LoadError> {
    let mut kinds: Vec<_> = keys.iter().map(|key| (key.group, key.currency)).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let slice_of: Vec<usize> = keys
        .iter()
        .map(|key| kinds.binary_search(&(key.group, key.currency)).unwrap_or(0))
        .collect();
    let order: Vec<u64> = days.iter().map(|(day, _)| day_number(*day)).collect();
    let mut counts = vec![0_usize; kinds.len()];
    for place in places {
        counts[slice_of[of_place(*place).0 as usize]] += 1;
    }
    let mut slices: Vec<Vec<Standing>> = counts.into_iter().map(Vec::with_capacity).collect();
    for (at, (place, sums)) in places.iter().zip(sums).enumerate() {
        let (key, span) = of_place(*place);
        let service = u64::from(keys[key as usize].service);
        slices[slice_of[key as usize]].push(Standing {
            day_and_service: order[span as usize] << 32 | service,
            first_line: sums.first_line,
            charge: u32::try_from(at).map_err(|_| LoadError::TooMany)?,
        });
    }
    Ok(slices)
}

/// A number that grows with the day.
fn day_number(day: Date) -> u64 {
    let year = u64::from(day.year().unsigned_abs());
    let part = |n: i8| u64::from(n.unsigned_abs());
    (year * 16 + part(day.month())) * 32 + part(day.day())
}

fn charge((key, (day, last_day), sums): (&Key, (Date, Option<Date>), &Sums), kind: u32) -> Charge {
    let present = |number: u32| (number != NO_TEXT).then_some(number);
    Charge {
        day,
        last_day,
        sub_account: present(key.sub_account),
        service: key.service,
        region: present(key.region),
        sku: key.sku,
        resource: present(key.resource),
        tags: key.tags,
        category: key.category,
        class: key.class,
        currency: key.currency,
        amounts: Amounts::default(),
        quantity: sums.figures.quantity,
        unit: key.unit,
        invoice: present(key.invoice),
        kind,
        first_line: sums.first_line,
        last_line: sums.last_line,
        lines: sums.lines,
    }
}
