"""Cuts the Noto fonts that stand behind Inter, and packs them. See ../README.md.

    python3 -m venv venv && venv/bin/pip install fonttools==4.68.0
    venv/bin/pip download --no-deps manimgx-fonts==2026.9.26.post1 manimgx-fonts-cjk==2026.9.26.post1
    for wheel in *.whl; do unzip -qo $wheel; done
    venv/bin/python make_fonts.py manimgx_fonts manimgx_fonts_cjk .
"""

import io
import sys
import zlib
from pathlib import Path

from fontTools import subset
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTCollection, TTFont
from fontTools.varLib import instancer

SCRIPTS = [
    "", "Arabic", "Armenian", "Bengali", "Devanagari", "Ethiopic", "Georgian", "Gujarati", "Gurmukhi", "Hebrew",
    "Kannada", "Khmer", "Lao", "Malayalam", "Myanmar", "Oriya", "Sinhala", "Tamil", "Telugu", "Thai",
]
MADE = 3_800_000_000


def options(features):
    chosen = subset.Options()
    chosen.hinting = False
    chosen.layout_features = features
    chosen.glyph_names = False
    chosen.notdef_outline = True
    chosen.name_IDs = [0, 1, 2, 4, 6, 13, 14]
    return chosen


def packed(font, path):
    font["head"].created = font["head"].modified = MADE
    font.recalcTimestamp = False
    raw = io.BytesIO()
    font.save(raw)
    small = zlib.compress(raw.getvalue(), 9)
    path.write_bytes(small)
    print(path, len(raw.getvalue()), "bytes,", len(small), "packed,", len(font.getBestCmap()), "characters")


def plain_cmap(font):
    """The one table of characters that the program reads."""
    font["cmap"].tables = [t for t in font["cmap"].tables if t.format == 4 and t.platformID == 3]


def script(source, target):
    font = TTFont(source)
    axes = {axis.axisTag: axis.defaultValue for axis in font["fvar"].axes}
    font = instancer.instantiateVariableFont(font, {**axes, "wght": 400})
    # Some are called after the lightest of their weights, which they are no longer.
    for record in (2, 4, 6):
        plain = font["name"].getDebugName(record).replace("Light", "Regular").replace("Thin", "Regular")
        font["name"].setName(plain, record, 3, 1, 0x409)
    cutter = subset.Subsetter(options(["*"]))
    cutter.populate(unicodes=[code for code in font.getBestCmap() if code <= 0xFFFF])
    cutter.subset(font)
    plain_cmap(font)
    packed(font, target)


def of_standard(codec, leads, trails):
    codes = set()
    for lead in leads:
        for trail in trails:
            try:
                codes |= {ord(character) for character in bytes([lead, trail]).decode(codec)}
            except UnicodeDecodeError:
                pass
    return codes


def characters():
    """What the national standards of China, Japan, Taiwan (its first level) and Korea list."""
    high = range(0xA1, 0xFF)
    china = of_standard("gb2312", high, high)
    japan = of_standard("euc_jp", high, high)
    korea = of_standard("euc_kr", high, high)
    taiwan = of_standard("big5", range(0xA4, 0xC7), [*range(0x40, 0x7F), *high])
    han = {code for code in china | japan | taiwan if 0x4E00 <= code <= 0x9FFF}
    hangul = {code for code in korea if 0xAC00 <= code <= 0xD7A3}
    signs = {code for code in china | japan | korea if 0x3200 <= code <= 0x33FF}
    return han | hangul | signs | {0x20, 0xA0, *range(0x3000, 0x3100), *range(0x31F0, 0x3200), *range(0xFF00, 0xFFF0)}


def east_asian(source, target):
    """The simplified Chinese forms, as one weight with outlines of its own and no layout tables."""
    variable = TTCollection(source, lazy=True).fonts[2]
    licence = {record: variable["name"].getDebugName(record) for record in (0, 13, 14)}
    cutter = subset.Subsetter(options([]))
    cutter.populate(unicodes=characters())
    cutter.subset(variable)
    raw = io.BytesIO()
    variable.save(raw)
    font = instancer.instantiateVariableFont(TTFont(io.BytesIO(raw.getvalue())), {"wght": 400})
    glyphs, cmap = font.getGlyphSet(), dict(sorted(font.getBestCmap().items()))
    order = list(dict.fromkeys([".notdef", *cmap.values()]))
    new = {name: name if name == ".notdef" else f"g{index}" for index, name in enumerate(order)}
    charstrings, metrics = {}, {}
    for name in order:
        pen = T2CharStringPen(glyphs[name].width, None)
        glyphs[name].draw(pen)
        charstrings[new[name]] = pen.getCharString()
        metrics[new[name]] = (glyphs[name].width, 0)
    builder = FontBuilder(font["head"].unitsPerEm, isTTF=False)
    builder.setupGlyphOrder(list(charstrings))
    builder.setupCharacterMap({code: new[name] for code, name in cmap.items()})
    builder.setupCFF("NotoSansCJK", {}, charstrings, {})
    builder.setupHorizontalMetrics(metrics)
    builder.setupHorizontalHeader(ascent=font["hhea"].ascent, descent=font["hhea"].descent)
    builder.setupNameTable({"familyName": "Noto Sans CJK", "styleName": "Regular", "psName": "NotoSansCJK"})
    for record, text in licence.items():
        if text:
            builder.font["name"].setName(text, record, 3, 1, 0x409)
    builder.setupOS2(sTypoAscender=880, sTypoDescender=-120, usWeightClass=400)
    builder.setupPost(keepGlyphNames=False)
    plain_cmap(builder.font)
    packed(builder.font, target)


single, collection, here = map(Path, sys.argv[1:4])
for name in SCRIPTS:
    script(single / f"NotoSans{name}[wght].ttf", here / f"NotoSans{name}.ttf.z")
east_asian(collection / "NotoSansCJK-VF.otf.ttc", here / "NotoSansCJK.otf.z")
