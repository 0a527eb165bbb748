use tallyport_ledger::{Currency, DayRange, Money, Quote};
use tallyport_workspace::exchange;

use crate::billing::of;
use crate::desk::{desk, total};

/// As the bank writes its history, with a currency that it no longer quotes and commas at the ends.
const HISTORY: &str = "\
Date,USD,JPY,CHF,RUB,
2026-10-30,1.2500,180.10,0.9500,N/A,
2026-10-29,1.2400,180.00,0.9490,N/A,
";

const DAILY: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
  <gesmes:subject>Reference rates</gesmes:subject>
  <Cube>
    <Cube time='2026-10-30'>
      <Cube currency='USD' rate='1.2500'/>
      <Cube currency='GBP' rate='0.8001'/>
    </Cube>
  </Cube>
</gesmes:Envelope>
"#;

fn currency(code: &str) -> Currency {
    code.parse().unwrap()
}

async fn imported(desk: &crate::desk::Desk, file: &str) -> Result<(u64, u64, u64), String> {
    let by = desk.scene.may();
    let kept = exchange::import(&desk.scene.cx, &by, file.as_bytes().to_vec()).await;
    kept.map(|kept| (kept.added, kept.changed, kept.unchanged))
        .map_err(|error| error.to_string())
}

#[tokio::test(flavor = "multi_thread")]
async fn costs_in_dollars_are_billed_in_euros_by_the_rate_of_the_month_s_last_day() {
    let desk = desk().await;
    let mut ask = of("DE", None);
    ask.currency = Some(currency("EUR"));
    desk.buyer("person:ada", ask).await.unwrap();
    assert_eq!(
        desk.refused().await,
        (
            "there is no exchange rate from USD to EUR for 2026-10-31, nor for the 7 days before".to_owned(),
            "Enter one with `tally rates add`, or import the European Central Bank's with `tally rates import FILE`."
                .to_owned()
        )
    );
    assert_eq!(imported(&desk, HISTORY).await, Ok((6, 0, 0)));
    let draft = desk.drafted("ada").await;
    assert_eq!(draft.content.currency(), currency("EUR"));
    // 850.545 USD at 1.25 USD for one EUR, the rate of Friday: Saturday the 31st has none.
    assert_eq!(draft.content.exact().unwrap().to_decimal(2), "680.436");
    assert_eq!(total(&draft), "809.72", "680.44 and 19 % tax");
    let rate = draft.content.content().exchange.clone().unwrap();
    assert_eq!(
        (
            rate.to_decimal().as_str(),
            rate.day().to_string().as_str(),
            rate.source()
        ),
        ("0.8", "2026-10-30", "ECB")
    );
    let sum = Money::sum(&draft.amounts, currency("EUR")).unwrap();
    assert_eq!(sum, draft.totals.subtotal, "the lines add up");
    assert_eq!(
        draft.cost.to_decimal(2),
        "850.545",
        "what it costs is in dollars"
    );

    // What is issued keeps its rate, whatever is entered later.
    let issued = desk.issue(draft.id).await.unwrap();
    let corrected = HISTORY.replace("1.2500", "1.3000");
    assert_eq!(imported(&desk, &corrected).await, Ok((0, 1, 5)));
    assert_eq!(desk.now(issued.id).await.content, issued.content);
    desk.sound().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rate_that_a_person_enters_goes_before_the_bank_s_of_the_same_day() {
    let desk = desk().await;
    let mut ask = of("DE", None);
    ask.currency = Some(currency("CHF"));
    desk.buyer("person:ada", ask).await.unwrap();
    assert_eq!(imported(&desk, HISTORY).await, Ok((6, 0, 0)));
    let used = async || {
        let draft = desk.drafted("ada").await;
        let rate = draft.content.content().exchange.clone().unwrap();
        (rate.to_decimal(), rate.source().to_owned())
    };
    assert_eq!(
        used().await,
        ("0.76".to_owned(), "ECB".to_owned()),
        "over the euro"
    );
    let (dollar, franc) = (Currency::USD, currency("CHF"));
    let friday = "2026-10-30".parse().unwrap();
    let ours = Quote::parse((dollar, franc), "0.8", friday, "our bank").unwrap();
    let (cx, by) = (&desk.scene.cx, desk.scene.may());
    exchange::add(cx, &by, ours).await.unwrap();
    assert_eq!(used().await, ("0.8".to_owned(), "our bank".to_owned()));
    exchange::delete(cx, &by, (dollar, franc), friday, "our bank".to_owned())
        .await
        .unwrap();
    assert_eq!(used().await.1, "ECB");
    let tomorrow = "2026-11-23".parse().unwrap();
    let early = Quote::parse((dollar, franc), "0.8", tomorrow, "our bank").unwrap();
    let error = exchange::add(cx, &by, early).await.unwrap_err();
    assert_eq!(error.to_string(), "2026-11-23 has not come yet");
}

#[tokio::test(flavor = "multi_thread")]
async fn files_of_rates_are_read_whole_or_refused_with_line_and_column() {
    let desk = desk().await;
    assert_eq!(imported(&desk, DAILY).await, Ok((2, 0, 0)), "XML");
    let daily = "Date, USD, JPY, \n30 October 2026, 1.2500, 180.10, \n";
    assert_eq!(
        imported(&desk, daily).await,
        Ok((1, 0, 1)),
        "the CSV of one day"
    );
    for (file, says) in [
        ("", "line 1 should begin with Date"),
        ("PK\u{3}\u{4}", "this is a ZIP archive"),
        ("Date,USD,\n", "there are no rates in this file"),
        (
            "Date,USD,\n2026-13-01,1.1,\n",
            "line 2, column Date: \"2026-13-01\" is no day",
        ),
        (
            "Date,USD,\n2026-10-30,1.1x,\n",
            "line 2, column USD: \"1.1x\" is no exchange rate",
        ),
        ("Date,U,\n2026-10-30,1.1,\n", "line 2, column U: "),
        (
            "Date,USD,\n2026-10-30,-1,\n",
            "line 2, column USD: \"-1\" is no exchange rate",
        ),
        ("<a/>", "it has no element Cube"),
        ("<Cube time='x'/>", "line 1: \"x\" is no day"),
        (
            "<Cube currency='USD' rate='1'/>",
            "line 1: a rate stands before its day",
        ),
        (
            "<!DOCTYPE a [<!ENTITY b 'c'>]><Cube/>",
            "a file of rates has no document type",
        ),
        (
            "<Cube time='2026-10-30'>\n<Cube currency='USD' rate='0'/></Cube>",
            "line 2: USD: \"0\" is no exchange rate",
        ),
        ("<Cube time='2026-10-30'><Cube", "line 1: "),
    ] {
        let error = imported(&desk, file).await.unwrap_err();
        assert!(error.contains(says), "{file:?}: {error}");
    }
    let days = DayRange::new("2026-01-01".parse().unwrap(), "2026-12-31".parse().unwrap());
    let kept = exchange::list(&desk.scene.cx, &desk.scene.may(), days.unwrap(), None).await;
    assert_eq!(
        kept.unwrap().len(),
        3,
        "a file that is refused leaves nothing"
    );
}
