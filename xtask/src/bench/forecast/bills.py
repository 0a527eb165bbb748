"""Bill-like series made from a seed, and what of their days to come can be known at best.

A bill is a level with slow growth that changes and rare steps, weekdays, autocorrelated noise, rare spikes, and
in most a charge of the first of the month, of another day, or of the last working day.

Two observers say how low an error can be. Both know how bills are made, and each parameter of this one: its
weekdays, its charges, its noise, its steps and spikes of the past. Nobody knows the steps and spikes to come.
The *insider* also knows the level, the growth and the noise of the last day, which nobody can read off a bill.
The *ideal* one has to find them in what the days cost, by the filter that is right for this process (Kalman's,
over all days on which the growth may last have changed). No method can on average be better than the ideal one.
"""

import dataclasses

import numpy as np
import pandas as pd

BILL_DAYS = 460
GROWTH = (0.01, 0.02)  # of a month: mean and deviation
GROWTH_LASTS = (60, 180)  # days, the end excluded
REMEMBERED = 0.5  # of a day's noise on the next


@dataclasses.dataclass
class Bill:
    """A bill-like series and what it was made of."""
    days: pd.DatetimeIndex
    cost: np.ndarray
    log_level: np.ndarray
    growth: np.ndarray
    steps: np.ndarray  # what the logarithm of the level rose by on a day, beside its growth
    spikes: np.ndarray  # what a single day cost more
    weekday: np.ndarray
    noise: np.ndarray
    noise_size: float
    fees: np.ndarray  # amounts by day
    fees_of_level: np.ndarray  # multiples of the level by day

    def events(self):
        """The days of its steps and spikes."""
        return np.flatnonzero((self.steps != 0) | (self.spikes != 0))


def bill(seed):
    """One bill-like series; the same seed gives the same series."""
    chance = np.random.default_rng(seed)
    days = pd.date_range(pd.Timestamp("2024-01-01") + pd.Timedelta(days=int(chance.integers(0, 200))), periods=BILL_DAYS)
    # Growth of a month, drawn anew about every four months.
    growth, at = np.empty(BILL_DAYS), 0
    while at < BILL_DAYS:
        until = at + int(chance.integers(*GROWTH_LASTS))
        growth[at:until] = chance.normal(*GROWTH) / 30.4
        at = until
    log_level = np.log(chance.lognormal(np.log(300), 1.2)) + np.cumsum(growth)
    steps, spikes = np.zeros(BILL_DAYS), np.zeros(BILL_DAYS)
    for at in np.flatnonzero(chance.random(BILL_DAYS) < 1.2 / 365):
        steps[at] = chance.normal(0, 0.15)
        log_level[at:] += steps[at]
    level = np.exp(log_level)
    kind = chance.random()
    weekend = 1.0 if kind < 0.3 else chance.uniform(0.55, 0.95) if kind < 0.8 else chance.uniform(0.2, 0.5)
    weekday = np.where(days.dayofweek >= 5, weekend, 1.0)
    size, noise = chance.uniform(0.01, 0.05), np.zeros(BILL_DAYS)
    for at in range(1, BILL_DAYS):
        noise[at] = REMEMBERED * noise[at - 1] + chance.normal(0, size * np.sqrt(1 - REMEMBERED**2))
    for at in np.flatnonzero(chance.random(BILL_DAYS) < 2 / 365):
        spikes[at] = level[at] * chance.uniform(0.5, 3)
    fees, of_level = np.zeros(BILL_DAYS), np.zeros(BILL_DAYS)
    if chance.random() < 0.6:
        grows = chance.random() < 0.5
        share = chance.uniform(0.05, 0.6) * 30.4
        (of_level if grows else fees)[days.day == 1] += share * (1.0 if grows else np.median(level))
    if chance.random() < 0.2:
        fees[days.day == int(chance.integers(2, 28))] += chance.uniform(0.5, 4) * np.median(level)
    if chance.random() < 0.2:
        of_level[days.isin(pd.bdate_range(days[0], days[-1] + pd.offsets.MonthEnd(), freq="BME"))] += chance.uniform(0.5, 2)
    cost = level * weekday * np.exp(noise) + spikes + fees + of_level * level
    return Bill(days, cost, log_level, growth, steps, spikes, weekday, noise, size, fees, of_level)


# How likely growth that has lasted so many days (0 is its first day) changes on the next.
ENDS = np.array([0.0 if age + 1 < GROWTH_LASTS[0] else 1 / (GROWTH_LASTS[1] - 1 - age)
                 for age in range(GROWTH_LASTS[1] - 1)])


def insider(made, known):
    """What the insider expects of the days after the first `known`."""
    age = known - 1 - max([0] + [at for at in range(1, known) if made.growth[at] != made.growth[at - 1]])
    alone = np.zeros((len(ENDS), 3))
    alone[age] = [made.log_level[known - 1], made.growth[known - 1], made.noise[known - 1]]
    weights = np.zeros(len(ENDS))
    weights[age] = 1.0
    return said(made, known, weights, alone)


def ideal(made, known):
    """What the ideal observer expects of the days after the first `known`."""
    stepped = np.cumsum(made.steps[:known])
    usage = made.cost - made.spikes - made.fees - made.fees_of_level * np.exp(made.log_level)
    seen = np.log(usage[:known] / made.weekday[:known]) - stepped
    weights = np.zeros(len(ENDS))
    weights[0] = 1.0
    # Level, growth of a day and noise, for each age of the growth.
    middle = np.tile([seen[0], GROWTH[0] / 30.4, 0.0], (len(ENDS), 1))
    drawn = (GROWTH[1] / 30.4) ** 2
    far = np.tile(np.diag([25.0, drawn, made.noise_size**2]), (len(ENDS), 1, 1))
    move = np.array([[1.0, 1.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, REMEMBERED]])
    shock = np.diag([0.0, 0.0, made.noise_size**2 * (1 - REMEMBERED**2)])
    read = np.array([1.0, 0.0, 1.0])
    for at in range(known):
        if at > 0:
            weights, middle, far = aged(weights, middle, far, drawn)
            middle = middle @ move.T
            far = move @ far @ move.T + shock
        gain = far @ read
        width = gain @ read
        surprise = seen[at] - middle @ read
        weights = weights * np.exp(-0.5 * surprise**2 / width) / np.sqrt(width)
        weights /= weights.sum()
        gain = gain / width[:, None]
        middle = middle + gain * surprise[:, None]
        far = far - gain[:, :, None] * (read @ far)[:, None, :]
    middle[:, 0] += stepped[-1]
    return said(made, known, weights, middle)


def aged(weights, middle, far, drawn):
    """One day on: growth goes on, a day older, or is drawn anew."""
    ending = weights * ENDS
    new = ending.sum()
    older = np.roll(weights - ending, 1)
    middles, fars = np.roll(middle, 1, axis=0), np.roll(far, 1, axis=0)
    older[0] = new
    if new > 0:
        # Those that end become one, with their mean and variance.
        part = ending / new
        mean = part @ middle
        apart = middle - mean
        spread = np.tensordot(part, far + apart[:, :, None] * apart[:, None, :], axes=1)
        spread[1, :], spread[:, 1] = 0.0, 0.0
        spread[1, 1], mean[1] = drawn, GROWTH[0] / 30.4
        middles[0], fars[0] = mean, spread
    return older, middles, fars


def said(made, known, weights, states):
    """What each day after the first `known` will cost, if level, growth and noise are these."""
    ahead = BILL_DAYS - known
    level, growth, noise = (weights[:, None] * states).sum(axis=0)
    age = weights.copy()
    grown = np.zeros(ahead)
    rate = weights * states[:, 1]  # of growth that goes on, by its age
    for day in range(ahead):
        # What is drawn anew is expected to be the usual.
        rate = np.roll(rate * (1 - ENDS), 1)
        age = np.roll(age * (1 - ENDS), 1)
        grown[day] = rate.sum() + (1 - age.sum()) * GROWTH[0] / 30.4
    levels = np.exp(level + np.cumsum(grown))
    noises = np.exp(noise * REMEMBERED ** np.arange(1, ahead + 1))
    after = slice(known, BILL_DAYS)
    return levels * (made.weekday[after] * noises + made.fees_of_level[after]) + made.fees[after]
