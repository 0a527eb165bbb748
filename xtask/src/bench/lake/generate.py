"""A FOCUS 1.2 bill of realistic cardinality, as AWS would deliver it: hourly lines of a month.

usage: generate.py LINES OUT.parquet OUT.csv|- [MONTH]

The shape. A month has 720 hours. For every 720 lines there is one thing that costs something each
hour: a resource in one of 40 accounts, 24 services, 9 regions, with one of some 1,300 usage types
and one of 900 sets of tags. Three in a hundred lines are of things that live six hours (a scaling
group). Two thirds have a price that stays; the others are metered, so that no two amounts are
alike. An eighth is covered by a commitment: billed nothing, effective cost below list. Lines lie in
the order of time, as they come about. Amounts are DOUBLE and tags a MAP in Parquet; in CSV they are
decimals and JSON.
"""
import sys

import duckdb
import pyarrow as pa
import pyarrow.csv  # noqa: F401
import pyarrow.parquet as pq

lines, parquet, csv = int(sys.argv[1]), sys.argv[2], sys.argv[3]
month = sys.argv[4] if len(sys.argv) > 4 else "2026-09"
THINGS = max(1, lines // 720)

LINES = f"""
SELECT *,
  CASE WHEN short THEN thing * 131 + hour // 6 ELSE thing END AS n,
  TIMESTAMP '{month}-01' + to_hours(hour) AS started
FROM (
  SELECT range // {THINGS} AS hour, range % {THINGS} AS thing, hash(range) AS h,
    (range % {THINGS}) % 100 IN (17, 41, 83) AS short
  FROM range({lines})
)
"""

PRICED = f"""
SELECT *,
  (n * 7919) % 40 AS account, thing % 24 AS service, (thing // 24) % 9 AS region, thing % 1301 AS sku,
  (thing * 31) % 900 AS tagging, thing % 8 = 5 AS covered,
  CASE WHEN thing % 3 = 0 THEN (h % 10000000)::DOUBLE / 100000000
       ELSE (1 + (thing * 37) % 4001)::DOUBLE / 10000 END AS list
FROM ({LINES})
"""

COLUMNS = f"""
SELECT
  CASE WHEN region = 0 THEN NULL ELSE 'region-' || region || 'a' END AS AvailabilityZone,
  CASE WHEN covered THEN 0.0 ELSE list * 0.93 END AS BilledCost,
  '000000000001' AS BillingAccountId, 'Example Corporation' AS BillingAccountName, 'Billing' AS BillingAccountType,
  'USD' AS BillingCurrency,
  TIMESTAMP '{month}-01' + INTERVAL 1 MONTH AS BillingPeriodEnd, TIMESTAMP '{month}-01' AS BillingPeriodStart,
  NULL::VARCHAR AS CapacityReservationId, NULL::VARCHAR AS CapacityReservationStatus,
  'Usage' AS ChargeCategory, NULL::VARCHAR AS ChargeClass,
  '$' || (1 + sku) || ' per unit of usage type ' || sku || ' in region-' || region AS ChargeDescription,
  'Usage-Based' AS ChargeFrequency,
  started + INTERVAL 1 HOUR AS ChargePeriodEnd, started AS ChargePeriodStart,
  CASE WHEN covered THEN 'Spend' END AS CommitmentDiscountCategory,
  CASE WHEN covered THEN 'arn:aws:savingsplans::000000000001:savingsplan/' || (thing % 5) END AS CommitmentDiscountId,
  NULL::VARCHAR AS CommitmentDiscountName,
  CASE WHEN covered THEN list * 0.7 END AS CommitmentDiscountQuantity,
  CASE WHEN covered THEN 'Used' END AS CommitmentDiscountStatus,
  CASE WHEN covered THEN 'Savings Plan' END AS CommitmentDiscountType,
  CASE WHEN covered THEN 'USD' END AS CommitmentDiscountUnit,
  CASE WHEN thing % 3 = 0 THEN (h % 100000)::DOUBLE / 1000 ELSE 1.0 END AS ConsumedQuantity,
  CASE WHEN thing % 3 = 0 THEN 'GB' ELSE 'Hrs' END AS ConsumedUnit,
  CASE WHEN covered THEN list * 0.7 ELSE list * 0.93 END AS ContractedCost, list * 0.93 AS ContractedUnitPrice,
  CASE WHEN covered THEN list * 0.7 ELSE list * 0.93 END AS EffectiveCost,
  NULL::VARCHAR AS InvoiceId, 'Amazon Web Services, Inc.' AS InvoiceIssuerName,
  list AS ListCost, list AS ListUnitPrice,
  CASE WHEN covered THEN 'Committed' ELSE 'Standard' END AS PricingCategory, 'USD' AS PricingCurrency,
  list * 0.93 AS PricingCurrencyContractedUnitPrice, list * 0.93 AS PricingCurrencyEffectiveCost,
  list AS PricingCurrencyListUnitPrice,
  CASE WHEN thing % 3 = 0 THEN (h % 100000)::DOUBLE / 1000 ELSE 1.0 END AS PricingQuantity,
  CASE WHEN thing % 3 = 0 THEN 'GB' ELSE 'Hours' END AS PricingUnit,
  'AWS' AS ProviderName, 'Amazon Web Services, Inc.' AS PublisherName,
  'region-' || region AS RegionId, 'Region number ' || region AS RegionName,
  'arn:aws:service' || service || ':region-' || region || ':' || lpad(account::VARCHAR, 12, '0') || ':thing/i-'
    || lpad(to_hex(n * 2654435761), 17, '0') AS ResourceId,
  NULL::VARCHAR AS ResourceName, 'Kind ' || (service % 11) AS ResourceType,
  CASE service % 5 WHEN 0 THEN 'Compute' WHEN 1 THEN 'Storage' WHEN 2 THEN 'Networking' WHEN 3 THEN 'Databases'
    ELSE 'Analytics' END AS ServiceCategory,
  'Amazon Service Number ' || service AS ServiceName, 'Other' AS ServiceSubcategory,
  'SKU' || lpad(to_hex(sku * 40503), 13, '0') AS SkuId, 'Meter ' || (sku % 60) AS SkuMeter,
  NULL::VARCHAR AS SkuPriceDetails, 'SKU' || lpad(to_hex(sku * 40503), 13, '0') || '.JRTCKXETXF' AS SkuPriceId,
  lpad(account::VARCHAR, 12, '0') AS SubAccountId, 'account-' || account AS SubAccountName,
  'AWS Account' AS SubAccountType,
  tagging,
  'Usage-Type-' || sku AS x_UsageType, 'Operation-' || (sku % 90) AS x_Operation, 'Service' || service AS x_ServiceCode
FROM ({PRICED})
"""

TAGS = """CASE WHEN tagging % 10 = 0 THEN NULL ELSE MAP {
  'team': 'team-' || (tagging % 45), 'environment': ['prod', 'dev', 'test', 'stage'][1 + tagging % 4],
  'cost-center': 'cc-' || (tagging % 20), 'Name': 'application-' || (tagging % 300)} END"""
JSON = """CASE WHEN tagging % 10 = 0 THEN NULL ELSE '{"team":"team-' || (tagging % 45) || '","environment":"'
  || ['prod', 'dev', 'test', 'stage'][1 + tagging % 4] || '","cost-center":"cc-' || (tagging % 20)
  || '","Name":"application-' || (tagging % 300) || '"}' END"""


def table(tags):
    return f"SELECT * EXCLUDE (tagging), {tags} AS Tags FROM ({COLUMNS})"


duckdb.sql("SET enable_progress_bar = false")
duckdb.sql("SET preserve_insertion_order = true")
if parquet != "-":
    batches = duckdb.sql(table(TAGS)).fetch_record_batch(1 << 20)
    with pq.ParquetWriter(parquet, batches.schema, compression="snappy") as writer:
        for batch in batches:
            writer.write_batch(batch, row_group_size=1 << 20)
if csv != "-":
    duckdb.sql(f"COPY ({table(JSON)}) TO '{csv}' (HEADER, DELIMITER ',')")
