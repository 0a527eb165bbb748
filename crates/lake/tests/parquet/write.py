"""Writes the files beside it: the first 200 rows of the FOCUS sample by three programs.

usage: write.py focus_sample.csv FOLDER (pyarrow, duckdb and polars from PyPI)
"""
import json
import sys

import duckdb
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

sample, folder = sys.argv[1:]
AMOUNTS = ["BilledCost", "EffectiveCost", "ListCost", "ContractedCost", "ConsumedQuantity", "PricingQuantity"]
MOMENTS = ["BillingPeriodStart", "BillingPeriodEnd", "ChargePeriodStart", "ChargePeriodEnd"]
rows = duckdb.sql(f"SELECT * FROM read_csv('{sample}', all_varchar = true, nullstr = 'NULL') LIMIT 200")
typed = rows.select(
    ", ".join(
        f'"{name}"::DOUBLE AS "{name}"' if name in AMOUNTS
        else f'"{name}"::TIMESTAMP AS "{name}"' if name in MOMENTS
        else f'"{name}"'
        for name in rows.columns
    )
)
typed.write_parquet(f"{folder}/focus-duckdb.parquet", compression="snappy")
table = typed.to_arrow_table()
pl.from_arrow(table).write_parquet(f"{folder}/focus-polars.parquet", compression="snappy")
tags = [json.loads(text) if text else None for text in table["Tags"].to_pylist()]
maps = pa.array([list(t.items()) if t is not None else None for t in tags], pa.map_(pa.string(), pa.string()))
table = table.set_column(table.column_names.index("Tags"), "Tags", maps)
pq.write_table(table, f"{folder}/focus-pyarrow.parquet", compression="snappy", row_group_size=70)
