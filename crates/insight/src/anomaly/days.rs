use jiff::ToSpan;
use jiff::civil::Date;

/// A stretch of days and where each lies in its week and its month.
#[derive(Debug, Clone)]
pub struct Days {
    first: Date,
    places: Vec<Place>,
    months: Vec<Month>,
}

/// Where a day lies.
#[derive(Debug, Clone, Copy)]
struct Place {
    weekday: u8,
    of_month: u8,
    /// Which working day of its month it is; 0 on weekends.
    working: u8,
    month: u16,
}

/// A month: where its first day lies, which may be before the first of all days.
#[derive(Debug, Clone, Copy)]
struct Month {
    begins: i32,
    length: u8,
}

impl Days {
    /// `count` days from `first` on.
    #[must_use]
    pub fn new(first: Date, count: usize) -> Self {
        let mut places = Vec::with_capacity(count);
        let mut months: Vec<Month> = Vec::new();
        let mut day = first;
        let mut working = working_days_before(first);
        for at in 0..count {
            let of_month = u8::try_from(day.day()).unwrap_or(1);
            if months.is_empty() || of_month == 1 {
                let at = i32::try_from(at).unwrap_or(i32::MAX);
                months.push(Month {
                    begins: at - i32::from(of_month - 1),
                    length: u8::try_from(day.days_in_month()).unwrap_or(31),
                });
                if of_month == 1 {
                    working = 0;
                }
            }
            let weekday = u8::try_from(day.weekday().to_monday_zero_offset()).unwrap_or(0);
            let works = weekday < 5;
            working += u8::from(works);
            places.push(Place {
                weekday,
                of_month,
                working: if works { working } else { 0 },
                month: u16::try_from(months.len() - 1).unwrap_or(u16::MAX),
            });
            day = day.tomorrow().unwrap_or(day);
        }
        Self {
            first,
            places,
            months,
        }
    }

    /// How many days.
    #[must_use]
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// The day at a place.
    #[must_use]
    pub fn date(&self, at: usize) -> Date {
        let days = i64::try_from(at).unwrap_or(0);
        self.first.checked_add(days.days()).unwrap_or(self.first)
    }

    /// The place of a day, if it is one of them.
    #[must_use]
    pub fn place(&self, day: Date) -> Option<usize> {
        let days = self.first.until(day).ok()?.get_days();
        usize::try_from(days).ok().filter(|at| *at < self.len())
    }

    /// How many days its month has.
    pub(super) fn month_length(&self, at: usize) -> u8 {
        self.months[usize::from(self.places[at].month)].length
    }

    /// Monday is 0.
    pub(super) fn weekday(&self, at: usize) -> usize {
        usize::from(self.places[at].weekday)
    }

    /// The days of the month that lies `back` months before that lie in it where the day at `at` lies in its
    /// own: the same day or one beside it, as many days before the month's end, or the same working day of
    /// its first week. Whether there is such a month.
    pub(super) fn same_of_month_before(
        &self,
        at: usize,
        back: u16,
        mut each: impl FnMut(usize),
    ) -> bool {
        let place = self.places[at];
        let this = self.months[usize::from(place.month)];
        let Some(month) = place.month.checked_sub(back) else {
            return false;
        };
        let month = self.months[usize::from(month)];
        let mut look = |place: i32| {
            if let Some(found) = usize::try_from(place).ok().filter(|found| *found < at) {
                each(found);
            }
        };
        let of_month = i32::from(place.of_month).min(i32::from(month.length));
        let left = i32::from(this.length) - i32::from(place.of_month);
        let same = month.begins + of_month - 1;
        look(same);
        look(same - 1);
        look(same + 1);
        if left < 3 {
            look(month.begins + i32::from(month.length) - 1 - left);
        }
        if place.working > 0 && place.of_month <= 8 {
            for day in 0..10 {
                let there = month.begins + day;
                let found = usize::try_from(there)
                    .ok()
                    .and_then(|at| self.places.get(at));
                if found.is_some_and(|found| found.working == place.working) {
                    look(there);
                    break;
                }
            }
        }
        true
    }
}

/// How many working days of its month lie before `day`.
fn working_days_before(day: Date) -> u8 {
    let mut count = 0;
    let mut earlier = day.first_of_month();
    while earlier < day {
        count += u8::from(earlier.weekday().to_monday_zero_offset() < 5);
        earlier = earlier.tomorrow().unwrap_or(day);
    }
    count
}
