"""The grouping of an import, said in SQL: daily charges with exact sums."""
import sys

import duckdb

duckdb.sql("SET threads TO 2")
rows = duckdb.execute(
    """
    SELECT BillingAccountId, BillingPeriodStart, ChargePeriodStart::TIMESTAMP::DATE, SubAccountId, ServiceName,
           ServiceCategory, RegionId, ResourceId, SkuId, ChargeCategory, ChargeClass, Tags,
           PricingUnit, ProviderName,
           sum(BilledCost::DECIMAL(30, 15)), sum(EffectiveCost::DECIMAL(30, 15)),
           sum(ListCost::DECIMAL(30, 15)), sum(ContractedCost::DECIMAL(30, 15)), count(*)
    FROM read_csv(?, header = true, all_varchar = true, nullstr = 'NULL')
    GROUP BY ALL
    """,
    [sys.argv[1]],
).fetchall()
print(f"DuckDB {duckdb.__version__}: {len(rows)} groups")
