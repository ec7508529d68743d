"""Changes of the network's keys, one after the other, and changes that do not hold."""

from genesis import DEMO, LOG_KEY, MAINNET, NETWORK_KEY, ROOTS
from lib import NETWORK_ID, publish
from lib.ed25519 import ed_public, sign_object

SEEDS = {ed_public(bytes([n]) * 32).hex(): bytes([n]) * 32 for n in range(1, 20)}
FRESH = [key for key, seed in SEEDS.items() if seed[0] > 9]
SMALL_ORDER = "01" + "00" * 31
SUCCESSION = {
    "origin": MAINNET["log_origin"],
    "size": 1000,
    "root": "ab" * 32,
    "new_origin": "log.example.org/fedcba9876543210",
}


def signed(role, old, new, seq, signers, **more):
    change = {"role": role, "old": old, "new": new, "seq": seq, **more}
    signatures = [
        {"key": key, "signature": sign_object("key_change", NETWORK_ID, change, SEEDS[key])} for key in sorted(signers)
    ]
    return {**change, "signatures": signatures}


def keys_of(genesis):
    names = ("root_keys", "root_threshold", "network_key", "log_key", "log_origin")
    return {**{name: genesis[name] for name in names}, "changes": 0}


def after(keys, change):
    keys = {**keys, "changes": keys["changes"] + 1}
    if change["role"] == "root":
        others = [key for key in keys["root_keys"] if key != change["old"]]
        return {**keys, "root_keys": sorted([*others, change["new"]])}
    if "succeeds" in change:
        keys["log_origin"] = change["succeeds"]["new_origin"]
    return {**keys, change["role"] + "_key": change["new"]}


def chain(name, genesis, *changes):
    keys, steps = keys_of(genesis), []
    for change in changes:
        keys = after(keys, change)
        steps.append({"change": change, "keys": keys})
    return {"case": name, "network_id": NETWORK_ID.hex(), "genesis": genesis, "steps": steps}


def refused(name, change, code):
    return {"case": name, "network_id": NETWORK_ID.hex(), "genesis": MAINNET, "change": change, "code": code}


TWO = ROOTS[:2]
GOOD = signed("network", NETWORK_KEY, FRESH[0], 0, TWO)
FORGED = {**GOOD, "signatures": [GOOD["signatures"][0], {**GOOD["signatures"][0], "key": ROOTS[1]}]}
publish(
    __file__,
    {
        "chains": [
            chain(
                "every role",
                MAINNET,
                GOOD,
                signed("log", LOG_KEY, FRESH[1], 1, ROOTS[1:]),
                signed("root", ROOTS[0], FRESH[2], 2, TWO),
                signed("network", FRESH[0], FRESH[3], 3, [FRESH[2], ROOTS[1], ROOTS[2]]),
            ),
            chain("a new log with the old key", MAINNET, signed("log", LOG_KEY, LOG_KEY, 0, TWO, succeeds=SUCCESSION)),
            chain("a new log with a new key", MAINNET, signed("log", LOG_KEY, FRESH[0], 0, TWO, succeeds=SUCCESSION)),
            chain("one root key is enough", DEMO, signed("network", NETWORK_KEY, FRESH[0], 0, DEMO["root_keys"])),
        ],
        "refused": [
            refused("a seq too high", signed("network", NETWORK_KEY, FRESH[0], 1, TWO), "seq"),
            refused("the old key of another role", signed("network", LOG_KEY, FRESH[0], 0, TWO), "old"),
            refused("no root key", signed("root", NETWORK_KEY, FRESH[0], 0, TWO), "old"),
            refused("a key that has a role", signed("network", NETWORK_KEY, LOG_KEY, 0, TWO), "new"),
            refused("a root key as network key", signed("network", NETWORK_KEY, ROOTS[2], 0, TWO), "new"),
            refused("the same key", signed("network", NETWORK_KEY, NETWORK_KEY, 0, TWO), "new"),
            refused("a key of small order", signed("network", NETWORK_KEY, SMALL_ORDER, 0, TWO), "new"),
            refused(
                "a succession of another key", signed("network", NETWORK_KEY, FRESH[0], 0, TWO, succeeds=SUCCESSION), "succeeds"
            ),
            refused(
                "a succession of another log",
                signed("log", LOG_KEY, FRESH[0], 0, TWO, succeeds={**SUCCESSION, "origin": "a.b/0000000000000000"}),
                "succeeds",
            ),
            refused(
                "a succession of itself",
                signed("log", LOG_KEY, FRESH[0], 0, TWO, succeeds={**SUCCESSION, "new_origin": SUCCESSION["origin"]}),
                "succeeds",
            ),
            refused("one signature of two", signed("network", NETWORK_KEY, FRESH[0], 0, ROOTS[:1]), "signatures"),
            refused("the same signature twice", {**GOOD, "signatures": GOOD["signatures"][:1] * 2}, "signatures"),
            refused("a signature under another key", FORGED, "signatures"),
            refused("a stranger among them", signed("network", NETWORK_KEY, FRESH[0], 0, [*TWO, FRESH[1]]), "signatures"),
            refused("signed for another key", {**GOOD, "new": FRESH[1]}, "signatures"),
        ],
    },
)
