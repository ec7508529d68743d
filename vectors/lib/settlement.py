"""Epoch settlement, step by step as the protocol numbers it."""


def measure(slots, active, present, excused, last_time=None):
    """Sets of slot indices -> eligible, present, time and whether time is known ("Epoch settlement", 1)."""
    accepted = active & present
    eligible = {s for s in active if not (s in excused and s not in accepted)}
    counted = len(accepted & eligible)
    measured = 10_000 * counted // len(eligible) if eligible else 0
    known = not 20 * len(active - excused) < slots
    time = measured if known else max(measured, last_time or 0)
    return {"eligible": len(eligible), "present": counted, "time": time, "time_known": known}


def contributions(credits_of_counted, credits):
    """Half the credits over the median, in basis points ("Epoch settlement", 4)."""
    x, n = sorted(credits_of_counted), len(credits_of_counted)
    if n == 0:
        return 0
    return min(10_000, 10_000 * credits // (x[(n - 1) // 2] + x[n // 2]))


def total_score(weights, components):
    return sum(weights[name] * components[name] for name in ("time", "own", "reputation", "contribution")) // 10_000


def split(budget, weights):
    """id -> amount: floors, then the leftover one by one by remainder descending and id ascending."""
    total = sum(weights.values())
    if total == 0:
        return {i: 0 for i in weights}
    amounts = {i: budget * w // total for i, w in weights.items()}
    order = sorted(weights, key=lambda i: (-(budget * weights[i] % total), i))
    for i in order[: budget - sum(amounts.values())]:
        amounts[i] += 1
    return amounts


def share_in_pools(amounts, seats, sharing):
    """amounts and seats by id; members of a pool with equal consent split what they got over those that share."""
    shared = dict(amounts)
    for pool in {seat["pool_id"] for seat in seats.values()}:
        members = [i for i, seat in seats.items() if seat == {"pool_id": pool, "consent": "equal"}]
        total = sum(amounts.get(i, 0) for i in members)
        shared.update(split(total, {i: 1 for i in members if i in sharing}))
    return shared
