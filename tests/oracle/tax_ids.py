"""Tax ids of the countries whose check digits are public, right ones and slips of the pen, each with the
verdict of python-stdnum: `COUNTRY<TAB>NUMBER<TAB>1 or 0` a line. The same seed gives the same lines."""

import importlib
import random
import sys

# Country, module, and what a number begins with; # is a digit, @ a letter, _ either of both.
FORMS = [
    ("AT", "at.uid", ["U########"]),
    ("BE", "be.vat", ["0#########", "1#########"]),
    ("BG", "bg.vat", ["#########"]),
    ("CH", "ch.uid", ["CHE#########"]),
    ("CY", "cy.vat", ["########@"]),
    ("CZ", "cz.dic", ["########"]),
    ("DE", "de.vat", ["#########"]),
    ("DK", "dk.cvr", ["########"]),
    ("EE", "ee.kmkr", ["#########"]),
    ("ES", "es.nif", ["B########", "N#######@", "########@", "X#######@"]),
    ("FI", "fi.alv", ["########"]),
    ("FR", "fr.tva", ["###########"]),
    ("GB", "gb.vat", ["#########", "GD###", "HA###"]),
    ("GR", "gr.vat", ["#########"]),
    ("HR", "hr.oib", ["###########"]),
    ("HU", "hu.anum", ["########"]),
    ("IE", "ie.vat", ["#######@", "#######@A", "#@#####@"]),
    ("IT", "it.iva", ["#######001#", "###########"]),
    ("LT", "lt.pvm", ["#######1#", "##########1#"]),
    ("LU", "lu.tva", ["########"]),
    ("LV", "lv.pvn", ["4##########", "9##########"]),
    ("MT", "mt.vat", ["########"]),
    ("NL", "nl.btw", ["#########B##"]),
    ("NO", "no.orgnr", ["#########"]),
    ("PL", "pl.nip", ["##########"]),
    ("PT", "pt.nif", ["#########"]),
    ("RO", "ro.cui", ["########", "######"]),
    ("SE", "se.vat", ["##########01"]),
    ("SI", "si.ddv", ["########"]),
    # Nobody is born in month 90: the numbers of people follow other rules.
    ("SK", "sk.dph", ["##90######"]),
]
DIGITS = "0123456789"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def filled(form, random):
    return "".join(
        random.choice(DIGITS) if c == "#" else random.choice(LETTERS) if c == "@" else c
        for c in form
    )


def main():
    chance = random.Random(20261122)
    for country, module, forms in FORMS:
        check = importlib.import_module("stdnum." + module)
        for form in forms:
            right = wrong = tries = 0
            # Right ones are rare: as many slips are kept as right ones are found.
            while right < 40 and tries < 60_000:
                tries += 1
                number = filled(form, chance)
                # Check digits are 01 to 97 and 01 to 37; python-stdnum counts on from there again.
                last = {"BE": 97, "MT": 37}.get(country)
                if last and not 1 <= int(number[-2:]) <= last:
                    continue
                verdict = check.is_valid(number)
                if verdict:
                    right += 1
                elif wrong < 40:
                    wrong += 1
                else:
                    continue
                sys.stdout.write(f"{country}\t{number}\t{int(verdict)}\n")


main()
