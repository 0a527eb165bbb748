"""Which rules of PDF/A-3b each file of the command line breaks: its rules in a line, nothing where it keeps all.

The rules are those of `page`, a checker of its own that is held against the corpus of veraPDF.
"""

import sys

from page import ValidationProfile, validate_pdf

for path in sys.argv[1:]:
    report = validate_pdf(path, profile=ValidationProfile.PDF_A_3B)
    if report.rules.total < 100:
        sys.exit(f"only {report.rules.total} rules were asked")
    print(*sorted({failure.rule_id for failure in report.failures}))
