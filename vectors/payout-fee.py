"""What a payout costs its owner."""

from lib import publish

DEFAULT = {"fee_bp": 100, "fee_min_micro": "100000", "fee_max_micro": "10000000"}
FREE = {"fee_bp": 0, "fee_min_micro": "0", "fee_max_micro": "0"}
ODD = {"fee_bp": 33, "fee_min_micro": "7", "fee_max_micro": "1000000"}
GROSS = [
    0,
    1,
    99,
    1_000_000,
    5_000_000,
    9_999_999,
    10_000_000,
    10_000_001,
    10_000_099,
    10_000_100,
    10_000_101,
    999_999_999,
    1_000_000_000,
    1_000_000_001,
    10_000_000_000,
    2**63 - 1,
]


def fee(rules, gross):
    share = -(-gross * rules["fee_bp"] // 10_000)
    return min(int(rules["fee_max_micro"]), max(int(rules["fee_min_micro"]), share))


def case(rules, gross):
    taken = fee(rules, gross)
    outcome = {"net": str(gross - taken)} if taken < gross else {"code": "payout.fee"}
    return {"rules": rules, "gross": str(gross), "fee": str(taken), **outcome}


publish(__file__, {"fees": [case(rules, gross) for rules in (DEFAULT, FREE, ODD) for gross in GROSS]})
