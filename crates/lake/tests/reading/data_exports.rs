//! CUR 2.0, as data exports write it: a fixed schema whose tags, cost categories and product
//! attributes are maps.

use tallyport_lake::{Dialect, Format, Loaded, Note};

use crate::bills::outcome;

const COLUMNS: &str = "bill_payer_account_id,bill_payer_account_name,bill_billing_entity,\
    bill_billing_period_start_date,bill_invoice_id,cost_category,discount,line_item_currency_code,\
    line_item_iam_principal,line_item_line_item_type,line_item_operation,line_item_product_code,\
    line_item_unblended_cost,line_item_usage_account_id,line_item_usage_account_name,\
    line_item_usage_amount,line_item_usage_start_date,line_item_usage_end_date,\
    line_item_usage_type,line_item_user_identifier,pricing_public_on_demand_cost,pricing_unit,\
    product,product_region_code,resource_tags,tags";

/// A line with these columns filled beside those that every line has.
fn export(more: &[(&str, &str)]) -> Loaded {
    let value = |name: &str| {
        let given = more.iter().find(|(column, _)| *column == name);
        given.map_or(
            match name {
                "bill_payer_account_id" => "000000000123",
                "bill_payer_account_name" => "Example Holding",
                "bill_billing_period_start_date" => "2026-09-01 00:00:00",
                "line_item_currency_code" => "USD",
                "line_item_line_item_type" => "Usage",
                "line_item_product_code" => "AmazonEC2",
                "line_item_unblended_cost" => "1.5E-7",
                "line_item_usage_account_id" => "000000000456",
                "line_item_usage_account_name" => "Web shop",
                "line_item_usage_amount" => "1",
                "line_item_usage_start_date" => "2026-09-03 10:00:00",
                "line_item_usage_end_date" => "2026-09-03 11:00:00",
                "pricing_public_on_demand_cost" => "0.0000002",
                "pricing_unit" => "Hrs",
                _ => "",
            },
            |(_, value)| value,
        )
    };
    let quoted = |value: &str| format!("\"{}\"", value.replace('"', "\"\""));
    let fields: Vec<String> = COLUMNS.split(',').map(|name| quoted(value(name))).collect();
    outcome(format!("{COLUMNS}\n{}\n", fields.join(",")), false).unwrap()
}

#[test]
fn it_is_told_from_its_predecessors_and_keeps_the_names_of_accounts() {
    let file = export(&[]);
    assert_eq!(
        file.format,
        Format::Cur {
            dialect: Dialect::Maps
        }
    );
    assert_eq!(file.format.to_string(), "CUR 2.0");
    let period = &file.load.periods[0];
    assert_eq!(period.billing_account.as_str(), "000000000123");
    assert_eq!(
        period.billing_account_name.as_ref().unwrap().as_str(),
        "Example Holding"
    );
    let (account, name) = &file.load.dimensions.sub_accounts[0];
    assert_eq!(
        (account.as_str(), name.as_deref()),
        ("000000000456", Some("Web shop"))
    );
    assert_eq!(period.charges[0].amounts.billed, 150);
    assert_eq!(period.charges[0].amounts.list, 200);
    assert!(
        file.notes.contains(&Note::ColumnsNotKept(vec![
            "bill_billing_entity".to_owned(),
            "discount".to_owned(),
            "line_item_operation".to_owned(),
        ])),
        "{:?}",
        file.notes
    );
}

#[test]
fn tags_of_every_map_come_together_and_lose_what_only_the_dialect_adds() {
    let file = export(&[
        (
            "resource_tags",
            r#"{"user_owner": "jane.doe", "aws_created_by": "Root", "user_cost_center": "42"}"#,
        ),
        ("cost_category", r#"{"team": "Payments"}"#),
        (
            "tags",
            r#"{"iamPrincipal/team": "Search", "userAttribute/department": "R&D"}"#,
        ),
        (
            "line_item_iam_principal",
            "arn:aws:sts::000000000456:assumed-role/app/session",
        ),
        ("line_item_user_identifier", "u-1"),
    ]);
    let charge = &file.load.periods[0].charges[0];
    let tags: Vec<String> = file.load.dimensions.tag_sets[charge.tags as usize]
        .iter()
        .map(|(key, value)| format!("{key}={value}"))
        .collect();
    assert_eq!(
        tags,
        [
            "aws:created_by=Root",
            "aws:iamPrincipal=arn:aws:sts::000000000456:assumed-role/app/session",
            "aws:userIdentifier=u-1",
            "costCategory/team=Payments",
            "cost_center=42",
            "iamPrincipal/team=Search",
            "owner=jane.doe",
            "userAttribute/department=R&D",
        ]
    );
}

#[test]
fn services_and_regions_come_from_the_product_map_where_no_column_says_them() {
    let named = |more: &[(&str, &str)]| {
        let dimensions = export(more).load.dimensions;
        let region = dimensions.regions.first().cloned().unwrap_or_default();
        (dimensions.services[0].name.clone(), region)
    };
    let said = |name: &str, region: &str| (name.to_owned(), region.to_owned());
    let map = r#"{"product_name": "Managed Search", "region": "eu-north-1"}"#;
    assert_eq!(
        named(&[("product", map)]),
        said("Managed Search", "eu-north-1")
    );
    assert_eq!(
        named(&[("product", map), ("product_region_code", "eu-west-1")]),
        said("Managed Search", "eu-west-1")
    );
    for broken in ["", "{}", "not json", r#"{"product_name": " "}"#] {
        assert_eq!(
            named(&[("product", broken)]),
            said("Amazon Elastic Compute Cloud", ""),
            "{broken}"
        );
    }
}

#[test]
fn what_marketplace_sells_is_billed_by_aws_under_its_own_name() {
    let file = export(&[
        ("bill_billing_entity", "AWS Marketplace"),
        ("line_item_product_code", "3iplms73etrdhxdepv72l6ywj"),
        ("product", r#"{"product_name": "Acme Firewall"}"#),
    ]);
    let service = &file.load.dimensions.services[0];
    assert_eq!(
        (&*service.provider, &*service.name, &*service.category),
        ("AWS", "Acme Firewall", "")
    );
}

#[test]
fn a_map_of_tags_that_cannot_be_read_costs_no_row() {
    let file = export(&[("resource_tags", "{user_owner=jane}")]);
    assert_eq!(file.lines, 1);
    let told: Vec<String> = file.notes.iter().map(Note::to_string).collect();
    assert!(
        told.iter().any(|note| note.starts_with(
            "resource_tags is no JSON object of texts in 1 row, the first in line 2, that cost \
             0.00000015 USD"
        )),
        "{told:?}"
    );
}
