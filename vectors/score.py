"""Contribution against the median, the score and its thresholds."""

from lib import publish
from lib.settlement import contributions, total_score

WEIGHTS = {"time": 4000, "own": 3000, "reputation": 2000, "contribution": 1000, "valid_from": 5000, "own_from": 5000}
ONLY_TIME = {**WEIGHTS, "time": 10000, "own": 0, "reputation": 0, "contribution": 0}
MEDIANS = [
    [],
    [100],
    [100, 300],
    [1, 1, 1],
    [5, 1, 9],
    [1, 2, 3, 4],
    [72000] * 7 + [1],
    [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5],
]
COMPONENTS = [
    (0, 0, 0, 0),
    (10000, 10000, 10000, 10000),
    (10000, 10000, 5000, 5000),
    (2000, 10000, 5000, 0),
    (1999, 10000, 10000, 10000),
    (2001, 10000, 5000, 1989),
    (9999, 4999, 9999, 9999),
    (9999, 5000, 9999, 9999),
    (3333, 6667, 5001, 1),
    (0, 10000, 10000, 10000),
    (2500, 10000, 5000, 0),
    (2499, 10000, 5000, 0),
]


def twice_median(credits):
    x, n = sorted(credits), len(credits)
    return {} if n == 0 else {"twice_median": x[(n - 1) // 2] + x[n // 2]}


def score_case(weights, values):
    c = dict(zip(("time", "own", "reputation", "contribution"), values))
    total = total_score(weights, c)
    valid = total >= weights["valid_from"] and c["own"] >= weights["own_from"] and c["time"] >= 2000
    return {"rules": weights, "min_uptime": 2000, "components": c, "score": total, "valid": valid}


publish(
    __file__,
    {
        "contributions": [
            {
                "counted": counted,
                **twice_median(counted),
                "credits": credits,
                "contribution": contributions(counted, credits),
            }
            for counted in MEDIANS
            for credits in (0, 1, 2, 5, 100, 72000)
        ],
        "scores": [score_case(weights, values) for weights in (WEIGHTS, ONLY_TIME) for values in COMPONENTS],
    },
)
