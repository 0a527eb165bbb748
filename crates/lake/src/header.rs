use std::collections::HashMap;

/// The first row: the names of the columns, without regard to case.
pub(crate) struct Header {
    names: Vec<String>,
    places: HashMap<String, Vec<usize>>,
    read: Vec<bool>,
    /// Which were asked for by name.
    named: Vec<bool>,
}

impl Header {
    pub(crate) fn new(names: Vec<String>) -> Self {
        let mut places: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, name) in names.iter().enumerate() {
            places
                .entry(name.to_ascii_lowercase())
                .or_default()
                .push(at);
        }
        Self {
            read: vec![false; names.len()],
            named: vec![false; names.len()],
            names,
            places,
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.names.len()
    }

    pub(crate) fn names(&self) -> &[String] {
        &self.names
    }

    pub(crate) fn name(&self, at: usize) -> Option<&str> {
        self.names.get(at).map(String::as_str)
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.places.contains_key(&name.to_ascii_lowercase())
    }

    /// The first of `names` that the file has; it counts as read from then on.
    pub(crate) fn take(&mut self, names: &[&str]) -> Option<usize> {
        let at = names
            .iter()
            .find_map(|name| self.places.get(&name.to_ascii_lowercase()))?
            .first()
            .copied()?;
        self.mark(at);
        if let Some(named) = self.named.get_mut(at) {
            *named = true;
        }
        Some(at)
    }

    /// Notes that a column is read.
    pub(crate) fn mark(&mut self, at: usize) {
        if let Some(read) = self.read.get_mut(at) {
            *read = true;
        }
    }

    /// A column that is asked for by name and occurs twice: which of the two is meant cannot be
    /// told. Columns of tags are not asked for by name, and two of them may differ in case only.
    pub(crate) fn ambiguous(&self) -> Option<&str> {
        self.places
            .values()
            .find(|places| places.len() > 1 && places.iter().any(|at| self.named[*at]))
            .and_then(|places| places.first())
            .and_then(|at| self.name(*at))
    }

    /// The columns that are not read.
    pub(crate) fn unread(&self) -> impl Iterator<Item = &str> {
        self.names
            .iter()
            .zip(&self.read)
            .filter(|(name, read)| !**read && !name.is_empty())
            .map(|(name, _)| name.as_str())
    }
}
