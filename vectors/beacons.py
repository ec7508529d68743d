"""Beacon chains, and what a receiver answers to beacons in, out of and beyond their order."""

from lib import NETWORK_ID, publish, sha256
from lib.beacons import beacon_chain, beacon_salt, bitmap
from lib.ed25519 import ed_public

SEED = bytes([9]) * 32
EPOCH, SLOTS = 690, 50
CHAIN = beacon_chain(SEED, NETWORK_ID, EPOCH, SLOTS)
SALT = beacon_salt(NETWORK_ID, ed_public(SEED), EPOCH)
OTHER_EPOCH = beacon_chain(SEED, NETWORK_ID, EPOCH + 1, SLOTS)
OTHER_NODE = beacon_chain(bytes([8]) * 32, NETWORK_ID, EPOCH, SLOTS)


def right(index, **options):
    return {"index": index, "reveal": CHAIN[index + 1].hex(), **options}


def wrong(index, reveal, **options):
    return {"index": index, "reveal": reveal.hex(), **options}


SEQUENCES = {
    "in order": [right(0), right(1), right(2)],
    "first beacon late in the epoch": [right(31)],
    "a gap of 32 is checked": [right(0), right(32)],
    "a gap of 33 needs a signature": [right(0), right(33), right(33, gap_proven=True)],
    "a forged reveal behind a large gap costs no hashing": [
        wrong(40, bytes(32)),
        wrong(40, bytes(32), gap_proven=True),
    ],
    "duplicates": [right(3), right(3), right(3, stale=True)],
    "another value for the last slot": [right(3), wrong(3, CHAIN[5]), wrong(3, bytes(32))],
    "reordered inside open slots": [right(4), right(3), right(3), right(4), right(5)],
    "reordered after the slot closed": [right(4), right(3, stale=True), right(5)],
    "a wrong reordered one": [right(4), wrong(3, CHAIN[5]), wrong(3, bytes(32)), right(3)],
    "a skipped slot can be made up while it is open": [right(0), right(3), right(1), right(2), right(1)],
    "another epoch's chain": [wrong(0, OTHER_EPOCH[1]), right(0), wrong(1, OTHER_EPOCH[2])],
    "another node's chain": [wrong(0, OTHER_NODE[1])],
    "a reveal of another slot": [wrong(0, CHAIN[2]), wrong(1, CHAIN[1]), right(1)],
    "the anchor is no reveal": [wrong(0, CHAIN[0])],
    "the last slot": [right(30), right(49), right(49)],
    "beyond the epoch": [right(30), wrong(50, CHAIN[50])],
}


def is_right(claim):
    return claim["index"] < SLOTS and claim["reveal"] == CHAIN[claim["index"] + 1].hex()


def verdict(last, accepted, claim):
    """Knows the whole chain, and so needs no stepping: only what was accepted, and the largest index of it."""
    index = claim["index"]
    if index >= SLOTS:
        return "wrong_reveal"
    if index - last > 32 and not claim.get("gap_proven"):
        return "gap_unsigned"
    if index < last and claim.get("stale"):
        return "stale"
    if not is_right(claim):
        return "wrong_reveal"
    return "duplicate" if index in accepted else "accepted"


def play(name, claims):
    last, accepted, answers = -1, set(), []
    for claim in claims:
        answer = verdict(last, accepted, claim)
        answers.append({**claim, "verdict": answer})
        if answer == "accepted":
            accepted.add(claim["index"])
            last = max(last, claim["index"])
    return {
        "case": name,
        "anchor": CHAIN[0].hex(),
        "salt": SALT.hex(),
        "slots": SLOTS,
        "claims": answers,
        "accepted": bitmap(accepted, SLOTS).hex(),
        "k": last + 1,
        "last": CHAIN[last + 1].hex(),
    }


def chain_case(seed, network_id, epoch, slots):
    links = beacon_chain(seed, network_id, epoch, slots)
    public_key = ed_public(seed)
    return {
        "seed": seed.hex(),
        "network_id": network_id.hex(),
        "public_key": public_key.hex(),
        "epoch": epoch,
        "slots": slots,
        "salt": beacon_salt(network_id, public_key, epoch).hex(),
        "anchor": links[0].hex(),
        "first_reveal": links[1].hex(),
        "last_reveal": links[slots].hex(),
        "all": sha256(*links).hex(),
    }


publish(
    __file__,
    {
        "chains": [
            chain_case(SEED, NETWORK_ID, 0, 15),
            chain_case(SEED, NETWORK_ID, EPOCH, 720),
            chain_case(bytes(32), bytes(32), 2**32, 1),
            chain_case(b"\xff" * 32, NETWORK_ID, EPOCH, SLOTS),
        ],
        "sequences": [play(name, claims) for name, claims in SEQUENCES.items()],
    },
)
