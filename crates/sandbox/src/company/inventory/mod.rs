//! The inventory: what stands where, who it is said to belong to, and since when.
//!
//! The tags are as messy as real ones on purpose: five spellings of one owner, two keys that
//! differ in case, a key with a space, values that are empty, and things with no tag at all.

mod data;
mod platform;
mod shared;
mod storefront;

use super::calendar::Calendar;
use super::cast::Tenant;
use super::estate::Estate;
use super::meter::Cover;
use super::seed::Seed;

const WEB_SERVERS: Cover = Cover::Reservation(0);
const ORDERS_DATABASE: Cover = Cover::Reservation(1);
/// The same web servers after the first reservation ran out.
pub(crate) const RENEWAL_OF_FIRST: usize = 2;

pub(crate) fn of_the_company(seed: Seed, calendar: &Calendar, tenants: &[Tenant]) -> Estate {
    let today = calendar.index(calendar.founded_on);
    let mut estate = Estate::new(seed);
    platform::platform(&mut estate, today);
    storefront::storefront(&mut estate);
    data::data(&mut estate, today);
    shared::nobody(&mut estate, today);
    shared::sftp(&mut estate, tenants);
    shared::commitments(&mut estate, calendar);
    estate
}
