"""Approved payouts against the caps of an hour, a day and an owner."""

from genesis import POLICY
from lib import publish

HOUR = 3_600_000
DAY = 24 * HOUR
START = 20_600 * DAY
RULES = {
    **POLICY["payout"],
    "mode": "auto",
    "hour_cap_micro": "1000",
    "day_cap_micro": "5000",
    "day_count": 8,
    "owner_day_count": 4,
}
OVERSIGHT = {**RULES, "mode": "oversight", "oversight_above_micro": "400"}
MANUAL = {**RULES, "mode": "manual"}
OWNERS = ["owner_" + letter * 32 for letter in "abcdefghij"]


def approval(n, gross, at, rules=RULES, owner=None):
    return {
        "payout_id": f"payout_{n:026d}",
        "owner_id": OWNERS[n % 10 if owner is None else owner],
        "gross_micro": str(gross),
        "at": START + at,
        "rules": rules,
    }


def first_beyond(approvals):
    """Each approval against all that were made before it, one by one."""
    made = []
    for approval in sorted(approvals, key=lambda one: one["at"]):
        if any(one["payout_id"] == approval["payout_id"] for one in made):
            continue
        made.append(approval)
        rules = approval["rules"]
        today = [one for one in made if one["at"] // DAY == approval["at"] // DAY]
        hour = [one for one in today if one["at"] // HOUR == approval["at"] // HOUR and not by_person(one)]
        reached = {
            "hour_cap_micro": 0 if by_person(approval) else sum(int(one["gross_micro"]) for one in hour),
            "day_cap_micro": sum(int(one["gross_micro"]) for one in today),
            "day_count": len(today),
            "owner_day_count": sum(1 for one in today if one["owner_id"] == approval["owner_id"]),
        }
        for cap, value in reached.items():
            if value > int(rules[cap]):
                position = approvals.index(approval)
                return {"position": position, "cap": cap, "limit": str(rules[cap]), "reached": str(value)}
    return None


def by_person(approval):
    rules, gross = approval["rules"], int(approval["gross_micro"])
    if rules["mode"] == "oversight":
        return gross > int(rules["oversight_above_micro"])
    return rules["mode"] == "manual"


def case(name, *approvals):
    found = first_beyond(list(approvals))
    return {"case": name, "approvals": list(approvals), **({} if found is None else {"beyond": found})}


ONE_OWNER = [approval(n, 10, n * HOUR, owner=0) for n in range(5)]
publish(
    __file__,
    {
        "caps": [
            case("nothing"),
            case("an hour to its last micro-USDT", approval(0, 600, 0), approval(1, 400, HOUR - 1)),
            case("an hour and one micro-USDT", approval(0, 600, 0), approval(1, 401, HOUR - 1)),
            case("the next hour begins anew", approval(0, 600, HOUR - 1), approval(1, 1000, HOUR)),
            case("one beyond the hour alone", approval(0, 1001, 0)),
            case("a day to its last micro-USDT", *(approval(n, 1000, n * HOUR) for n in range(5))),
            case("a day and one micro-USDT", *(approval(n, 1000, n * HOUR) for n in range(5)), approval(5, 1, DAY - 1)),
            case("the next day begins anew", *(approval(n, 1000, n * HOUR) for n in range(5)), approval(5, 1, DAY)),
            case("too many on a day", *(approval(n, 1, n) for n in range(9))),
            case("too many of an owner", *ONE_OWNER),
            case("an owner on two days", *ONE_OWNER[:4], approval(4, 10, DAY, owner=0)),
            case("an approval that was made twice counts once", *([approval(0, 600, 0)] * 3), approval(1, 400, 9)),
            case("listed in another order", approval(1, 401, 9), approval(0, 600, 0)),
            case("a person's approval does not count in its hour", approval(0, 900, 0, OVERSIGHT), approval(1, 400, 1, OVERSIGHT), approval(2, 400, 2, OVERSIGHT)),
            case("but those without one do", approval(0, 900, 0, OVERSIGHT), *(approval(n, 400, n, OVERSIGHT) for n in range(1, 4))),
            case("a person's approval lifts the hour's cap", approval(0, 4000, 0, MANUAL), approval(1, 1000, 1, MANUAL)),
            case("a person's approval does not lift the day's", approval(0, 4000, 0, MANUAL), approval(1, 1001, 1, MANUAL)),
            case("each by the rules of its own debit", approval(0, 700, 0), approval(1, 100, 1, {**RULES, "hour_cap_micro": "700"})),
        ]
    },
)
