"""Ledger chains with their keys and hashes, and chains that break one rule each."""

from lib import NETWORK_ID, base32, jcs, label, publish, sha256, u64
from lib.tron import tron_address

OWNER = "owner:owner_" + "a" * 32
NODES = ["node_" + c * 32 for c in "bcd"]
RECIPIENT = tron_address(bytes([7]) * 32)
CHAIN_GENESIS, TOKEN = (
    "00000000000000001ebf88508a03865c71d452e25f4d51194196a1d22b6653dc",
    "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t",
)
AT = 1795000000000


def payout_id(account, seq):
    return "payout_" + base32(sha256(NETWORK_ID, account.encode(), u64(seq)))[:26]


def binding_key(network_id, chain, token):
    return "binding:" + sha256(label("binding"), jcs({"network_id": network_id, "chain": chain, "token": token})).hex()


def draft(account, key, amount, contra, at=AT, policy=1, **more):
    return {
        "account": account,
        "key": key,
        "amount_micro": str(amount),
        "contra": [{"account": a, "amount_micro": str(m)} for a, m in contra.items()],
        **more,
        "policy": policy,
        "at": at,
    }


def seal(entry):
    return {**entry, "hash": sha256(label("ledger"), jcs(entry)).hex()}


def chain(drafts):
    entries, balance, previous = [], 0, "00" * 32
    for seq, d in enumerate(drafts):
        balance += int(d["amount_micro"])
        entry = seal(
            {
                **d,
                "contra": sorted(d["contra"], key=lambda c: c["account"]),
                "seq": seq,
                "kind": d["key"].split(":")[0],
                "balance_micro": str(balance),
                "prev_hash": previous,
            }
        )
        entries.append(entry)
        previous = entry["hash"]
    return entries


def reward(epoch, node, amount):
    return draft(OWNER, f"reward:{epoch}:{node}", amount, {"rewards": -amount}, epoch=epoch)


def payout(seq, gross, fee):
    return draft(
        OWNER, "payout:" + payout_id(OWNER, seq), -gross, {"in_flight": gross - fee, "fees": fee}, ref=RECIPIENT
    )


def reversal(seq, gross, fee):
    return draft(
        OWNER,
        "payout_reversal:" + payout_id(OWNER, seq),
        gross,
        {"fees": -fee, "in_flight": fee - gross},
        ref=RECIPIENT,
    )


OWNER_CHAIN = [
    reward(690, NODES[0], 6_000_000),
    reward(690, NODES[1], 4_000_001),
    payout(2, 10_000_001, 100_001),
    reversal(2, 10_000_001, 100_001),
    payout(4, 10_000_001, 100_001),
    reward(691, NODES[0], 5),
    draft(OWNER, "forfeit:case-1", -2, {"forfeited": 2}, ref="case-1"),
    draft(OWNER, "adjustment:case-2", 9, {"costs": -9}, ref="case-2", policy=2),
]
NETWORK_CHAIN = [
    draft("network", binding_key(NETWORK_ID.hex(), CHAIN_GENESIS, TOKEN), 0, {}),
    draft("network", f"wallet:{RECIPIENT}", 0, {}),
]
GOOD = chain(OWNER_CHAIN)


def altered(seq, reseal=True, **changes):
    """The owner's chain with one entry changed and, unless asked not to, hashed again."""
    entry = {k: v for k, v in {**GOOD[seq], **changes}.items() if v is not None}
    if reseal:
        entry = seal({k: v for k, v in entry.items() if k != "hash"})
    return [*GOOD[:seq], entry, *GOOD[seq + 1 :]]


def contra(**amounts):
    return [{"account": a, "amount_micro": m} for a, m in amounts.items()]


BROKEN = [
    ("a changed amount", altered(1, reseal=False, amount_micro="4000002"), 1, "balance"),
    ("a changed time", altered(1, reseal=False, at=AT + 1), 1, "hash"),
    ("a changed time, hashed again", altered(1, at=AT + 1), 2, "prev_hash"),
    ("a missing entry", GOOD[:1] + GOOD[2:], 1, "seq"),
    ("a missing first entry", GOOD[1:], 0, "seq"),
    ("swapped entries", [GOOD[1], GOOD[0]], 0, "seq"),
    ("another account", altered(1, account="owner:owner_" + "b" * 32), 1, "account"),
    ("a network account's own chain", altered(0, account="rewards"), 0, "account"),
    ("contra that do not sum to zero", altered(0, contra=contra(rewards="-5999999")), 0, "sum"),
    ("contra out of order", altered(2, contra=GOOD[2]["contra"][::-1]), 2, "contra"),
    ("no contra", altered(0, contra=[]), 0, "contra"),
    ("a contra that is nobody's", altered(0, contra=contra(bonus="-6000000")), 0, "fields"),
    ("kind and key differ", altered(0, kind="payout"), 0, "kind"),
    ("a reward without epoch", altered(0, epoch=None), 0, "optional"),
    ("a payout without recipient", altered(2, ref=None), 2, "optional"),
    ("a wrong balance", altered(2, balance_micro="1"), 2, "balance"),
    ("a number for an amount", altered(0, amount_micro=6000000), 0, "fields"),
    ("an unknown field", altered(0, note="x"), 0, "fields"),
    ("the same key twice", chain([*OWNER_CHAIN[:2], OWNER_CHAIN[0]]), 2, "key"),
    ("below zero", chain([OWNER_CHAIN[0], payout(1, 6_000_001, 100_001)]), 1, "negative"),
    ("a reward of nothing", chain([reward(690, NODES[0], 0)]), 0, "sign"),
    ("a negative reward", chain([OWNER_CHAIN[0], reward(691, NODES[0], -1)]), 1, "sign"),
    ("a payout that adds", chain([payout(0, -5, 1)]), 0, "sign"),
]
publish(
    __file__,
    {
        "keys": [
            {"account": OWNER, "seq": seq, "network_id": NETWORK_ID.hex(), "payout_id": payout_id(OWNER, seq)}
            for seq in (0, 1, 2**32)
        ],
        "bindings": [
            {
                "network_id": NETWORK_ID.hex(),
                "chain": CHAIN_GENESIS,
                "token": TOKEN,
                "key": binding_key(NETWORK_ID.hex(), CHAIN_GENESIS, TOKEN),
            }
        ],
        "chains": [{"drafts": drafts, "entries": chain(drafts)} for drafts in (OWNER_CHAIN, NETWORK_CHAIN, [])],
        "broken": [{"case": case, "entries": entries, "seq": seq, "code": code} for case, entries, seq, code in BROKEN],
    },
)
