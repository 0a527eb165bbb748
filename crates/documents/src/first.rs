//! The first layout: how every invoice was drawn before there was a second one. It is kept as it
//! is, so that what was issued in it renders to the same bytes for ever; nothing new goes in here.

mod invoice;
mod letterhead;
mod lines;
mod page;
mod pdf;
mod subset;
mod table;
mod text;
mod totals;

pub(crate) use invoice::render;
