//! Price books as files.

use tallyport_workspace::pricing::{self, Format};

use crate::october;

const AS_CSV: &str = "\
scope,service,from,to,kind,percent,tiers,amount,currency,label,day,unit,every,rolls_over
all,,,2026-10-09,markup,15,,,,,,,,
all,,2026-10-10,,markup,12.5,,,,,,,,
person:ada,Amazon EC2,,,tiers,,100.00=20; 1000.00=15; above=-5,,USD,,,,,
all,,,,minimum,,,50.00,USD,,,,,
all,,,,fee,,,30.00,USD,'=Support,,,,
person:ben,,,,one_off,,,99.00,USD,Setup,2026-10-31,,,
person:ada,,2026-10-01,,credit,,,500.00,USD,Welcome,,,month,false
all,,,,usage,,,0.05,USD,,,gb_stored,,
";

#[tokio::test(flavor = "multi_thread")]
async fn a_book_is_the_same_as_csv_as_toml_and_read_again() {
    let scene = october().await;
    let read = async |name: &str, format, text: &str| {
        let (name, text) = (name.to_owned(), text.to_owned());
        pricing::read_file(&scene.cx, &scene.may(), name, format, text)
            .await
            .unwrap()
    };
    let write = async |id, format| {
        pricing::write_file(&scene.cx, &scene.may(), id, format)
            .await
            .unwrap()
    };
    let first = read("One", Format::Csv, AS_CSV).await;
    assert_eq!(first.entries.len(), 8);
    assert_eq!(first.entries[4].1.label.as_deref(), Some("=Support"));
    assert_eq!(write(first.id, Format::Csv).await, AS_CSV);
    let toml = write(first.id, Format::Toml).await;
    let second = read("Two", Format::Toml, &toml).await;
    assert_eq!(second.entries, first.entries);
    let again = read("one", Format::Csv, AS_CSV).await;
    assert_eq!((again.id, again.version), (first.id, 1), "nothing changed");
    let semicolons = "\u{feff}kind;percent\r\nmarkup;7.5\r\n";
    let third = read("One", Format::Csv, semicolons).await;
    assert_eq!((third.id, third.version), (first.id, 2));
    assert_eq!(third.entries[0].1.percent.as_deref(), Some("7.5"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_a_file_is_told_by_line_and_column() {
    let scene = october().await;
    for (format, text, expected) in [
        (
            Format::Csv,
            "",
            "line 1, column 1 (head): the file is empty",
        ),
        (
            Format::Csv,
            "kind,price\n",
            "line 1, column 2 (head): \"price\" is none of scope",
        ),
        (
            Format::Csv,
            "kind,percent\nmarkup,5\nmarkup,much\n",
            "line 3, column 2 (percent): \"much\" is not",
        ),
        (
            Format::Csv,
            "kind,percent,from\nmarkup,5,\nmarkup,4,soon\n",
            "line 3, column 3 (from): \"soon\" is not a day",
        ),
        (
            Format::Csv,
            "kind,percent\nmarkup,5\n\nmarkup,6\n",
            "line 4, column 1 (from): it overlaps with entry 1",
        ),
        (
            Format::Csv,
            "kind,percent\nmarkup,5,6\n",
            "line 2, column 3 (row): there are more cells",
        ),
        (
            Format::Csv,
            "kind,label,amount\nfee,A,1\n",
            "line 2, column 3 (amount): an amount needs a currency",
        ),
        (
            Format::Csv,
            "kind,label,amount,currency\nfee,A,1,USD\nfee,B,1,EUR\n",
            "line 3, column 4 (currency): line 2 says USD",
        ),
        (
            Format::Csv,
            "kind,tiers\ntiers,100: 5\n",
            "line 2, column 2 (tiers): \"100: 5\" is not like",
        ),
        (
            Format::Toml,
            "[[entry]]\nkind = \"markup\"\npercent = 5\nwhen = 3\n",
            "line 4, column 1 (when): an entry has scope",
        ),
        (
            Format::Toml,
            "[[entry]]\nkind = \"markup\"\npercent = 5000\n",
            "line 3, column 11 (percent): \"5000\" is not",
        ),
        (
            Format::Toml,
            "currency = \"dollars and cents\"\n",
            "line 1, column 12 (currency):",
        ),
        (
            Format::Toml,
            "[[entry]]\nkind = \n",
            "line 2, column 8 (file):",
        ),
        (
            Format::Toml,
            "entry = 5\n",
            "line 1, column 9 (entry): a list is expected",
        ),
    ] {
        let name = "Bad".to_owned();
        let read = pricing::read_file(&scene.cx, &scene.may(), name, format, text.to_owned()).await;
        let said = read.unwrap_err().to_string();
        assert!(said.starts_with(expected), "{text:?}: {said}");
    }
    assert!(
        pricing::list(&scene.cx, &scene.may())
            .await
            .unwrap()
            .is_empty()
    );
}
