use std::fmt;

/// What a tenant is called in what AWS is told: in its prefix, its role, its users' stem.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TenantSlug(String);

/// What somebody signs in as.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TenantUserName(String);

/// Why a text cannot be such a name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TenantNameError {
    /// Not a short name.
    #[error(
        "\"{0}\" is not a short name: 3 to 32 of a-z, 0-9 and single hyphens between them are expected"
    )]
    Slug(String),
    /// Not a user's name.
    #[error(
        "\"{0}\" is not a user's name: AWS takes 3 to 100 of a-z, A-Z, 0-9, _ @ . and -, the first no sign"
    )]
    User(String),
    /// A name that AWS keeps.
    #[error("nobody can be called \"{0}\": AWS keeps the name")]
    Kept(String),
}

fn shown(text: &str) -> String {
    text.chars().take(40).collect()
}

impl TenantSlug {
    /// 3 to 32 of a-z, 0-9 and single hyphens between them.
    ///
    /// # Errors
    /// [`TenantNameError::Slug`].
    pub fn parse(text: &str) -> Result<Self, TenantNameError> {
        let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        let fits = (3..=32).contains(&text.len())
            && text.bytes().all(allowed)
            && !text.starts_with('-')
            && !text.ends_with('-')
            && !text.contains("--");
        if fits {
            Ok(Self(text.to_owned()))
        } else {
            Err(TenantNameError::Slug(shown(text)))
        }
    }

    /// The short name that a customer's name suggests, if it has letters or digits enough.
    #[must_use]
    pub fn suggested(name: &str) -> Option<Self> {
        let mut slug = String::new();
        for c in name.chars().flat_map(char::to_lowercase) {
            match c {
                'a'..='z' | '0'..='9' => slug.push(c),
                'ä' => slug.push_str("ae"),
                'ö' => slug.push_str("oe"),
                'ü' => slug.push_str("ue"),
                'ß' => slug.push_str("ss"),
                _ if slug.is_empty() || slug.ends_with('-') => {}
                _ => slug.push('-'),
            }
        }
        slug.truncate(32);
        Self::parse(slug.trim_end_matches('-')).ok()
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TenantUserName {
    /// What AWS takes: 3 to 100 word characters, `@`, `.` and `-`, the first a word character.
    ///
    /// # Errors
    /// [`TenantNameError::User`], [`TenantNameError::Kept`].
    pub fn parse(text: &str) -> Result<Self, TenantNameError> {
        let word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
        let fits = (3..=100).contains(&text.len())
            && text.bytes().next().is_some_and(word)
            && text
                .bytes()
                .all(|byte| word(byte) || b"@.-".contains(&byte));
        if !fits {
            return Err(TenantNameError::User(shown(text)));
        }
        if text.eq_ignore_ascii_case("root") {
            return Err(TenantNameError::Kept(text.to_owned()));
        }
        Ok(Self(text.to_owned()))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for TenantSlug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for TenantUserName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_customers_name_suggests_a_short_name() {
        for (name, slug) in [
            ("Acme Retail", "acme-retail"),
            ("Müller & Söhne GmbH", "mueller-soehne-gmbh"),
            ("  -- 3M --  ", ""),
            ("日本", ""),
        ] {
            let found = TenantSlug::suggested(name);
            assert_eq!(
                found.as_ref().map_or("", TenantSlug::as_str),
                slug,
                "{name}"
            );
        }
    }

    #[test]
    fn names_that_aws_refuses_are_refused_before() {
        for bad in ["ab", "-acme", "acme-", "a--b", "Acme", "acme_retail", "a/b"] {
            assert!(TenantSlug::parse(bad).is_err(), "{bad}");
        }
        for bad in [
            "ab", "root", "-acme", "a b c", "müller", ".hidden", "a/../b",
        ] {
            assert!(TenantUserName::parse(bad).is_err(), "{bad}");
        }
        for good in ["acme", "Acme.Retail", "a@b.example", "_x-1"] {
            assert!(TenantUserName::parse(good).is_ok(), "{good}");
        }
    }
}
