"""Excuses that follow from the log: silence, epoch after epoch, and maintenance of a node."""

import hashlib

from genesis import DEMO, MAINNET
from lib import publish
from lib.beacons import bitmap
from lib.excuses import judge_maintenance, silent_slots
from rewards import node_id

SLOTS, EPOCH = DEMO["slots_per_epoch"], 100
FIRST = EPOCH * SLOTS


def owner_id(n):
    return "owner_" + f"{n:032d}".translate(str.maketrans("0123456789", "abcdefghij"))


def groups(nodes, owner_of):
    """Nodes by owner, both ascending, as a state holds them."""
    owners = sorted({owner_of[n] for n in nodes})
    return [
        {"owner_id": owner_id(o), "node_ids": [node_id(n) for n in sorted(nodes) if owner_of[n] == o]} for o in owners
    ]


def state_after(slot, excused, present, owner_of):
    """What the slots up to one leave for those after it."""
    if slot not in excused:
        return {"slot": slot, "present": groups(present[slot], owner_of)}
    first = slot
    while first - 1 in excused:
        first -= 1
    gone = present[first - 1] - present[first]
    return {"slot": slot, "present": [], "silence": {"from_slot": first, "gone": groups(gone, owner_of)}}


def silence(name, owner_of, epochs, is_present):
    """Node n is present in slot FIRST + s when is_present(n, s)."""
    nodes, slots = range(len(owner_of)), range(FIRST, FIRST + epochs * SLOTS)
    present = {FIRST + s: {n for n in nodes if is_present(n, s)} for s in range(epochs * SLOTS)}
    excused = silent_slots(slots, present, owner_of)
    result = []
    for epoch in range(EPOCH, EPOCH + epochs):
        indices = {n: [i for i in range(SLOTS) if n in present[epoch * SLOTS + i]] for n in nodes}
        result.append(
            {
                "epoch": epoch,
                "nodes": [
                    {
                        "node_id": node_id(n),
                        "owner_id": owner_id(owner_of[n]),
                        "present": bitmap(indices[n], SLOTS).hex(),
                    }
                    for n in nodes
                    if indices[n]
                ],
                "excused": bitmap([i for i in range(SLOTS) if epoch * SLOTS + i in excused], SLOTS).hex(),
            }
        )
    return {
        "case": name,
        "genesis": {**DEMO, "first_slot": FIRST},
        "epochs": result,
        "state": state_after(slots[-1], excused, present, owner_of),
    }


def absent(who, *spans):
    """Everybody is there but `who` in the spans of slots, the ends not included."""
    return lambda n, s: not (n in who and any(start <= s < end for start, end in spans))


def pseudo_random(name, bits):
    """Slots in which most are away or most are there, and nodes that follow by and large; the same in every run."""

    def draw(*parts):
        return hashlib.sha256(" ".join(map(str, (name, *parts))).encode()).digest()[0]

    return lambda n, s: (draw(n, s) < bits) != (draw("slot", s // 3) < 100)


PAIRS = [n // 2 for n in range(10)]  # ten nodes of five owners
ALONE = list(range(20))
SILENCE = [
    silence("nobody is there", ALONE, 1, lambda n, s: False),
    silence("everybody is there", ALONE, 1, lambda n, s: True),
    silence("six of ten nodes, three of five owners", PAIRS, 1, absent(range(6), (4, 7))),
    silence("six of ten nodes, but one owner of them still has a node", PAIRS, 1, absent([0, 1, 2, 3, 4, 6], (4, 7))),
    silence("nine nodes are too few", PAIRS[:9], 1, absent(range(9), (4, 7))),
    silence("four owners are too few", [n % 4 for n in range(12)], 1, absent(range(12), (4, 7))),
    silence("55 % of twenty is not more than 55 %", ALONE, 1, absent(range(11), (4, 7))),
    silence("60 % of twenty is", ALONE, 1, absent(range(12), (4, 7))),
    silence("many nodes of few owners", [0] * 12 + list(range(1, 9)), 1, absent(range(12), (4, 7))),
    silence("few nodes of many owners", [0] * 12 + list(range(1, 9)), 1, absent(range(12, 20), (4, 7))),
    silence("one less than half of them back goes on", ALONE, 1, lambda n, s: s < 3 or n > 11 or (s > 5 and n < 5)),
    silence("half of them back ends it", ALONE, 1, lambda n, s: s < 3 or n > 11 or (s > 5 and n < 6)),
    silence("others coming back do not end it", [*ALONE, *ALONE], 1, lambda n, s: n < 20 if s < 3 else n > 11),
    silence("the slot that ends one begins none", ALONE, 1, lambda n, s: s < 3 or (n < 10 if s == 5 else s > 7)),
    silence("the slot after it may", ALONE, 1, lambda n, s: s < 3 or s in (5, 9)),
    silence("the first slot has none before it", ALONE, 1, lambda n, s: s > 3),
    silence("from the last slot of an epoch on", ALONE, 2, absent(ALONE, (14, 17))),
    silence("from the first slot of an epoch on", ALONE, 2, absent(ALONE, (15, 17))),
    silence("to the last slot of an epoch", ALONE, 2, absent(ALONE, (10, 15))),
    silence("thirty slots and not one more, over four epochs", ALONE, 4, absent(ALONE, (10, 50))),
    silence("looked at again after thirty", ALONE, 4, lambda n, s: s < 10 or s == 40 or s > 50),
    *(silence(f"weather {n}", [k % 7 for k in range(20)], 4, pseudo_random(n, 60 + 10 * n)) for n in range(4)),
]


def maintenance(name, genesis, *records):
    """Records of one node as (sealed slot, from, to), in the order of the log."""
    valid, verdicts = [], []
    for sealed_slot, start, end in records:
        record = {"from_slot": start, "to_slot": end}
        why = judge_maintenance(genesis["slots_per_epoch"], valid, record, sealed_slot)
        verdicts.append({"sealed_slot": sealed_slot, **record, **({} if why is None else {"code": why})})
        if why is None:
            valid.append(record)
    taken = sorted({s for r in valid for s in range(r["from_slot"], r["to_slot"])})
    length = genesis["slots_per_epoch"]
    epochs = sorted({start // length for _, start, _ in records} | {s // length for s in taken})
    return {
        "case": name,
        "genesis": genesis,
        "records": verdicts,
        "epochs": [
            {"epoch": e, "slots": bitmap([s % length for s in taken if s // length == e], length).hex()}
            for e in epochs
        ],
    }


DAY = MAINNET["slots_per_epoch"]
D = 700 * DAY
MAINTENANCE = [
    maintenance("announced in time", DEMO, (1500, 1501, 1503)),
    maintenance("announced too late", DEMO, (1501, 1501, 1503), (1502, 1501, 1502)),
    maintenance("a sixth of an epoch and one slot more", MAINNET, (D, D + 5, D + 125), (D, D + 300, D + 301)),
    maintenance("too long at once is void whole", MAINNET, (D, D + 5, D + 126), (D + 1, D + 5, D + 125)),
    maintenance("a slot counts once", MAINNET, (D, D + 5, D + 105), (D, D + 45, D + 125), (D, D + 6, D + 9)),
    maintenance("again seven epochs later", MAINNET, (D, D + 5, D + 125), (D, D + 7 * DAY, D + 7 * DAY + 120)),
    maintenance("but not six", MAINNET, (D, D + 5, D + 125), (D, D + 7 * DAY - 1, D + 7 * DAY)),
    maintenance("nor before", MAINNET, (D, D + 7 * DAY, D + 7 * DAY + 120), (D, D + 2 * DAY - 1, D + 2 * DAY)),
    maintenance(
        "between two that stand far apart",
        MAINNET,
        (D, D + 10, D + 90),
        (D, D + 12 * DAY, D + 12 * DAY + 80),
        (D, D + 6 * DAY, D + 6 * DAY + 41),
        (D, D + 6 * DAY, D + 6 * DAY + 40),
        (D, D + 7 * DAY, D + 7 * DAY + 1),
    ),
    maintenance("over the end of an epoch", DEMO, (1500, 1514, 1516), (1500, 1605, 1606), (1500, 1619, 1620)),
    maintenance("two days at once", MAINNET, (D, D + 1, D + 1 + 2 * DAY)),
    maintenance("a network with epochs too short for any", {**DEMO, "slots_per_epoch": 5}, (500, 501, 502)),
]

publish(__file__, {"silence": SILENCE, "maintenance": MAINTENANCE})
