"""What LibreOffice makes of exported tables: formulas.py SOFFICE FOLDER.

FOLDER holds the files and `expected.json`: for each file a column and the texts that stand in it. Every file is
opened with the evaluation of formulas in CSV switched on, saved as flat XML, and read back: no cell of it may be a
formula but the sums below a workbook's rows, each text has to come back as it was, and figures have to be numbers.
A file of one bare formula is opened beside them, to see that this spreadsheet would run one.
"""

import json
import re
import subprocess
import sys
import unicodedata
from pathlib import Path
from xml.etree import ElementTree

OFFICE, FOLDER = Path(sys.argv[1]), Path(sys.argv[2])
OUT = FOLDER / "opened"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
KIND = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
# Separator, quotation mark, UTF-8, from line 1, …, and as the thirteenth word: formulas are evaluated.
CSV = "CSV:44,34,76,1,,0,false,true,false,false,false,0,true"
OWN_SUM = re.compile(r'of:=(\+?SUM\(\[[^\]]+\]\)|\+?SUMIFS\(\[[^\]]+\];\[[^\]]+\];"[A-Z]+"\))+')
MOST_REPEATED = 64


def convert(ending, *more):
    """Opens all files of a kind, and saves each as flat XML in a folder of its kind."""
    command = [OFFICE, f"-env:UserInstallation={(FOLDER / 'profile').as_uri()}", "--headless", "--norestore", *more,
               "--convert-to", "fods", "--outdir", OUT / ending, *FOLDER.glob(f"*.{ending}")]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, timeout=300)


def text_of(node):
    """The text of a paragraph as its reader sees it: runs of spaces and tabs are elements of their own."""
    text = node.text or ""
    for child in node:
        if child.tag == f"{TEXT}s":
            text += " " * int(child.get(f"{TEXT}c", "1"))
        elif child.tag == f"{TEXT}tab":
            text += "\t"
        elif child.tag == f"{TEXT}line-break":
            text += "\n"
        else:
            text += text_of(child)
        text += child.tail or ""
    return text


def rows_of(file):
    """The rows of the first sheet: for each cell its text, its kind, its value and its formula."""
    sheet = next(ElementTree.parse(file).getroot().iter(f"{TABLE}table"))
    for row in sheet.iter(f"{TABLE}table-row"):
        cells = []
        for cell in row:
            if cell.tag not in (f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
                continue
            text = "\n".join(text_of(part) for part in cell.findall(f"{TEXT}p"))
            read = (text, cell.get(f"{KIND}value-type"), cell.get(f"{KIND}value"), cell.get(f"{TABLE}formula"))
            times = int(cell.get(f"{TABLE}number-columns-repeated", "1"))
            cells += [read] * min(times, MOST_REPEATED)
        yield cells


def seen(text):
    """The text as LibreOffice holds it: one kind of line break, no tab in a cell of several lines, no character that
    XML cannot carry."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\n" in text:
        text = text.replace("\t", "")
    return "".join(c for c in text if c in "\t\n" or unicodedata.category(c) != "Cc")


def fail(what):
    print(f"WRONG: {what}")
    global wrong
    wrong += 1


wrong = cells = texts = numbers = below_nothing = 0
asked = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))
(FOLDER / "bare.csv").write_text("a\n=1+1\n", encoding="utf-8")
convert("csv", f"--infilter={CSV}")
convert("xlsx")
ran = [cell for row in rows_of(OUT / "csv/bare.fods") for cell in row if cell[3]]
if len(ran) != 1 or ran[0][2] != "2":
    fail(f"a bare formula was not run, so that this proves nothing: {ran}")
for expected in asked:
    name = expected["file"]
    stem, ending = name.split(".")
    rows = list(rows_of(OUT / ending / f"{stem}.fods"))
    head = [cell[0] for cell in rows[0]]
    at = head.index(expected["column"])
    found = set()
    for place, row in enumerate(rows[1:], 2):
        for column, (text, kind, value, formula) in enumerate(row):
            cells += 1
            if formula is not None and not (ending == "xlsx" and OWN_SUM.fullmatch(formula)):
                fail(f"{name}, row {place}: {formula} is a formula ({text})")
            if kind in ("float", "currency", "percentage"):
                numbers += 1
                below_nothing += value.startswith("-")
        if at < len(row) and row[at][1] == "string":
            text = row[at][0]
            found.add(text.removeprefix("'") if ending == "csv" else text)
    for text in map(seen, expected["texts"]):
        texts += 1
        if text not in found:
            fail(f"{name}, {expected['column']}: {text!r} did not come back")
if below_nothing == 0:
    fail("no figure below nothing is a number")
if wrong == 0:
    files = len(list(OUT.glob("*/*-*.fods")))
    print(f"{texts} texts in {files} files: {cells} cells opened, 0 formulas but our own sums, {numbers} numbers, "
          f"{below_nothing} of them below nothing")
sys.exit(wrong != 0)
