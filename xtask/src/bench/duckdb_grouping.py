"""The grouping of an import, said in SQL: daily charges with exact sums."""
import sys

import duckdb

duckdb.sql("SET threads TO 2")
duckdb.sql("SET enable_progress_bar = false")
duckdb.execute(
    """
    CREATE TEMP TABLE charges AS
    SELECT BillingAccountId, BillingPeriodStart, ChargePeriodStart::TIMESTAMP::DATE, SubAccountId, ServiceName,
           ServiceCategory, RegionId, ResourceId, SkuId, ChargeCategory, ChargeClass, Tags,
           PricingUnit, ProviderName,
           sum(BilledCost::DECIMAL(30, 15)), sum(EffectiveCost::DECIMAL(30, 15)),
           sum(ListCost::DECIMAL(30, 15)), sum(ContractedCost::DECIMAL(30, 15)), count(*)
    FROM read_csv(?, header = true, all_varchar = true, nullstr = 'NULL')
    GROUP BY ALL
    """,
    [sys.argv[1]],
)
(groups,) = duckdb.sql("SELECT count(*) FROM charges").fetchone()
print(f"DuckDB {duckdb.__version__}: {groups} groups")
