use std::fmt;

/// A region of AWS.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Region(String);

/// A bucket's name.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BucketName(String);

/// Where keys begin: nothing, or a text that ends with `/`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct KeyPrefix(String);

/// What is somebody's own in S3: a bucket, or what lies below a prefix of one.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Place {
    /// The bucket.
    pub bucket: BucketName,
    /// Where its keys begin; nothing if the whole bucket is its own.
    pub prefix: KeyPrefix,
}

/// Why a text cannot be a place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlaceError {
    /// Not a region.
    #[error("\"{0}\" is not a region: a name such as eu-central-1 is expected")]
    Region(String),
    /// Not a bucket.
    #[error(
        "\"{0}\" is not a bucket's name: 3 to 63 of a-z, 0-9 and hyphens are expected, the first and last no \
         hyphen (a name with dots cannot be reached over TLS)"
    )]
    Bucket(String),
    /// Not a prefix.
    #[error(
        "\"{0}\" is not a prefix: folders of letters, digits, _ . and - are expected, each followed by /"
    )]
    Prefix(String),
}

fn shown(text: &str) -> String {
    text.chars().take(80).collect()
}

impl Region {
    /// Such as `eu-central-1`.
    ///
    /// # Errors
    /// [`PlaceError::Region`].
    pub fn parse(text: &str) -> Result<Self, PlaceError> {
        let parts: Vec<&str> = text.split('-').collect();
        let letters =
            |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase());
        let fits = (3..=5).contains(&parts.len())
            && text.len() <= 32
            && parts[..parts.len() - 1].iter().all(letters)
            && parts[parts.len() - 1].bytes().all(|b| b.is_ascii_digit())
            && !parts[parts.len() - 1].is_empty();
        if fits {
            Ok(Self(text.to_owned()))
        } else {
            Err(PlaceError::Region(shown(text)))
        }
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl BucketName {
    /// A bucket's name that can be reached over TLS.
    ///
    /// # Errors
    /// [`PlaceError::Bucket`].
    pub fn parse(text: &str) -> Result<Self, PlaceError> {
        let allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        let fits = (3..=63).contains(&text.len())
            && text.bytes().all(allowed)
            && !text.starts_with('-')
            && !text.ends_with('-');
        if fits {
            Ok(Self(text.to_owned()))
        } else {
            Err(PlaceError::Bucket(shown(text)))
        }
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl KeyPrefix {
    /// Nothing, or folders each followed by `/`. Signs that mean something in a policy (`*`, `?`, `$`) cannot
    /// be part of it, or a tenant could be given more than its own.
    ///
    /// # Errors
    /// [`PlaceError::Prefix`].
    pub fn parse(text: &str) -> Result<Self, PlaceError> {
        let refused = || PlaceError::Prefix(shown(text));
        if text.is_empty() {
            return Ok(Self::default());
        }
        let folders = text.strip_suffix('/').ok_or_else(refused)?;
        let allowed = |b: u8| b.is_ascii_alphanumeric() || b"_.-".contains(&b);
        let fits = text.len() <= 512
            && folders.split('/').all(|folder| {
                !folder.is_empty() && folder != "." && folder != ".." && folder.bytes().all(allowed)
            });
        if fits {
            Ok(Self(text.to_owned()))
        } else {
            Err(refused())
        }
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether keys begin anywhere.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Place {
    /// Whether the whole bucket is its own.
    #[must_use]
    pub const fn is_own_bucket(&self) -> bool {
        self.prefix.is_empty()
    }

    /// The key of what is called `path` within it.
    #[must_use]
    pub fn key(&self, path: &str) -> String {
        [self.prefix.as_str(), path].concat()
    }

    /// What a key is called within it, if it lies within it.
    #[must_use]
    pub fn path<'a>(&self, key: &'a str) -> Option<&'a str> {
        key.strip_prefix(self.prefix.as_str())
    }

    /// What a logical home directory leads to: `/bucket` or `/bucket/prefix`, without a `/` at its end.
    #[must_use]
    pub fn home_target(&self) -> String {
        format!("/{}/{}", self.bucket, self.prefix)
            .trim_end_matches('/')
            .to_owned()
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for BucketName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for KeyPrefix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "s3://{}/{}", self.bucket, self.prefix)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_cannot_reach_beyond_itself() {
        for bad in [
            "acme", "/acme/", "a//b/", "../b/", "a/../b/", "a*/", "${x}/", "a?/", "/", "ä/",
        ] {
            assert!(KeyPrefix::parse(bad).is_err(), "{bad}");
        }
        for good in ["", "acme/", "tenants/acme-retail/"] {
            assert_eq!(KeyPrefix::parse(good).map(|p| p.0).as_deref(), Ok(good));
        }
    }

    #[test]
    fn a_home_directory_names_bucket_and_prefix_without_a_slash_at_its_end() {
        let place = |prefix| Place {
            bucket: BucketName::parse("files").unwrap(),
            prefix: KeyPrefix::parse(prefix).unwrap(),
        };
        assert_eq!(place("").home_target(), "/files");
        assert_eq!(place("acme/").home_target(), "/files/acme");
        assert_eq!(place("acme/").path("acme/in/x.csv"), Some("in/x.csv"));
        assert_eq!(place("acme/").path("acme-two/x.csv"), None);
    }

    #[test]
    fn regions_and_buckets_are_what_aws_calls_so() {
        for good in ["eu-central-1", "us-gov-west-1", "ap-southeast-2"] {
            assert!(Region::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "eu",
            "EU-central-1",
            "eu-central",
            "eu--1",
            "eu-central-1.evil.example",
        ] {
            assert!(Region::parse(bad).is_err(), "{bad}");
        }
        for bad in ["ab", "Files", "a.b.c", "-files", "files-", "files/x"] {
            assert!(BucketName::parse(bad).is_err(), "{bad}");
        }
    }
}
