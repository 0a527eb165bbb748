//! The door from outside: every route, every role, every refusal.

mod document;
