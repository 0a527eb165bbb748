"""Holds forecasts against what followed, beside statsforecast on the same series in the same run.

Each series is cut at a window: the 30 days that are forecast, and at most 730 days before them. Series and
windows are told apart by what they were used for. Parameters were chosen on the windows "tuning" only: of every
other real series, and of bills 1 to 40 and 201 to 400. The window "report" is the last 30 days of all real
series, which are told apart by whether earlier days of theirs were tuned on ("seen"), of bills 41 to 100, and of
bills 1001 to 1300 ("fresh"), which nothing was looked at on before the method was done. The window "judged" is the
same of bills 3001 to 8000, which the goal was set on before anything was known of them. Bills are told apart by
whether a step or a spike that nobody could foresee falls into the 30 days ("event") or not ("calm"). What could
be known of theirs at best is told by the observers of bills.py.

usage: compare.py SERIES WINDOW PROGRAM [--alone] [--each]
"""

import subprocess
import sys
import time

import numpy as np
import pandas as pd

HORIZON = 30
HISTORY = 730


def windows(file, which):
    real = 0
    for line in open(file, encoding="utf-8"):
        name, kind, first, numbers, events, *expected = line.rstrip("\n").split(",")
        values = np.array(numbers.split(), float)
        if kind == "real":
            real += 1
            tuned = real % 2 == 0
        else:
            tuned = not expected
        seed = 0 if kind == "real" else int(name[-4:])
        if which in ("report", "judged"):
            if (which == "judged") != (seed > 2000):
                continue
            if kind == "real":
                yield from cut(name, kind, first, values, [len(values)], "seen" if tuned else "unseen")
            elif not tuned:
                late = any(int(at) >= len(values) - HORIZON for at in events.split())
                kind = "bill" if seed <= 100 else "fresh" if seed <= 2000 else "judged"
                for case in cut(name, kind, first, values, [len(values)], "event" if late else "calm"):
                    said = [np.array(days.split(), float) for days in expected]
                    yield case | dict(zip(["insider", "ideal"], said))
        elif tuned:
            ends = ([len(values) - 91 - 61 * back for back in range(6)] if kind == "real"
                    else [len(values), len(values) - 47])
            ends = [end for end in ends if end >= 180]
            yield from cut(name, kind, first, values, ends, "seen")


def cut(name, kind, first, values, ends, part):
    for end in ends:
        start = max(0, end - HORIZON - HISTORY)
        day = pd.Timestamp(first) + pd.Timedelta(days=start)
        yield {"name": f"{name}@{end}", "kind": kind, "part": part, "day": day.date(),
               "history": values[start:end - HORIZON], "future": values[end - HORIZON:end]}


def ours(program, cases):
    lines = "".join(f"{c['name']},{c['day']},{' '.join(f'{v:.4f}' for v in c['history'])}\n" for c in cases)
    answer = subprocess.run([program, str(HORIZON)], input=lines, capture_output=True, text=True, check=True)
    for line in answer.stdout.splitlines():
        name, method, trial, once, total, *days = line.split(",")
        table = np.array([day.split() for day in days], float)
        low, high = map(float, total.split())
        yield {"method": method, "trial_ms": float(trial), "ms": float(once), "mean": table[:, 0], "low80": table[:, 1],
               "high80": table[:, 2], "low95": table[:, 3], "high95": table[:, 4], "sum": (low, high)}


def peer(model, case):
    started = time.perf_counter()
    said = model.forecast(y=case["history"], h=HORIZON, level=[80, 95])
    took = (time.perf_counter() - started) * 1000
    return {"ms": took, "mean": said["mean"], "low80": said["lo-80"], "high80": said["hi-80"],
            "low95": said["lo-95"], "high95": said["hi-95"]}


def measured(case, said):
    actual, history = case["future"], case["history"]
    error = np.abs(actual - said["mean"])
    size = np.abs(actual) + np.abs(said["mean"])
    scale = np.mean(np.abs(history[7:] - history[:-7]))
    total = abs(actual.sum())
    row = {"sMAPE %": 200 * np.mean(np.where(size > 0, error / np.where(size > 0, size, 1), 0)),
           "MASE": error.mean() / scale,
           "month total %": 100 * abs(actual.sum() - said["mean"].sum()) / total if total else 0.0}
    if "low80" in said:
        row |= {"in 80 %": 100 * np.mean((said["low80"] <= actual) & (actual <= said["high80"])),
                "in 95 %": 100 * np.mean((said["low95"] <= actual) & (actual <= said["high95"])),
                "ms": said["ms"]}
    if "sum" in said:
        row["total in 80 %"] = 100.0 * (said["sum"][0] <= actual.sum() <= said["sum"][1])
        row["ms back-test"] = said["trial_ms"]
    return row


def compared(cases, program, alone):
    """A row of figures for each case and who forecast it."""
    def row(who, case, said, method=None):
        about = {"who": who, "series": case["name"], "kind": case["kind"], "part": case["part"], "method": method}
        return about | measured(case, said)

    for case, said in zip(cases, ours(program, cases), strict=True):
        yield row("Tallyport", case, said, said["method"])
    for who in ["insider", "ideal"]:
        for case in cases:
            if who in case:
                yield row(who, case, {"mean": case[who]})
    if alone:
        return
    from statsforecast.models import AutoETS, AutoTheta, SeasonalNaive

    models = {"AutoETS": AutoETS(season_length=7), "AutoTheta": AutoTheta(season_length=7),
              "SeasonalNaive": SeasonalNaive(season_length=7)}
    for name, model in models.items():
        peer(model, cases[0])  # What is compiled or loaded once is not a series' time.
        for case in cases:
            yield row(name, case, peer(model, case))


def main(series, which, program, *flags):
    cases = list(windows(series, which))
    table = pd.DataFrame(compared(cases, program, "--alone" in flags))
    figures = [column for column in table.columns if column not in ("who", "series", "kind", "part", "method")]

    def tell(kind, part, who, rows):
        means = "  ".join(f"{column} {rows[column].mean():.3f}" for column in figures if rows[column].notna().any())
        print(f"{kind:5} {part:7} {len(rows):3} series  {who:14} {means}")

    for (kind, who), rows in table.groupby(["kind", "who"], sort=False):
        tell(kind, "all", who, rows)
        parts = sorted(rows.part.unique())
        for part in parts if len(parts) > 1 else []:
            tell(kind, part, who, rows[rows.part == part])
    for who, rows in table[table.kind != "real"].groupby("who", sort=False):
        tell("bills", "of both", who, rows)
    mine = table[table.who == "Tallyport"]
    if "--each" in flags:
        pd.set_option("display.width", 200)
        print(mine.drop(columns=["who", "part"]).round(2).to_string())
    print("methods:", dict(mine.groupby(["kind", "method"]).size()))
    print("slowest back-test %.1f ms, slowest forecast %.2f ms" % (mine["ms back-test"].max(), mine.ms.max()))


main(*sys.argv[1:])
