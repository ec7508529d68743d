"""Headers with their hashes, entries of the log, how blocks link, and bodies under the wrong header."""

from genesis import DEMO, POLICY
from lib import jcs, label, merkle_root, publish, sha256
from lib.body import frame, ordered
from lib.ed25519 import ed_public, sign_object
from lib.records import beacon_leaf, record_leaf, samples

GENESIS = {**DEMO, "first_slot": 100}
NETWORK_ID = sha256(label("network"), jcs(GENESIS))
SEED = bytes([4]) * 32
BEACONS = [beacon_leaf(sha256(bytes([n])), sha256(bytes([n, n]))) for n in range(3)]
BODIES = [ordered([record_leaf("policy", POLICY)]), ordered(BEACONS), []]


def opens(slot):
    """The moment from which a slot accepts no more beacons."""
    return GENESIS["origin_ms"] + (slot + 1) * GENESIS["slot_ms"] + GENESIS["grace_ms"]


def header_hash(header):
    return sha256(label("block"), jcs(header)).hex()


def header(height, parent, body, backlog=0, observed=True):
    slot = GENESIS["first_slot"] + height
    return {
        "version": 1,
        "network_id": NETWORK_ID.hex(),
        "height": height,
        "slot": slot,
        "parent": header_hash(parent) if parent else "00" * 32,
        "body_root": merkle_root(body).hex(),
        "body_count": len(body),
        "backlog": backlog,
        "observed": observed,
        "policy_hash": sha256(label("policy"), jcs(POLICY)).hex(),
        "sealed_at": opens(slot) + 3 * height,
    }


FIRST = header(0, None, BODIES[0], backlog=2)
SECOND = header(1, FIRST, BODIES[1])
THIRD = header(2, SECOND, BODIES[2], observed=False)
LATE = {**FIRST, "sealed_at": 10**13}
CHAIN = [FIRST, SECOND, THIRD]


def block(header, body):
    signature = sign_object("entry", NETWORK_ID, header, SEED)
    return {
        "body": frame(body).hex(),
        "backlog": header["backlog"],
        "observed": header["observed"],
        "policy_hash": header["policy_hash"],
        "sealed_at": header["sealed_at"],
        "header": header,
        "header_hash": header_hash(header),
        "entry": jcs({"header": header, "signature": signature}).decode(),
    }


def link(case, parent, child, code):
    return {"case": case, "parent": parent, "header": child, "code": code}


def second(**changes):
    return {**SECOND, **changes}


def refused(case, entry, code):
    return {"case": case, "entry": entry.decode(), "code": code}


def under(case, header, body, code):
    return {"case": case, "header": header, "body": frame(body).hex(), "code": code}


def signed(case, header, seed, valid):
    """The first entry's signature beside a header and a key."""
    key = ed_public(seed).hex()
    return {"case": case, "header": header, "signature": ENTRY["signature"], "network_key": key, "valid": valid}


ENTRY = {"header": FIRST, "signature": sign_object("entry", NETWORK_ID, FIRST, SEED)}
publish(
    __file__,
    {
        "network": [{"genesis": GENESIS, "network_id": NETWORK_ID.hex(), "seed": SEED.hex()}],
        "blocks": [block(header, body) for header, body in zip(CHAIN, BODIES)],
        "links": [
            link("the first", None, FIRST, None),
            link("the second", FIRST, SECOND, None),
            link("the third", SECOND, THIRD, None),
            link("another network", FIRST, second(network_id="00" * 32), "network"),
            link("a second first", FIRST, FIRST, "height"),
            link("a hole", FIRST, THIRD, "height"),
            link("a first that is not", None, SECOND, "height"),
            link("another slot", FIRST, second(slot=102), "slot"),
            link("another parent", FIRST, second(parent=header_hash(THIRD)), "parent"),
            link("no parent", FIRST, second(parent="00" * 32), "parent"),
            link("a parent of another time", {**FIRST, "sealed_at": FIRST["sealed_at"] - 1}, SECOND, "parent"),
            link("sealed while open", FIRST, second(sealed_at=opens(101) - 1), "sealed_early"),
            link("sealed as it closes", FIRST, second(sealed_at=opens(101)), None),
            link("at the same time", LATE, second(parent=header_hash(LATE), sealed_at=10**13), None),
            link("before its parent", LATE, second(parent=header_hash(LATE)), "sealed_backwards"),
        ],
        "bodies": [
            under("its own", SECOND, BODIES[1], None),
            under("a leaf less", SECOND, BODIES[1][1:], "body_count"),
            under("another leaf", FIRST, BODIES[1][1:2], "body_root"),
            under("heard by nobody", second(observed=False), BODIES[1], "observed"),
        ],
        "signatures": [
            signed("by the network key", FIRST, SEED, True),
            signed("by another key", FIRST, bytes([9]) * 32, False),
            signed("of another header", SECOND, SEED, False),
        ],
        "refused_entries": [
            refused("a space", jcs(ENTRY).replace(b":", b": ", 1), "canonical.bytes"),
            refused("a field more", jcs({**ENTRY, "at": 1}), "block_entry.invalid"),
            refused("no signature", jcs({"header": FIRST}), "block_entry.invalid"),
            refused("a header field more", jcs({**ENTRY, "header": {**FIRST, "note": "x"}}), "block_entry.invalid"),
            refused("another version", jcs({**ENTRY, "header": {**FIRST, "version": 2}}), "block_entry.invalid"),
            refused("no JSON", b"{", "canonical.bytes"),
        ],
    },
)
