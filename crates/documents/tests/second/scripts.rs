use tallyport_documents::{DocumentError, Look};
use tallyport_ledger::{Name, Party};

use super::gallery::{NAMES, content, line, rendered, scripts};
use super::paper::{Word, poppler, words};
use super::text;

#[test]
fn names_of_many_scripts_come_back_as_they_went_in() {
    let bytes = rendered(scripts(), Look::default()).unwrap();
    let read = text(&bytes);
    let bare = |text: &str| -> String {
        let shown = |c: &char| !c.is_whitespace() && !('\u{202A}'..='\u{202E}').contains(c);
        text.chars().filter(shown).collect()
    };
    // Poppler guesses the order of joined letters from where they stand: those are held as a set.
    let letters = |text: &str| {
        let mut letters: Vec<char> = text.chars().filter(|c| c.is_alphabetic()).collect();
        letters.sort_unstable();
        letters
    };
    for name in NAMES {
        let whole = bare(&read).contains(&bare(name));
        let joined = read.lines().any(|line| letters(line) == letters(name));
        assert!(whole || joined, "{name}: {read}");
    }
    let fonts = String::from_utf8(poppler("pdffonts", &[], &bytes, &[])).unwrap();
    for font in [
        "Arabic",
        "Hebrew",
        "Devanagari",
        "Thai",
        "CJK",
        "Georgian",
        "Armenian",
        "Bengali",
        "Tamil",
        "Ethiopic",
    ] {
        assert!(fonts.contains(font), "{font}: {fonts}");
    }
    assert!(
        fonts
            .lines()
            .skip(2)
            .all(|font| font.contains("yes yes yes")),
        "{fonts}"
    );
}

#[test]
fn a_character_that_no_font_has_is_refused_with_its_word() {
    let refused = |resource: &str| {
        let mut content = content("EUR");
        content.lines.push(line("Amazon S3", resource, "1", "EUR"));
        rendered(content, Look::default()).unwrap_err()
    };
    let ship = DocumentError::MissingGlyph {
        word: "🚢-bucket".to_owned(),
        character: '🚢',
    };
    assert_eq!(refused("Harbour 🚢-bucket"), ship);
    assert_eq!(
        ship.to_string(),
        "\"🚢-bucket\" cannot be printed: the document's font has no \"🚢\" (U+1F6A2)"
    );
    assert!(matches!(
        refused("cuneiform 𒀀"),
        DocumentError::MissingGlyph {
            character: '𒀀', ..
        }
    ));
    let mut content = content("EUR");
    content.buyer = Party::new(Name::parse("Acme 👩‍💻 Ltd").unwrap());
    assert!(matches!(
        rendered(content, Look::default()),
        Err(DocumentError::MissingGlyph { .. })
    ));
}

#[test]
fn letters_of_arabic_join_and_are_no_boxes() {
    // Joined letters have other forms than the same letters one by one, and so other widths.
    let wide = |name: &str| {
        let mut content = content("EUR");
        content.lines = vec![line("S", name, "1", "EUR"), line("S", "r", "1", "EUR")];
        let words = words(&rendered(content, Look::default()).unwrap());
        let arabic = |word: &&Word| {
            word.text
                .chars()
                .any(|c| ('\u{600}'..='\u{6FF}').contains(&c))
        };
        words
            .iter()
            .filter(arabic)
            .map(|word| word.right - word.left)
            .sum::<i64>()
    };
    let (joined, apart) = (wide("ممممم"), wide("م م م م م"));
    assert!(
        joined > 0 && apart > 0 && joined.abs_diff(apart) > 500,
        "{joined} {apart}"
    );
}
