"""The roll-up of a bill, said in SQL: daily charges in a table. usage: grouping.py FILES [TABLES]"""
import sys

import duckdb

files = sys.argv[1]
duckdb.sql("SET enable_progress_bar = false")
# As fast as it goes: order is of no use to a table of groups.
duckdb.sql("SET preserve_insertion_order = false")
source = (
    f"read_parquet('{files}')"
    if files.endswith(".parquet")
    else f"read_csv('{files}', header = true)"
)
duckdb.sql(
    f"""
    CREATE TEMP TABLE charges AS
    SELECT BillingAccountId, BillingPeriodStart, ChargePeriodStart::DATE AS day, SubAccountId, ProviderName,
           ServiceName, ServiceCategory, RegionId, SkuId, ChargeDescription, ResourceId, Tags, ConsumedUnit,
           ChargeCategory, ChargeClass, BillingCurrency,
           sum(BilledCost), sum(EffectiveCost), sum(ListCost), sum(ContractedCost), sum(ConsumedQuantity), count(*)
    FROM {source}
    GROUP BY ALL
    """
)
(groups,) = duckdb.sql("SELECT count(*) FROM charges").fetchone()
print(f"DuckDB {duckdb.__version__}: {groups} groups")
