//! One function each command: what it asks the door, and how a person reads the answer.

pub mod alerts;
pub mod anomalies;
pub mod api;
pub mod bills;
pub mod budgets;
pub mod care;
pub mod channels;
pub mod clients;
pub mod costs;
pub mod demo;
pub mod export;
pub mod forecast;
pub mod invoices;
pub mod manual;
pub mod people;
pub mod periods;
pub mod reconcile;
pub mod schedules;
pub mod serve;
pub mod sharing;
pub mod sources;
pub mod why;
