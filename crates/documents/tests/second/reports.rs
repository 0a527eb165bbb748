use tallyport_documents::{
    Block, Chart, DocumentError, Figure, Language, Look, MOST_REPORT_ROWS, Report, ReportColumn,
    ReportRow, ReportTable, render_report,
};

use super::gallery::{ISSUED, report};
use super::paper::{pages, words};
use super::text;

#[test]
fn a_report_reads_from_its_figures_to_its_sources() {
    let bytes = render_report(&report(), &Look::default()).unwrap();
    let read = text(&bytes);
    for expected in [
        "Cloud costs at a glance",
        "October 2026",
        "Total, October 2026",
        "$48,211.07",
        "+3.2 % on $46,716.15",
        "Costs day by day in October 2026, USD",
        "What drove it",
        "Service Cost Share Month before Change",
        "Amazon Elastic Compute Cloud $21,300.00 44.2 % $20,900.11 +1.9 %",
        "From 3 billing periods as loaded, all final.",
        "Page 1 of 1",
    ] {
        assert!(read.contains(expected), "{expected}: {read}");
    }
    assert_eq!(bytes, render_report(&report(), &Look::default()).unwrap());
}

#[test]
fn the_bars_of_a_chart_are_drawn_to_their_height() {
    let chart = |parts: u32| Report {
        blocks: vec![Block::Chart(Chart {
            caption: "Bars".to_owned(),
            lines: vec![(0, "0".to_owned()), (10_000, "1".to_owned())],
            bars: vec![("a".to_owned(), parts, None)],
        })],
        ..report()
    };
    let dark = |parts: u32| {
        let bytes = render_report(&chart(parts), &Look::default()).unwrap();
        let image = super::paper::poppler("pdftoppm", &["-r", "40", "-gray"], &bytes, &[]);
        image.iter().skip(15).filter(|point| **point < 100).count()
    };
    let (none, half, whole) = (dark(0), dark(5_000), dark(10_000));
    let (lower, upper) = (half - none, whole - none);
    assert!(
        lower > 200 && upper.abs_diff(2 * lower) < lower / 5,
        "{none} {half} {whole}"
    );
}

#[test]
fn a_long_table_repeats_its_head_and_keeps_every_row() {
    let rows = (0..300).map(|at| ReportRow {
        cells: vec![format!("person-{at:03}"), format!("{at}.00")],
        ..ReportRow::default()
    });
    let column = |title: &str, figures| ReportColumn {
        title: title.to_owned(),
        figures,
    };
    let table = ReportTable {
        columns: vec![column("Person", false), column("Cost", true)],
        rows: rows.collect(),
    };
    let long = Report {
        blocks: vec![Block::Heading("Everybody".to_owned()), Block::Table(table)],
        ..report()
    };
    let pages = pages(
        &render_report(
            &long,
            &Look {
                language: Language::French,
                ..Look::default()
            },
        )
        .unwrap(),
    );
    assert!(pages.len() > 4);
    assert!(
        pages
            .iter()
            .all(|page| page.contains("Person") && page.contains("Cost"))
    );
    let all = pages.concat();
    assert!((0..300).all(|at| all.matches(&format!("person-{at:03}")).count() == 1));
}

#[test]
fn wide_tables_and_long_texts_stay_inside_the_margins() {
    let long = "Consolidated Harbour Holdings ".repeat(10);
    let columns = (0..9).map(|at| ReportColumn {
        title: long.clone(),
        figures: at > 4,
    });
    let row = ReportRow {
        cells: vec![long.clone(); 9],
        strong: true,
        over: true,
    };
    let figure = Figure {
        label: long.clone(),
        figure: long.clone(),
        remark: Some(long.clone()),
    };
    let wide = Report {
        title: long.clone(),
        subtitle: long.clone(),
        owner: long.clone(),
        sources: long.clone(),
        mark: None,
        landscape: true,
        day: ISSUED,
        blocks: vec![
            Block::Heading(long.clone()),
            Block::Text(long.clone()),
            Block::Figures(vec![figure; 4]),
            Block::Table(ReportTable {
                columns: columns.collect(),
                rows: vec![row; 40],
            }),
        ],
    };
    for word in words(&render_report(&wide, &Look::default()).unwrap()) {
        assert!(word.left >= 50_000 && word.right <= 792_000, "{word:?}");
    }
}

#[test]
fn a_table_that_nobody_would_read_is_refused() {
    let table = ReportTable {
        columns: Vec::new(),
        rows: vec![ReportRow::default(); MOST_REPORT_ROWS + 1],
    };
    let asked = Report {
        blocks: vec![Block::Table(table)],
        ..report()
    };
    let refused = render_report(&asked, &Look::default()).unwrap_err();
    assert_eq!(
        refused,
        DocumentError::TooManyRows {
            rows: 20_001,
            most: 20_000
        }
    );
    assert!(refused.to_string().contains("20001 rows"), "{refused}");
}
