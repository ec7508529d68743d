"""The bodies of one epoch in compact form: what becomes a bit, and what is kept because it does not follow."""

from genesis import DEMO
from lib import NETWORK_ID, base32, label, publish, sha256, u64
from lib.beacons import beacon_chain, bitmap
from lib.body import frame, ordered
from lib.ed25519 import ed_public, sign_object
from lib.records import beacon_leaf, record_leaf

SLOTS, EPOCH = 24, 4
GENESIS = {**DEMO, "slots_per_epoch": SLOTS, "first_slot": 90}
FIRST = EPOCH * SLOTS - GENESIS["first_slot"]  # height of the epoch's first block
WINDOW = SLOTS // 12
SEEDS = [bytes([n]) * 32 for n in (11, 12, 13, 14)]


def node_id(seed):
    return "node_" + base32(sha256(ed_public(seed))[:20])


def commitment(seed, epoch, anchor=None):
    value = {"node_id": node_id(seed), "epoch": epoch}
    value["anchor"] = (anchor or beacon_chain(seed, NETWORK_ID, epoch, SLOTS)[0]).hex()
    return record_leaf("commitment", {**value, "signature": sign_object("commitment", NETWORK_ID, value, seed)})


def beacon(seed, index, epoch=EPOCH):
    return beacon_leaf(ed_public(seed), beacon_chain(seed, NETWORK_ID, epoch, SLOTS)[index + 1])


EARLY, LATE, IDLE, STRANGER = SEEDS
# By slot index of the epoch, those before it negative: leaves, and whether the epoch keeps them as they are.
BLOCKS = {
    -3: [(commitment(LATE, EPOCH, bytes(32)), None)],  # too early to belong to the epoch
    -2: [(commitment(EARLY, EPOCH), "node"), (beacon(EARLY, 22, EPOCH - 1), None)],
    -1: [(commitment(IDLE, EPOCH), "kept"), (commitment(EARLY, EPOCH, bytes(32)), "kept")],
    0: [(beacon(EARLY, 0), "node"), (beacon(LATE, 0), "kept"), (beacon(STRANGER, 0), "kept")],
    1: [(beacon(LATE, 1), "node"), (commitment(LATE, EPOCH), "node"), (beacon(EARLY, 1), "node")],
    5: [(beacon(EARLY, 4), "kept"), (record_leaf("audit_root", {"epoch": 3, "count": 0, "root": "00" * 32}), "kept")],
    6: [(beacon(EARLY, 6), "node")],
    21: [(commitment(EARLY, EPOCH + 1), "kept"), (beacon(LATE, 21), "node")],  # before its window
    22: [(commitment(LATE, EPOCH + 1), None), (commitment(LATE, EPOCH), "kept")],
    23: [(beacon(EARLY, 23), "node"), (commitment(EARLY, EPOCH + 1), None)],
}
ROWS = [(FIRST + index, leaf, fate) for index, leaves in BLOCKS.items() for leaf, fate in leaves]


def signature(seed):
    value = {"node_id": node_id(seed), "epoch": EPOCH}
    value["anchor"] = beacon_chain(seed, NETWORK_ID, EPOCH, SLOTS)[0].hex()
    return bytes.fromhex(sign_object("commitment", NETWORK_ID, value, seed))


def node(seed, committed_at, indices):
    last = beacon_chain(seed, NETWORK_ID, EPOCH, SLOTS)[max(indices) + 1]
    return ed_public(seed) + signature(seed) + u64(FIRST + committed_at) + last + bitmap(indices, SLOTS)


NODES = sorted([node(EARLY, -2, [0, 1, 6, 23]), node(LATE, 1, [1, 21])])
KEPT = sorted((height, leaf) for height, leaf, fate in ROWS if fate == "kept")
COMPACTED = b"".join(
    [label("compact"), u64(EPOCH), u64(len(NODES)), *NODES, frame([u64(height) + leaf for height, leaf in KEPT])]
)
HEADER = len(label("compact"))


def bodies(rows, first, last):
    return [
        {"height": h, "body": frame(ordered([leaf for height, leaf, _ in rows if height == h])).hex()}
        for h in range(first, last)
    ]


def refused(case, data, code):
    return {"case": case, "bytes": data.hex(), "code": code}


def swapped():
    start, size = HEADER + 16, len(NODES[0])
    return COMPACTED[:start] + NODES[1] + NODES[0] + COMPACTED[start + 2 * size :]


def kept_again():
    return COMPACTED + frame([u64(KEPT[0][0]) + KEPT[0][1]])


publish(
    __file__,
    {
        "epochs": [
            {
                "genesis": GENESIS,
                "network_id": NETWORK_ID.hex(),
                "epoch": EPOCH,
                "bodies": bodies(ROWS, FIRST - WINDOW, FIRST + SLOTS),
                "compacted": COMPACTED.hex(),
                # What the epoch gives back of the blocks that it shares with the epochs beside it.
                "rebuilt": bodies([row for row in ROWS if row[2]], FIRST - WINDOW, FIRST + SLOTS),
            }
        ],
        "refused": [
            refused("nothing", b"", "compaction.malformed"),
            refused("another version", COMPACTED.replace(b"/v1", b"/v2", 1), "compaction.malformed"),
            refused("nodes out of order", swapped(), "compaction.malformed"),
            refused("a leaf out of order", kept_again(), "compaction.malformed"),
            refused("fewer nodes than it says", COMPACTED[: HEADER + 16 + 100], "compaction.malformed"),
            refused("a count above 2^53-1", COMPACTED[: HEADER + 8] + b"\xff" * 8, "bytes.u64"),
            refused("half a leaf", COMPACTED[:-1], "body.framing"),
            refused("a leaf without a height", COMPACTED + frame([b"1234567"]), "compaction.malformed"),
        ],
    },
)
