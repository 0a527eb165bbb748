//! The house keeps its shape: who may use whom, and the rules that no compiler checks.
#![expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a broken rule is told by failing, and a tree that cannot be read holds none"
)]

mod interface;
mod manifests;
mod sources;
mod tree;
mod wire;

/// Fails with every place that breaks the rule, not only with the first.
fn hold(rule: &str, broken: &[String]) {
    if !broken.is_empty() {
        panic!("{rule}\n  {}", broken.join("\n  "));
    }
}
