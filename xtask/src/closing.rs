//! Reading the closing lines of the test runners.

/// How many passed and failed.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// Tests that held.
    pub passed: u64,
    /// Tests that did not.
    pub failed: u64,
    /// Tests that were left out, and said so.
    pub skipped: u64,
}

impl Count {
    /// Adds what another runner counted.
    pub fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

/// Which runner wrote the lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Runner {
    /// `test result: ok. 5 passed; 0 failed; …`, once a test program.
    Cargo,
    /// `Tests  1 failed | 12 passed (13)`.
    Vitest,
    /// `12 passed (30.1s)` and `1 failed`, each on its own line.
    Playwright,
    /// `ℹ pass 5` or `# pass 5`.
    Node,
}

/// What one line says, if it is a closing line of this runner.
pub fn read(runner: Runner, line: &str) -> Option<Count> {
    let line = without_colour(line);
    let line = line.trim();
    match runner {
        Runner::Cargo => Some(pairs(line.strip_prefix("test result:")?, ';')),
        Runner::Vitest => {
            let rest = line.strip_prefix("Tests")?;
            rest.starts_with(' ').then(|| pairs(rest, '|'))
        }
        Runner::Playwright => {
            let (number, word) = line.split_once(' ')?;
            number.parse::<u64>().ok()?;
            let word = word.split(' ').next()?;
            ["passed", "failed", "skipped"]
                .contains(&word)
                .then(|| pairs(line, '|'))
        }
        Runner::Node => {
            let (mark, rest) = line.split_once(' ')?;
            if mark != "ℹ" && mark != "#" {
                return None;
            }
            let (word, number) = rest.split_once(' ')?;
            let number = number.parse().ok()?;
            match word {
                "pass" => Some(Count {
                    passed: number,
                    ..Count::default()
                }),
                "fail" => Some(Count {
                    failed: number,
                    ..Count::default()
                }),
                "skipped" => Some(Count {
                    skipped: number,
                    ..Count::default()
                }),
                _ => None,
            }
        }
    }
}

/// `ok. 5 passed; 1 failed` → the numbers before the words.
fn pairs(text: &str, separator: char) -> Count {
    let mut count = Count::default();
    for part in text.split(separator) {
        let words: Vec<&str> = part.split_whitespace().collect();
        for pair in words.windows(2) {
            let Ok(number) = pair[0].parse::<u64>() else {
                continue;
            };
            match pair[1] {
                "passed" => count.passed += number,
                "failed" => count.failed += number,
                "ignored" | "skipped" | "todo" => count.skipped += number,
                _ => {}
            }
        }
    }
    count
}

/// Runners colour their lines even when nobody looks.
fn without_colour(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        if letter == '\u{1b}' {
            for inside in letters.by_ref() {
                if inside.is_ascii_alphabetic() {
                    break;
                }
            }
        } else {
            plain.push(letter);
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(passed: u64, failed: u64, skipped: u64) -> Option<Count> {
        Some(Count {
            passed,
            failed,
            skipped,
        })
    }

    #[test]
    fn cargo_closes_every_test_program_with_one_line() {
        let line = "test result: FAILED. 7 passed; 2 failed; 1 ignored; 0 measured; 0 filtered out";
        assert_eq!(read(Runner::Cargo, line), count(7, 2, 1));
        assert_eq!(read(Runner::Cargo, "test a_result ... ok"), None);
    }

    #[test]
    fn vitest_counts_tests_and_not_files() {
        let line = "\u{1b}[2m      Tests \u{1b}[22m 1 failed | 12 passed (13)";
        assert_eq!(read(Runner::Vitest, line), count(12, 1, 0));
        assert_eq!(read(Runner::Vitest, " Test Files  3 passed (3)"), None);
    }

    #[test]
    fn playwright_writes_a_line_for_each_outcome() {
        assert_eq!(
            read(Runner::Playwright, "  12 passed (30.1s)"),
            count(12, 0, 0)
        );
        assert_eq!(read(Runner::Playwright, "  1 failed"), count(0, 1, 0));
        assert_eq!(
            read(Runner::Playwright, "  1 error was not a part of any test"),
            None
        );
    }

    #[test]
    fn node_counts_in_either_of_its_reports() {
        assert_eq!(read(Runner::Node, "ℹ pass 4"), count(4, 0, 0));
        assert_eq!(read(Runner::Node, "# fail 2"), count(0, 2, 0));
        assert_eq!(read(Runner::Node, "ℹ duration_ms 20.1"), None);
    }
}
