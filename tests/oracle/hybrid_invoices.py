"""What factur-x finds in each PDF of the command line: the name, the level and the size of its XML, a line each.

It finds the XML as any reader does, holds it against the schema, and looks at what the file says of itself.
"""

import sys

from facturx import get_facturx_level, get_xml_from_pdf
from lxml import etree
from pypdf import PdfReader

for path in sys.argv[1:]:
    with open(path, "rb") as file:
        name, xml = get_xml_from_pdf(file.read(), check_xsd=True)
    if not name:
        sys.exit(f"{path} carries no invoice")
    described = PdfReader(path).xmp_metadata.get_element("", "urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#", "ConformanceLevel")
    says = [node.firstChild.data for node in described]
    print(name, get_facturx_level(etree.fromstring(xml)), len(xml), *says)
