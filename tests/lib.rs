//! The whole program, from outside: what holds for the house as a whole (`architecture`), and the
//! journeys in the real window (`window`, run by `cargo xtask test`).
