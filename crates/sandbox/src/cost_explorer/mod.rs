//! Cost Explorer.
use crate::call::{Call, Reply};
use crate::dispatch::missing;
use crate::sandbox::State;

pub(crate) fn answer(_state: &State, call: &Call) -> Reply {
    missing("ce", call)
}
