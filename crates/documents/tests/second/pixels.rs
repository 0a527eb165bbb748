//! How pages look. `UPDATE=1` draws the pictures anew that they are held against: look at them.

use std::path::PathBuf;

use super::gallery::all;
use super::paper::poppler;

/// The documents of which a picture of the first page is kept, at 18 points an inch.
const KEPT: [&str; 4] = ["everything", "scripts", "draft", "report"];

fn kept(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/gallery");
    folder.join(format!("{name}.pgm"))
}

/// A picture's head (three lines) and its points.
fn points(picture: &[u8]) -> (&[u8], &[u8]) {
    let ends = picture
        .iter()
        .enumerate()
        .filter(|(_, byte)| **byte == b'\n');
    let head = ends.map(|(at, _)| at + 1).nth(2).unwrap();
    picture.split_at(head)
}

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "a test is the top of its program"
)]
fn pages_look_as_they_did_when_they_were_last_looked_at() {
    for (name, document) in all() {
        if !KEPT.contains(&name) {
            continue;
        }
        let options = ["-r", "18", "-gray", "-f", "1", "-l", "1"];
        let drawn = poppler("pdftoppm", &options, &document.unwrap(), &[]);
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(kept(name), &drawn).unwrap();
        }
        let golden = std::fs::read(kept(name)).unwrap();
        let ((head, now), (golden_head, then)) = (points(&drawn), points(&golden));
        assert_eq!(head, golden_head, "{name}");
        let apart = now.iter().zip(then).map(|(a, b)| u64::from(a.abs_diff(*b)));
        let apart: Vec<u64> = apart.collect();
        let count = u64::try_from(apart.len()).unwrap();
        // Another poppler smooths letters a little differently; anything that moved shows.
        let far = u64::try_from(apart.iter().filter(|apart| **apart > 48).count()).unwrap();
        let sum: u64 = apart.iter().sum();
        assert!(sum <= count, "{name}: {sum} of 255 apart on {count} points");
        assert!(
            far * 500 <= count,
            "{name}: {far} of {count} points are others"
        );
    }
}
