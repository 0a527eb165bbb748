"""Cuts Inter to what a bill can need. See README.md beside this file.

    python3 -m venv venv && venv/bin/pip install fonttools brotli uharfbuzz
    npm pack inter-ui@4.1.1 && tar xzf inter-ui-4.1.1.tgz
    venv/bin/python make_fonts.py package/web .
"""

import io
import sys
from pathlib import Path

import uharfbuzz
from fontTools import subset
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.scaleUpem import scale_upem
from fontTools.ttLib.tables._k_e_r_n import KernTable_format_0

# Latin with its extensions and Vietnamese, Greek, Cyrillic, punctuation, currency signs, and
# the few symbols that names carry.
CHARACTERS = [
    *range(0x20, 0x7F), *range(0xA0, 0x180), 0x18F, 0x192, *range(0x1A0, 0x1A2), *range(0x1AF, 0x1B1),
    *range(0x1CD, 0x1D5), *range(0x1E6, 0x1EC), *range(0x1FC, 0x200), *range(0x218, 0x21C),
     0x259, 0x2BC, 0x2C6, 0x2C7, *range(0x2D8, 0x2DE),
    *range(0x370, 0x400), *range(0x400, 0x460), *range(0x462, 0x464), *range(0x472, 0x476),
    *range(0x48A, 0x500), *range(0x1E80, 0x1E86), 0x1E9E, *range(0x1EA0, 0x1EFA), *range(0x2010, 0x2028), *range(0x2030, 0x203B), 0x2044,
    *range(0x2070, 0x2090), *range(0x20A0, 0x20C1), 0x2113, 0x2116, 0x2117, 0x2120, 0x2122, 0x2126, 0x212E,
    *range(0x2190, 0x2194), 0x2202, 0x2206, 0x220F, 0x2211, 0x2212, 0x2215, 0x221A, 0x221E, 0x222B,
    0x2248, 0x2260, 0x2264, 0x2265, 0x25CA, 0x25CF, 0x2713, 0xFB01, 0xFB02,
]
KERNED = [
    [*range(0x21, 0x30), *range(0x3A, 0x7F), *range(0xC0, 0x100), 0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2026],
    [*range(0x386, 0x3CF), 0x2C, 0x2E, 0x2D],
    [*range(0x400, 0x460), *range(0x490, 0x4A0), 0x2C, 0x2E, 0x2D],
]
LEAST_KERN = 20


def tabular(font):
    """Maps the digits (and nothing else) to their tabular forms."""
    features = font["GSUB"].table
    lookups = {
        index
        for record in features.FeatureList.FeatureRecord
        if record.FeatureTag == "tnum"
        for index in record.Feature.LookupListIndex
    }
    forms = {}
    for index in lookups:
        for part in features.LookupList.Lookup[index].SubTable:
            forms.update(getattr(part, "ExtSubTable", part).mapping)
    digits = set(range(0x30, 0x3A))
    for table in font["cmap"].tables:
        for code in digits & table.cmap.keys():
            table.cmap[code] = forms.get(table.cmap[code], table.cmap[code])


def kerning(font, sets):
    """What the shaper moves between two characters, by pair of glyphs."""
    raw = io.BytesIO()
    font.save(raw)
    shaper = uharfbuzz.Font(uharfbuzz.Face(raw.getvalue()))
    names, cmap, pairs = font.getGlyphOrder(), font.getBestCmap(), {}

    def shaped(text, kern):
        buffer = uharfbuzz.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        uharfbuzz.shape(shaper, buffer, {"kern": kern, "liga": False, "calt": False, "ccmp": False})
        return [names[i.codepoint] for i in buffer.glyph_infos], sum(p.x_advance for p in buffer.glyph_positions)

    for codes in sets:
        for left in codes:
            for right in codes:
                if left not in cmap or right not in cmap:
                    continue
                glyphs, kerned = shaped(chr(left) + chr(right), True)
                by = kerned - shaped(chr(left) + chr(right), False)[1]
                if abs(by) >= LEAST_KERN and len(glyphs) == 2:
                    pairs[cmap[left], cmap[right]] = by
    return pairs


def flattened(font):
    """Composite glyphs become plain outlines, so that a program can cut the font by copying."""
    glyphs, table = font.getGlyphSet(), font["glyf"]
    for name in font.getGlyphOrder():
        if table[name].isComposite():
            recording, pen = DecomposingRecordingPen(glyphs), TTGlyphPen(None)
            glyphs[name].draw(recording)
            recording.replay(pen)
            table[name] = pen.glyph()


def make(source, target):
    font = TTFont(source)
    font.flavor = None
    scale_upem(font, 1000)
    tabular(font)
    options = subset.Options()
    options.layout_features = ["kern"]
    options.hinting = False
    options.notdef_outline = True
    options.glyph_names = True
    options.name_IDs = [0, 1, 2, 4, 6, 13, 14]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=CHARACTERS)
    cutter.subset(font)
    pairs = kerning(font, KERNED)
    flattened(font)
    for tag in ("GPOS", "GSUB", "GDEF"):
        if tag in font:
            del font[tag]
    part = KernTable_format_0()
    part.version = part.coverage = part.format = 0
    part.coverage, part.tupleIndex, part.kernTable, part.apple = 1, None, pairs, False
    font["kern"] = newTable("kern")
    font["kern"].version, font["kern"].kernTables = 0, [part]
    font["post"].formatType = 3.0
    font["cmap"].tables = [t for t in font["cmap"].tables if t.format == 4 and t.platformID == 3]
    font["head"].created = font["head"].modified = 3_800_000_000
    font.recalcTimestamp = False
    font.save(target)
    print(target, Path(target).stat().st_size, "bytes,", len(font.getBestCmap()), "characters,", len(pairs), "pairs")


for weight in ("Regular", "Medium", "SemiBold"):
    make(f"{sys.argv[1]}/Inter-{weight}.woff2", f"{sys.argv[2]}/Inter-{weight}.ttf")
