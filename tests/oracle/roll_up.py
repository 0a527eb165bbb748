"""Runs a statement for Athena on DuckDB, over the rows of a file.

Reads one JSON object: `file` (CSV, gzipped or not, or Parquet), `columns` (name and type of each as the
export has them), `database`, `table`, `period`, `statement`, `create`, `answer` (the CSV file to write).
The statement that makes the table is only parsed: its storage is Athena's own.
"""

import json
import sys

import duckdb
import sqlglot

TYPES = {
    "text": lambda name: f"CAST({name} AS VARCHAR)",
    "double": lambda name: f"CAST(NULLIF(NULLIF({name}, ''), 'NULL') AS DOUBLE)",
    "timestamp": lambda name: f"CAST(NULLIF(NULLIF({name}, ''), 'NULL') AS TIMESTAMP)",
    "map": lambda name: f"CAST(CAST(NULLIF(NULLIF({name}, ''), 'NULL') AS JSON) AS MAP(VARCHAR, VARCHAR))",
}


def quoted(name):
    return '"' + name.replace('"', '""') + '"'


def main():
    ask = json.load(sys.stdin)
    sqlglot.parse_one(ask["create"], read="athena")
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    columns = ", ".join(
        f"{TYPES[kind](quoted(name))} AS {quoted(name.lower())}" for name, kind in ask["columns"]
    )
    source = (
        f"read_parquet('{ask['file']}')"
        if ask["file"].endswith(".parquet")
        else f"read_csv('{ask['file']}', all_varchar = true, header = true, quote = '\"', escape = '\"', nullstr = '')"
    )
    connection.execute(f"CREATE SCHEMA {quoted(ask['database'])}")
    connection.execute(
        f"CREATE TABLE {quoted(ask['database'])}.{quoted(ask['table'])} AS "
        f"SELECT {columns}, '{ask['period']}' AS billing_period FROM {source}"
    )
    [statement] = sqlglot.transpile(ask["statement"], read="athena", write="duckdb")
    connection.execute(
        f"COPY ({statement}) TO '{ask['answer']}' (FORMAT csv, HEADER true, FORCE_QUOTE *)"
    )


main()
