"""Writes the rows of `write_tables` with another library: peers.py LIBRARY csv|xlsx ROWS FILE.

The rows are made before the clock starts; what is printed is the milliseconds of writing alone. Text that a
spreadsheet would run is neutralised by whoever has an option for it.
"""

import sys
import time
from datetime import date, timedelta
from decimal import Decimal

library, kind, count, file = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
DAYS = [date(2026, 1, 1) + timedelta(days=at) for at in range(365)]


def rows():
    for row in range(count):
        mixed = (row * 2_654_435_761) % (1 << 32)
        owner = f"=HYPERLINK({row})" if mixed % 40 == 0 else f"Person {mixed % 500}"
        billed = ((mixed % 1_000_000_000) * 37 - 5_000_000) / 1e9
        yield (
            DAYS[mixed % 365],
            owner,
            f"{mixed % 97 + 111_122_223:012}",
            f"Amazon Service {mixed % 60}",
            f"eu-central-{mixed % 9}",
            f"arn:aws:ec2:eu-central-1:{mixed % 97:012}:instance/i-{row:017x}",
            f'team="t{mixed % 30}"; stage=prod, cost-centre={mixed % 100}',
            float(f"{mixed % 700}.{mixed % 999_999:06}"),
            "USD",
            billed,
            billed,
            mixed % 25,
        )


NAMES = ["Day", "Owner", "Account", "Service", "Region", "Resource", "Tags", "Quantity", "Currency", "Billed",
         "Effective", "Lines"]


def frame():
    import polars

    return polars.DataFrame(list(rows()), schema=NAMES, orient="row")


if library == "xlsxwriter":
    import xlsxwriter

    made = list(rows())
    begun = time.monotonic()
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet("Charges")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    money = book.add_format({"num_format": "#,##0.00#######"})
    sheet.write_row(0, 0, NAMES)
    for at, row in enumerate(made, 1):
        sheet.write_datetime(at, 0, row[0], day)
        for column in (1, 2, 3, 4, 5, 6, 8):
            sheet.write_string(at, column, row[column])
        sheet.write_number(at, 7, row[7])
        sheet.write_number(at, 9, row[9], money)
        sheet.write_number(at, 10, row[10], money)
        sheet.write_number(at, 11, row[11])
    book.close()
elif library == "polars":
    made = frame()
    begun = time.monotonic()
    if kind == "csv":
        made.write_csv(file)
    else:
        made.write_excel(file, worksheet="Charges")
elif library == "duckdb":
    import duckdb

    made = frame().to_arrow()
    database = duckdb.connect()
    database.execute("CREATE TABLE charges AS SELECT * FROM made")
    if kind == "xlsx":
        database.execute("INSTALL excel; LOAD excel;")
    begun = time.monotonic()
    how = "FORMAT csv, HEADER" if kind == "csv" else "FORMAT xlsx, HEADER true"
    database.execute(f"COPY charges TO '{file}' ({how})")
print(round((time.monotonic() - begun) * 1000))
