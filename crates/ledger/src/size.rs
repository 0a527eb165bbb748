use std::fmt;

/// A number of bytes as people say it: `1.2 MB`, in steps of a thousand, never more than there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size(pub u64);

const STEPS: [(u64, &str); 4] = [
    (1_000_000_000_000, "TB"),
    (1_000_000_000, "GB"),
    (1_000_000, "MB"),
    (1_000, "KB"),
];

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(bytes) = *self;
        let Some((step, name)) = STEPS.into_iter().find(|(step, _)| bytes >= *step) else {
            return match bytes {
                1 => f.write_str("1 byte"),
                bytes => write!(f, "{bytes} bytes"),
            };
        };
        let (whole, tenths) = (bytes / step, bytes % step / (step / 10));
        if whole >= 100 {
            write!(f, "{whole} {name}")
        } else {
            write!(f, "{whole}.{tenths} {name}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_said_in_the_largest_unit_that_they_fill() {
        for (bytes, said) in [
            (0, "0 bytes"),
            (1, "1 byte"),
            (999, "999 bytes"),
            (1_000, "1.0 KB"),
            (48_211, "48.2 KB"),
            (999_999, "999 KB"),
            (1_840_000_000_000, "1.8 TB"),
            (u64::MAX, "18446744 TB"),
        ] {
            assert_eq!(Size(bytes).to_string(), said);
        }
    }
}
