"""Splits of a budget, and whole epochs from evidence to the records that close them."""

import hashlib

from genesis import DEMO, DEMO_POLICY, POLICY
from lib import jcs, merkle_root, publish
from lib.beacons import bitmap, bits
from lib.settlement import contributions, measure, share_in_pools, split, total_score

SLOTS, EPOCH = 15, 40000


def node_id(n):
    return "node_" + f"{n:032d}".translate(str.maketrans("0123456789", "abcdefghij"))


def evidence(n, active, present, **more):
    return {
        "node_id": node_id(n),
        "owner_id": "owner_" + "a" * 32,
        "active": bitmap(active, SLOTS).hex(),
        "present": bitmap(present, SLOTS).hex(),
        **more,
        "alpha": 5_000_000,
        "beta": 5_000_000,
    }


def score_all(genesis, policy, epoch, nodes, excused):
    results = []
    for node in sorted(nodes, key=lambda node: node["node_id"]):
        p = measure(
            genesis["slots_per_epoch"],
            bits(bytes.fromhex(node["active"])),
            bits(bytes.fromhex(node["present"])),
            excused | bits(bytes.fromhex(node.get("maintenance", ""))),
            node.get("last_time"),
        )
        credits = p["present"] * policy["credits"]["uptime_beacon"]
        if p["eligible"] > 0 or credits > 0:
            reputation = 10_000 * node["alpha"] // (node["alpha"] + node["beta"])
            results.append(
                {
                    "epoch": epoch,
                    "node_id": node["node_id"],
                    **p,
                    "credits": credits,
                    "own": 10_000,
                    "alpha": node["alpha"],
                    "beta": node["beta"],
                    "reputation": reputation,
                }
            )
    counted = [r["credits"] for r in results if r["credits"] > 0 and r["time"] >= genesis["min_uptime"]]
    for r in results:
        r["contribution"] = contributions(counted, r["credits"])
        r["score"] = total_score(policy["score"], r)
        r["valid"] = (
            r["score"] >= policy["score"]["valid_from"]
            and r["own"] >= policy["score"]["own_from"]
            and r["time"] >= genesis["min_uptime"]
        )
    return results


def settle(name, nodes, excused=(), deaf_empty_slots=0, policy=DEMO_POLICY, first_slot=0, epoch=EPOCH):
    genesis = {**DEMO, "first_slot": first_slot}
    results = score_all(genesis, policy, epoch, nodes, set(excused))
    missing = min(SLOTS, max(0, min(SLOTS, first_slot - epoch * SLOTS)) + deaf_empty_slots)
    budget = int(policy["epoch_budget_micro"]) * (SLOTS - missing) // SLOTS
    amounts = split(budget, {r["node_id"]: r["credits"] * r["score"] for r in results if r["valid"]})
    cut = {i: min(amount, int(policy["max_reward_per_node_micro"])) for i, amount in amounts.items()}
    seats = {node["node_id"]: node["pool"] for node in nodes if "pool" in node}
    shared = share_in_pools(cut, seats, {r["node_id"] for r in results if r["valid"] and r["credits"] > 0})
    for r in results:
        r["reward_micro"] = str(shared.get(r["node_id"], 0))
    leaves = [b"\x02" + jcs({"record": "epoch_result", "data": r}) for r in results]
    closed = {
        "epoch": epoch,
        "count": len(results),
        "root": merkle_root(leaves).hex(),
        "total_micro": str(sum(int(r["reward_micro"]) for r in results)),
        "budget_micro": str(budget),
    }
    return {
        "case": name,
        "genesis": genesis,
        "policy": policy,
        "epoch": epoch,
        "nodes": nodes,
        "excused": bitmap(excused, SLOTS).hex(),
        "deaf_empty_slots": deaf_empty_slots,
        "results": results,
        "closed": closed,
    }


ALL = range(SLOTS)
THREE = [evidence(n, ALL, ALL) for n in (3, 1, 2)]
MIXED = [
    evidence(0, ALL, ALL),
    evidence(1, ALL, range(9)),
    evidence(2, ALL, range(3)),
    evidence(3, ALL, range(2)),
    evidence(4, ALL, []),
    evidence(5, [], []),
    evidence(6, range(7, 15), range(7, 15)),
    evidence(7, ALL, range(1, 15, 2)),
    evidence(8, [0], [], last_time=9000),
]
MAINTAINED = [
    evidence(0, ALL, range(9)),
    evidence(1, ALL, range(9), maintenance=bitmap([8, 9, 10], SLOTS).hex()),
    evidence(2, ALL, [], maintenance=bitmap(ALL, SLOTS).hex(), last_time=9000),
]


def seated(node, pool, consent="equal"):
    return {**node, "pool": {"pool_id": pool, "consent": consent}}


POOLS = [
    seated(evidence(0, ALL, ALL), "pool_a"),
    seated(evidence(1, ALL, range(9)), "pool_a"),
    seated(evidence(2, ALL, range(3)), "pool_a"),
    seated(evidence(3, ALL, []), "pool_a"),
    seated(evidence(4, ALL, range(12)), "pool_a", "work_credits"),
    seated(evidence(5, ALL, range(7)), "pool_b"),
    seated(evidence(6, ALL, range(8)), "pool_b"),
    seated(evidence(7, ALL, range(13)), "pool_b"),
    seated(evidence(8, [], []), "pool_b"),
    seated(evidence(9, ALL, range(2)), "pool_c"),
    evidence(10, ALL, range(11)),
]
CROWD = [
    evidence(n, ALL, [s for s in ALL if hashlib.sha256(bytes([n, s])).digest()[0] < 60 + 4 * n]) for n in range(48)
]
ONE_USDT = {**DEMO_POLICY, "epoch_budget_micro": "1000000", "max_reward_per_node_micro": "1000000"}
CAPPED = {**DEMO_POLICY, "epoch_budget_micro": "1000000", "max_reward_per_node_micro": "150001"}
HUGE = {**DEMO_POLICY, "epoch_budget_micro": str(2**63 - 1), "max_reward_per_node_micro": str(2**63 - 1)}
SPLITS = [
    (1_000_000, {"a": 1, "b": 1, "c": 1}),
    (1_000_000, {"c": 1, "b": 1, "a": 1}),
    (0, {"a": 1}),
    (7, {"a": 0, "b": 0}),
    (7, {}),
    (10, {"a": 1, "b": 2, "c": 4}),
    (1, {"a": 1, "b": 2, "c": 2}),
    (5, {"a": 0, "b": 3}),
    (2**63 - 1, {"a": 72000 * 10000, "b": 72000 * 9999, "c": 1}),
    (99, {f"n{i:02d}": i for i in range(20)}),
]

if __name__ == "__main__":
    publish(
        __file__,
        {
            "splits": [
                {
                    "budget": str(budget),
                    "parts": [{"id": i, "weight": str(w)} for i, w in weights.items()],
                    "amounts": [{"id": i, "amount": str(a)} for i, a in split(budget, weights).items()],
                }
                for budget, weights in SPLITS
            ],
            "epochs": [
                settle("three equal nodes share 1 USDT", THREE, policy=ONE_USDT),
                settle("nobody", []),
                settle("nobody valid", [evidence(1, ALL, range(2))]),
                settle("all sorts", MIXED),
                settle("all sorts, with excuses", MIXED, excused=[9, 10, 11, 12]),
                settle("everything excused", MIXED, excused=ALL),
                settle("maintenance of one node", MAINTAINED, excused=[0, 9]),
                settle("a cap per node leaves the rest unspent", MIXED, policy=POLICY),
                settle("the largest budget", MIXED, policy=HUGE),
                settle("two deaf empty slots", THREE, excused=[4, 5], deaf_empty_slots=2),
                settle(
                    "the network began in slot 5",
                    [evidence(n, range(5, 15), range(5, 15)) for n in range(3)],
                    first_slot=EPOCH * SLOTS + 5,
                ),
                settle("began in slot 5, deaf after", THREE, first_slot=EPOCH * SLOTS + 5, deaf_empty_slots=10),
                settle("before the network began", THREE, first_slot=(EPOCH + 1) * SLOTS),
                settle("a crowd", CROWD),
                settle("pools", POOLS),
                settle("a cap per node, then pools", POOLS, policy=CAPPED),
            ],
        },
    )
