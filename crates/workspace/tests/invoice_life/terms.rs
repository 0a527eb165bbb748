use tallyport_ledger::{TaxCategory, TaxPeriod, TaxRate, Validity};
use tallyport_workspace::{buyers, taxes};

use crate::billing::{of, taxed, terms};
use crate::desk::{desk, total};

/// Category, rate and tax of each line of tax on ada's draft.
async fn taxes_of(desk: &crate::desk::Desk) -> Vec<(&'static str, String, String)> {
    let draft = desk.drafted("ada").await;
    let line = |line: &tallyport_ledger::TaxLine| {
        let (category, rate) = (line.treatment.category(), line.treatment.rate());
        (category.word(), rate.to_string(), line.tax.to_decimal(2))
    };
    draft.taxes.iter().map(line).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn tax_follows_from_where_seller_and_buyer_are() {
    let desk = desk().await;
    desk.set(|set| set.tax_rate = TaxRate::from_parts_per_million(200_000).unwrap())
        .await;
    let flat = ("standard", "20 %".to_owned(), "170.11".to_owned());
    assert_eq!(
        taxes_of(&desk).await,
        [flat],
        "without a country the settings' rate"
    );
    desk.in_germany().await;
    let home = ("standard", "19 %".to_owned(), "161.60".to_owned());
    assert_eq!(taxes_of(&desk).await, std::slice::from_ref(&home));
    let draft = desk.drafted("ada").await;
    assert!(
        draft
            .warnings
            .contains(&"ada has no country: taxed as in DE, and no electronic invoice.".to_owned()),
        "{:?}",
        draft.warnings
    );
    desk.buyer("person:ada", of("DE", None)).await.unwrap();
    assert_eq!(taxes_of(&desk).await, [home]);
    let french = of("FR", Some("fr 40 303 265 045"));
    desk.buyer("person:ada", french).await.unwrap();
    let reverse = ("reverse_charge", "0 %".to_owned(), "0.00".to_owned());
    assert_eq!(taxes_of(&desk).await, [reverse]);
    let draft = desk.drafted("ada").await;
    assert_eq!(
        draft.content.buyer().tax_id.as_deref(),
        Some("FR40303265045"),
        "as its country writes it"
    );
    assert_eq!(total(&draft), "850.55");
    desk.sound().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tax_id_that_is_needed_is_asked_for_before_anything_is_drafted() {
    let desk = desk().await;
    desk.in_germany().await;
    desk.buyer("person:ada", of("FR", None)).await.unwrap();
    assert_eq!(
        desk.refused().await,
        (
            "ada has no tax id, which the reverse charge needs: enter it, or say how ada is taxed"
                .to_owned(),
            "`tally buyers set person:\"ada\" --tax-id …`, or say how they are taxed with --tax."
                .to_owned()
        )
    );
    let drafted = desk.scene.draft("2026-10").await;
    let left_out: Vec<(&str, bool)> = drafted
        .nothing
        .iter()
        .map(|one| (one.label.as_str(), one.reason.contains("has no tax id")))
        .collect();
    assert_eq!(left_out, [("ada", true)], "ben is drafted all the same");
    let slip = desk
        .buyer("person:ada", of("FR", Some("FR41303265045")))
        .await;
    assert_eq!(
        slip.unwrap_err().to_string(),
        "the tax id \"FR41303265045\" has a slip: its check digit does not fit the rest of it"
    );
    desk.set(|set| set.seller.tax_id = None).await;
    desk.buyer("person:ada", of("DE", None)).await.unwrap();
    assert!(
        desk.refused()
            .await
            .0
            .starts_with("Nord GmbH has no tax id")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_said_of_a_buyer_stands_on_the_next_draft_and_not_on_what_is_issued() {
    let desk = desk().await;
    desk.in_germany().await;
    let mut ask = taxed(TaxCategory::Exempt, Some("§ 4 Nr. 21 UStG"));
    ask.billed_as = Some(tallyport_ledger::Name::parse("Ada Lovelace KG").unwrap());
    ask.purchase_order = Some("PO-7".to_owned());
    ask.payment_days = Some(14);
    desk.buyer("person:ada", ask).await.unwrap();
    let draft = desk.scene.draft("2026-10").await;
    let ada = &draft.invoices[0];
    assert_eq!(ada.label.as_str(), "Ada Lovelace KG");
    assert_eq!(ada.taxes[0].treatment.reason(), Some("§ 4 Nr. 21 UStG"));
    assert_eq!((ada.due_days, total(ada).as_str()), (14, "850.55"));
    assert_eq!(
        ada.content.content().purchase_order.as_deref(),
        Some("PO-7")
    );
    let issued = desk.issue(ada.id).await.unwrap();
    desk.buyer("person:ada", terms()).await.unwrap();
    let by = desk.scene.may();
    buyers::delete(&desk.scene.cx, &by, "person:ada".to_owned())
        .await
        .unwrap();
    assert_eq!(desk.now(issued.id).await.content, issued.content);
    desk.sound().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_that_a_person_enters_counts_instead_and_its_gaps_are_named() {
    let desk = desk().await;
    desk.in_germany().await;
    let (cx, by) = (&desk.scene.cx, desk.scene.may());
    let germany = "DE".parse().unwrap();
    let period = |parts, from: &str, to: &str| TaxPeriod {
        region: None,
        category: TaxCategory::Standard,
        rate: TaxRate::from_parts_per_million(parts).unwrap(),
        valid: Validity::new(from.parse().ok(), to.parse().ok()).unwrap(),
    };
    let gap = vec![
        period(190_000, "", "2026-10-15"),
        period(210_000, "2026-11-01", ""),
    ];
    let error = taxes::put(cx, &by, germany, gap, "us".to_owned())
        .await
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "the tax table of DE has a gap: no standard rate from 2026-10-16 to 2026-10-31"
    );
    let ends = vec![period(190_000, "", "2026-10-15")];
    taxes::put(cx, &by, germany, ends, "us".to_owned())
        .await
        .unwrap();
    desk.buyer("person:ada", of("DE", None)).await.unwrap();
    assert_eq!(
        desk.refused().await.0,
        "the tax table of DE has no standard rate for 2026-10-31: it knows days until 2026-10-15"
    );
    let whole = vec![
        period(190_000, "", "2026-10-15"),
        period(210_000, "2026-10-16", ""),
    ];
    taxes::put(cx, &by, germany, whole, "us".to_owned())
        .await
        .unwrap();
    assert_eq!(
        taxes_of(&desk).await[0].1,
        "21 %",
        "of the month's last day"
    );
    taxes::reset(cx, &by, germany).await.unwrap();
    assert_eq!(taxes_of(&desk).await[0].1, "19 %");
    let all = taxes::list(cx, &desk.scene.may()).await.unwrap();
    assert!(all.iter().all(|view| !view.own), "nothing is left of it");
}

#[tokio::test(flavor = "multi_thread")]
async fn records_of_buyers_are_checked_field_by_field() {
    let desk = desk().await;
    let field = async |change: fn(&mut buyers::BuyerAsk)| {
        let mut ask = of("DE", None);
        change(&mut ask);
        let error = desk.buyer("person:ada", ask).await.unwrap_err();
        error.details()["field"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    };
    assert_eq!(
        field(|ask| ask.payment_days = Some(366)).await,
        "payment_days"
    );
    assert_eq!(
        field(|ask| ask.language = Some("german".to_owned())).await,
        "language"
    );
    assert_eq!(
        field(|ask| ask.invoice_emails = vec!["nobody".to_owned()]).await,
        "invoice_emails"
    );
    assert_eq!(
        field(|ask| ask.party.city = Some("x".repeat(300))).await,
        "city",
        "a name of 300 characters"
    );
    assert_eq!(
        field(|ask| ask.party.address = vec![String::new(); 9]).await,
        "address"
    );
    let exempt = taxed(TaxCategory::Exempt, None);
    let error = desk.buyer("person:ada", exempt).await.unwrap_err();
    assert_eq!(error.details()["field"], "tax.reason");
    let nobody = desk.buyer("person:nobody", terms()).await.unwrap_err();
    assert_eq!(nobody.to_string(), "there is no person \"nobody\"");
}
