"""Holds FOCUS files against the rules of version 1.2, as the FinOps Foundation's validator has them.

Prints for each file which rules passed, which failed and how often. A rule that only gathers others is
left out where one of those failed: the others say why.
"""

import contextlib
import io
import json
import os
import sys

import focus_validator
from focus_validator.validator import Validator

# What the ledger knows of a charge. The other criteria are about prices, commitments and capacity,
# which a daily charge does not have.
CRITERIA = ",".join(
    [
        "SUB_ACCOUNT_SUPPORTED",
        "REGION_SUPPORTED",
        "TAGGING_SUPPORTED",
        "USAGE_MEASUREMENT_SUPPORTED",
    ]
)

PACKAGE = os.path.dirname(focus_validator.__file__)


def gathered():
    """The rules that each gathering rule gathers."""
    with open(os.path.join(PACKAGE, "rules", "model-1.2.0.1.json"), encoding="utf-8") as file:
        rules = json.load(file)["ModelRules"]
    children = {}
    for name, rule in rules.items():
        requirement = rule["ValidationCriteria"]["Requirement"]
        if requirement.get("CheckFunction") in ("AND", "OR"):
            items = requirement.get("Items", [])
            named = [item["ModelRuleId"] for item in items if "ModelRuleId" in item]
            if len(named) == len(items):
                children[name] = named
    return children


def explained(name, failed, children):
    return any(
        child in failed or explained(child, failed, children) for child in children.get(name, [])
    )


def check(path, children):
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        results = Validator(
            data_filename=path,
            output_type="console",
            output_destination=None,
            focus_dataset="CostAndUsage",
            rules_version="1.2",
            rules_block_remote_download=True,
            applicability_criteria=CRITERIA,
        ).validate()
    passed, skipped, failed = 0, 0, {}
    for name, entry in results.by_rule_id.items():
        if entry.get("details", {}).get("skipped"):
            skipped += 1
        elif entry.get("ok"):
            passed += 1
        else:
            failed[name] = entry["details"].get("violations", 0)
    told = {name: count for name, count in failed.items() if not explained(name, failed, children)}
    return {
        "rows": results.data_row_count,
        "passed": passed,
        "skipped": skipped,
        "failed": told,
    }


def main():
    files = [os.path.abspath(path) for path in sys.argv[1:]]
    # The validator looks for its list of currencies below the folder it is started in.
    os.chdir(os.path.dirname(PACKAGE))
    children = gathered()
    print(json.dumps({path: check(path, children) for path in files}))


main()
