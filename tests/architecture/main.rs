//! The house keeps its shape: who may use whom, and the rules that no compiler checks.
#![expect(
    clippy::panic,
    reason = "a broken rule is told by failing with the list of places"
)]

mod interface;
mod manifests;
mod sources;
mod tree;

/// Fails with every place that breaks the rule, not only with the first.
fn hold(rule: &str, broken: &[String]) {
    if !broken.is_empty() {
        panic!("{rule}\n  {}", broken.join("\n  "));
    }
}
