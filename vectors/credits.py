"""Presence of a node in an epoch, its credits, and its reputation over outcomes."""

import hashlib

from lib import publish
from lib.beacons import bitmap
from lib.settlement import measure


def pseudo_random(label, slots, per_256):
    """Indices that hold for about per_256 of 256, the same in every run."""
    return {s for s in range(slots) if hashlib.sha256(f"{label} {s}".encode()).digest()[0] < per_256}


def case(name, slots, active, present, excused, last_time=None, rate=100):
    result = measure(slots, active, present, excused, last_time)
    known = {} if last_time is None else {"last_time": last_time}
    return {
        "case": name,
        "slots": slots,
        "active": bitmap(active, slots).hex(),
        "accepted": bitmap(present, slots).hex(),
        "excused": bitmap(excused, slots).hex(),
        **known,
        "uptime_beacon": rate,
        **result,
        "credits": result["present"] * rate,
    }


def outcomes(name, lam, steps):
    alpha = beta = 5_000_000
    path = []
    for step in steps:
        alpha, beta = alpha * lam // 10**6, beta * lam // 10**6
        alpha, beta = (alpha + 10**6, beta) if step == "success" else (alpha, beta + 10**6)
        path.append({"outcome": step, "alpha": alpha, "beta": beta, "reputation": 10_000 * alpha // (alpha + beta)})
    return {"case": name, "lambda": lam, "path": path}


ALL, NONE = set(range(15)), set()
DAY = set(range(720))
CASES = [
    case("never active", 15, NONE, NONE, NONE),
    case("always there", 15, ALL, ALL, NONE),
    case("never there", 15, ALL, NONE, NONE),
    case("there two of three", 15, ALL, {s for s in ALL if s % 3 != 1}, NONE),
    case("an excuse for absent slots", 15, ALL, ALL - {3, 4}, {3, 4, 5}),
    case("an excuse never takes away work", 15, ALL, {3, 4}, {3, 4}),
    case("a beacon while not active does not count", 15, {0, 1, 2}, ALL, NONE),
    case("everything excused, absent", 15, ALL, NONE, ALL),
    case("everything excused, absent, known before", 15, ALL, NONE, ALL, 9000),
    case("everything excused, half there", 15, ALL, {s for s in ALL if s % 2}, ALL, 9000),
    case("everything excused, there, worse before", 15, ALL, ALL, ALL, 100),
    case("a twentieth is enough to know", 720, DAY, {0}, set(range(36, 720)), 9000),
    case("one slot less is not", 720, DAY, {0}, set(range(35, 720)), 9000),
    case("a known time ignores the last one", 720, DAY, set(range(360)), NONE, 9000),
    case("joined at the end of the day", 720, set(range(690, 720)), set(range(690, 720)), NONE),
    case("another rate", 720, DAY, DAY, NONE, None, 123),
]
for n in range(12):
    active, present, excused = (
        pseudo_random(f"{what} {n}", 720, limit)
        for what, limit in (("active", 20 * n + 10), ("present", 200), ("excused", 240 - 20 * n))
    )
    CASES.append(case(f"mixed {n}", 720, active, present, excused, 700 * n))

publish(
    __file__,
    {
        "presence": CASES,
        "reputation": [
            outcomes("successes", 990_000, ["success"] * 5),
            outcomes("failures", 990_000, ["failure"] * 5),
            outcomes("mixed", 990_000, ["success", "failure", "success", "success"]),
            outcomes("forgetful", 1, ["success", "failure"]),
            outcomes("never fades", 10**6, ["failure", "success"]),
        ],
    },
)
