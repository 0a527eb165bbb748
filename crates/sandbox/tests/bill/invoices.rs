//! Invoices: Cost Explorer's months in whole cents, tax and credits told apart.

use std::collections::BTreeMap;

use aws_sdk_costexplorer::types::Dimension;
use aws_sdk_invoicing::Client;
use aws_sdk_invoicing::types::{
    BillingPeriod, InvoiceSummariesFilter, InvoiceSummariesSelector, InvoiceSummary, InvoiceType,
    ListInvoiceSummariesResourceType,
};
use tallyport_sandbox::{Disagreement, Sandbox};

use crate::ask::{Ask, by, client, nano, only};
use crate::support::open;

const PAYER: &str = "111122223333";

pub fn selector(value: &str) -> InvoiceSummariesSelector {
    InvoiceSummariesSelector::builder()
        .resource_type(ListInvoiceSummariesResourceType::AccountId)
        .value(value)
        .build()
        .unwrap()
}

pub async fn all(sandbox: &Sandbox) -> Vec<InvoiceSummary> {
    let client = Client::new(&sandbox.sdk_config());
    let mut pages = client
        .list_invoice_summaries()
        .selector(selector(PAYER))
        .max_results(4)
        .into_paginator()
        .send();
    let mut all = vec![];
    while let Some(page) = pages.next().await {
        all.extend(page.unwrap().invoice_summaries);
    }
    all
}

fn month(invoice: &InvoiceSummary) -> String {
    let period = invoice.billing_period().unwrap();
    format!("{}-{:02}-01", period.year(), period.month())
}

fn total(invoice: &InvoiceSummary) -> i128 {
    nano(
        invoice
            .base_currency_amount()
            .unwrap()
            .total_amount()
            .unwrap(),
    )
}

fn tax(invoice: &InvoiceSummary) -> i128 {
    let breakdown = invoice
        .base_currency_amount()
        .unwrap()
        .amount_breakdown()
        .unwrap();
    nano(breakdown.taxes().unwrap().total_amount().unwrap())
}

#[tokio::test]
async fn the_papers_of_a_month_add_up_to_cost_explorers_month_within_a_cent_each() {
    let opened = open();
    let invoices = all(&opened.sandbox).await;
    let client = client(&opened.sandbox);
    let cells = Ask::grouped(vec![by("RECORD_TYPE")])
        .cells(&client, "UnblendedCost")
        .await;
    let mut told: BTreeMap<String, (i128, i128)> = BTreeMap::new();
    for ((month, keys), amount) in cells {
        let month = told.entry(month).or_default();
        month.0 += amount;
        month.1 += if keys[0] == "Tax" { amount } else { 0 };
    }
    assert_eq!(
        told.remove("2026-11-01").map(|_| ()),
        Some(()),
        "the open month has no paper"
    );
    let cent = 10_000_000;
    for (name, (cost, taxed)) in told {
        let papers: Vec<&InvoiceSummary> = invoices
            .iter()
            .filter(|invoice| month(invoice) == name)
            .collect();
        let off = cost - papers.iter().map(|invoice| total(invoice)).sum::<i128>();
        let most = cent / 2 * i128::try_from(papers.len()).unwrap();
        assert!(off.abs() <= most, "{name} is off by {off}");
        let off = taxed - papers.iter().map(|invoice| tax(invoice)).sum::<i128>();
        assert!(off.abs() <= cent / 2, "{name}'s tax is off by {off}");
    }
}

#[tokio::test]
async fn the_marketplace_bills_apart_and_a_refund_is_a_credit_memo_on_its_invoice() {
    let opened = open();
    let invoices = all(&opened.sandbox).await;
    let of = |name: &str| -> Vec<&InvoiceSummary> {
        invoices
            .iter()
            .filter(|invoice| month(invoice) == name)
            .collect()
    };
    assert_eq!(of("2025-11-01").len(), 1);
    let october = of("2026-10-01");
    assert_eq!(october.len(), 2);
    let entity = october[1].entity().unwrap().billing_entity().unwrap();
    assert_eq!(entity.as_str(), "AWS_MARKETPLACE");
    assert_eq!(total(october[1]), 420_000_000_000);
    let may = of("2026-05-01");
    assert_eq!(may.len(), 2);
    assert_eq!(may[1].invoice_type(), Some(&InvoiceType::CreditMemo));
    assert_eq!(may[1].original_invoice_id(), may[0].invoice_id());
    assert_eq!(total(may[1]), -38_400_000_000);

    let service = only(
        Dimension::RecordType,
        &["Enterprise Discount Program Discount"],
    );
    let ask = Ask {
        from: "2026-10-01".into(),
        to: "2026-11-01".into(),
        ..Ask::filtered(service)
    };
    let discount = ask.total(&client(&opened.sandbox), "UnblendedCost").await;
    let breakdown = october[0]
        .base_currency_amount()
        .unwrap()
        .amount_breakdown()
        .unwrap();
    let discounts = breakdown.discounts().unwrap().breakdown();
    assert_eq!(
        discounts[0].description(),
        Some("Enterprise Discount Program")
    );
    let off = discount - nano(discounts[0].amount().unwrap());
    assert!(discount < 0 && off.abs() <= 5_000_000, "{off}");
}

#[tokio::test]
async fn invoices_are_found_by_month_and_shown_to_the_payer_only() {
    let opened = open();
    let client = Client::new(&opened.sandbox.sdk_config());
    let month = BillingPeriod::builder()
        .month(9)
        .year(2026)
        .build()
        .unwrap();
    let filter = InvoiceSummariesFilter::builder()
        .billing_period(month)
        .build();
    let found = client
        .list_invoice_summaries()
        .selector(selector(PAYER))
        .filter(filter)
        .send()
        .await
        .unwrap();
    assert_eq!(found.invoice_summaries().len(), 2);
    let id = found.invoice_summaries()[0].invoice_id().unwrap();
    let by_id = InvoiceSummariesSelector::builder()
        .resource_type(ListInvoiceSummariesResourceType::InvoiceId)
        .value(id)
        .build()
        .unwrap();
    let one = client
        .list_invoice_summaries()
        .selector(by_id)
        .send()
        .await
        .unwrap();
    assert_eq!(one.invoice_summaries().len(), 1);
    let error = client
        .list_invoice_summaries()
        .selector(selector("222233334444"))
        .send()
        .await
        .unwrap_err()
        .into_service_error();
    assert!(error.is_access_denied_exception(), "{error:?}");
}

#[tokio::test]
async fn an_invoice_can_carry_tax_that_the_bill_does_not() {
    let opened = open();
    let before = all(&opened.sandbox).await;
    opened.sandbox.disagree(Disagreement::InvoiceTax);
    let after = all(&opened.sandbox).await;
    let more = total(&after[0]) - total(&before[0]);
    assert!(more > 10_000_000_000, "{more}");
    assert!((more - (tax(&after[0]) - tax(&before[0]))).abs() <= 10_000_000);
    opened.sandbox.agree();
    assert_eq!(before, all(&opened.sandbox).await);
}
