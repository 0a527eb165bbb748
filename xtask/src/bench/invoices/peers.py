"""The same invoices as `render_invoices` draws them, by reportlab and by typst, on one core.

    python peers.py FONTS COUNT [FOLDER]

FONTS is the folder with Inter-Regular.ttf and Inter-SemiBold.ttf: each document embeds what it uses of them.
"""

import io
import json
import sys
import tempfile
import time
from pathlib import Path

import typst
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

FONTS, COUNT = Path(sys.argv[1]), int(sys.argv[2])
FOLDER = Path(sys.argv[3]) if len(sys.argv) > 3 else None
SERVICES = [
    ("Amazon Elastic Compute Cloud", "arn:aws:ec2:eu-central-1:123456789012:instance/i-0"),
    ("Amazon Relational Database Service", "arn:aws:rds:eu-central-1:123456789012:db:orders-"),
    ("Amazon Simple Storage Service", "company-backups-"),
    ("AWS Lambda", "arn:aws:lambda:eu-central-1:123456789012:function:thumbnail-"),
    ("Elastic Load Balancing", "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/"),
    ("AWS Data Transfer", "eu-central-1-out-"),
]
SELLER = ["Harbour & Sons Ltd", "1 Pier Road", "Bristol BS1 4RB", "United Kingdom", "Tax ID GB 123 4567 89"]


def invoice(number, count=60):
    """Number, buyer, and for each service its lines: the amounts in cents."""
    groups = {}
    for line in range(count):
        service, resource = SERVICES[line * 6 // count]
        cents = (line * 7919 + number * 104729) * 13577001 // 10_000_000
        groups.setdefault(service, []).append((f"{resource}{line * 2654435761 % 2**32:08x}", cents))
    return f"INV-{number:05}", f"Customer {number} GmbH", groups


def figure(cents):
    return f"{cents // 100:,}.{cents % 100:02}"


def by_reportlab(number, buyer, groups):
    small = ParagraphStyle("small", fontName="Inter", fontSize=8.25, leading=11.75)
    title = ParagraphStyle("title", fontName="InterSB", fontSize=21, leading=26)
    strong = ParagraphStyle("strong", fontName="InterSB", fontSize=9.5, leading=12)
    out = io.BytesIO()
    document = SimpleDocTemplate(out, pagesize=A4, title=f"Invoice {number}", author=SELLER[0],
                                 leftMargin=51, rightMargin=51, topMargin=51, bottomMargin=62)
    total = sum(cents for lines in groups.values() for _, cents in lines)
    story = [Paragraph("Invoice", title)]
    story += [Paragraph(line.replace("&", "&amp;"), small) for line in SELLER]
    story += [Spacer(1, 12), Paragraph("Bill to", small), Paragraph(buyer, strong), Spacer(1, 12)]
    story += [Paragraph(f"Amount due ${figure(total + total // 5)}", title), Spacer(1, 12)]
    rows, style = [["Service and resource", "Amount (USD)", "Service total (USD)"]], [
        ("FONT", (0, 0), (-1, -1), "Inter", 8), ("ALIGN", (1, 0), (-1, -1), "RIGHT"),
        ("TOPPADDING", (0, 0), (-1, -1), 1.2), ("BOTTOMPADDING", (0, 0), (-1, -1), 1.2),
        ("LINEBELOW", (0, 0), (-1, 0), 0.9, colors.HexColor("#174069")),
    ]
    for service, lines in groups.items():
        style.append(("FONT", (0, len(rows)), (-1, len(rows)), "InterSB", 9))
        rows.append([service, "", figure(sum(cents for _, cents in lines))])
        rows += [["   " + resource, figure(cents), ""] for resource, cents in lines]
    rows += [["", "Subtotal", figure(total)], ["", "Tax (20 %)", figure(total // 5)],
             ["", "Total", figure(total + total // 5)]]
    table = Table(rows, repeatRows=1, colWidths=[300, 90, 103])
    table.setStyle(TableStyle(style))
    story.append(table)

    def foot(canvas, document):
        canvas.setFont("Inter", 7.25)
        canvas.drawString(51, 32, f"{SELLER[0]} · Invoice {number}")
        canvas.drawRightString(A4[0] - 51, 32, f"Page {document.page}")

    document.build(story, onFirstPage=foot, onLaterPages=foot)
    return out.getvalue()


TEMPLATE = """
#let data = json(bytes(sys.inputs.data))
#set document(title: "Invoice " + data.number, author: data.seller.first())
#set page(paper: "a4", margin: (x: 51pt, top: 51pt, bottom: 62pt), footer: context [
  #set text(size: 7.25pt)
  #data.seller.first() · Invoice #data.number #h(1fr) Page #counter(page).display() of #counter(page).final().first()])
#set text(font: "Inter", size: 8pt)
#text(size: 21pt, weight: 600)[Invoice]
#for line in data.seller [#line \\ ]
Bill to \\ #text(weight: 600)[#data.buyer]

#text(size: 17pt, weight: 600)[Amount due \\$#data.due]
#table(columns: (1fr, auto, auto), align: (left, right, right), stroke: none, inset: (x: 0pt, y: 1.2pt), column-gutter: 20pt,
  table.header([Service and resource], [Amount (USD)], [Service total (USD)], table.hline(stroke: 0.9pt)),
  ..for group in data.groups {
    (text(weight: 600, size: 9pt)[#group.service], [], text(weight: 600, size: 9pt)[#group.sum])
    for line in group.lines { (h(12pt) + line.at(0), line.at(1), []) }
  },
  [], [Subtotal], [#data.subtotal], [], [Tax (20 %)], [#data.tax], [], [Total], [#data.due])
"""


def by_typst(number, buyer, groups, compiler):
    total = sum(cents for lines in groups.values() for _, cents in lines)
    data = {
        "number": number, "buyer": buyer, "seller": SELLER, "subtotal": figure(total), "tax": figure(total // 5),
        "due": figure(total + total // 5),
        "groups": [{"service": service, "sum": figure(sum(cents for _, cents in lines)),
                    "lines": [[resource, figure(cents)] for resource, cents in lines]}
                   for service, lines in groups.items()],
    }
    return compiler.compile(format="pdf", sys_inputs={"data": json.dumps(data)})


def timed(name, draw):
    draw(invoice(0))
    started, size = time.perf_counter(), 0
    for number in range(1, COUNT + 1):
        drawn = draw(invoice(number))
        size += len(drawn)
        if FOLDER and number == 1:
            FOLDER.mkdir(parents=True, exist_ok=True)
            (FOLDER / f"{name}.pdf").write_bytes(drawn)
    took = time.perf_counter() - started
    print(f"{name}: {COUNT} invoices in {took:.1f} s, {COUNT / took:.1f} a second, {size // COUNT} bytes each", flush=True)


pdfmetrics.registerFont(TTFont("Inter", FONTS / "Inter-Regular.ttf"))
pdfmetrics.registerFont(TTFont("InterSB", FONTS / "Inter-SemiBold.ttf"))
timed("reportlab", lambda one: by_reportlab(*one))
with tempfile.TemporaryDirectory() as folder:
    template = Path(folder) / "invoice.typ"
    template.write_text(TEMPLATE, encoding="utf-8")
    compiler = typst.Compiler(str(template), root=folder, font_paths=[str(FONTS)], ignore_system_fonts=True)
    timed("typst", lambda one: by_typst(*one, compiler))
