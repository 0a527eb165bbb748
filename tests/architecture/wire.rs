//! Rules for what goes over the wire.

use std::collections::BTreeMap;

use proc_macro2::{Delimiter, TokenTree};

use crate::{
    hold,
    sources::{is_word, walk},
    tree::sources,
};

/// The trees within a group of this kind.
fn within(tree: Option<&TokenTree>, delimiter: Delimiter) -> Option<Vec<TokenTree>> {
    match tree {
        Some(TokenTree::Group(group)) if group.delimiter() == delimiter => {
            Some(group.stream().into_iter().collect())
        }
        _ => None,
    }
}

/// An attribute that begins here: its name and what stands in its brackets.
fn attribute(trees: &[TokenTree]) -> Option<(String, Vec<TokenTree>)> {
    let is_hash = matches!(trees.first(), Some(TokenTree::Punct(punct)) if punct.as_char() == '#');
    let inner = is_hash
        .then(|| within(trees.get(1), Delimiter::Bracket))
        .flatten()?;
    let words = within(inner.get(1), Delimiter::Parenthesis).unwrap_or_default();
    Some((inner.first()?.to_string(), words))
}

/// The name under which a type that begins here is described, if it is.
fn described(trees: &[TokenTree]) -> Option<String> {
    let (name, words) = attribute(trees)?;
    if name != "derive" || !words.iter().any(|word| is_word(Some(word), "ToSchema")) {
        return None;
    }
    let mut rest = &trees[2..];
    let mut called = None;
    while let Some((name, words)) = attribute(rest) {
        let is_name = words.first().is_some_and(|word| is_word(Some(word), "as"));
        if name == "schema" && is_name {
            called = words.get(2).map(ToString::to_string);
        }
        rest = &rest[2..];
    }
    let at = rest
        .iter()
        .position(|tree| is_word(Some(tree), "struct") || is_word(Some(tree), "enum"))?;
    called.or_else(|| rest.get(at + 1).map(ToString::to_string))
}

#[test]
fn no_two_types_on_the_wire_have_one_name() {
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for source in sources("crates/api/src", &[".rs"]) {
        walk(&source, &mut |trees| {
            if let Some(name) = described(trees) {
                places.entry(name).or_default().push(source.path.clone());
            }
        });
    }
    assert!(places.len() > 100, "the types were found");
    let twice: Vec<String> = places
        .into_iter()
        .filter(|(_, places)| places.len() > 1)
        .map(|(name, places)| format!("{name} in {}", places.join(" and ")))
        .collect();
    hold(
        "The description has one type of a name; the second would silently take the place of the first:",
        &twice,
    );
}
