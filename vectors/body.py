"""Block bodies: their one order, framing and root, what is left out of a full one, and bytes that are no body."""

from genesis import POLICY
from lib import jcs, merkle_root, publish, sha256
from lib.body import frame, ordered
from lib.records import beacon_leaf, cosignature_leaf, ledger_entry, record_leaf, samples

SAMPLES = samples(POLICY)
RECORDS = [record_leaf(record, data) for record, several in SAMPLES.items() for data in several]
BEACONS = [beacon_leaf(sha256(b"key", bytes([n])), sha256(b"reveal", bytes([n]))) for n in range(5)]
COSIGNATURES = [cosignature_leaf(bytes([n]) * 32, 7 + n, 1795000000, bytes([n]) * 64) for n in (2, 1)]
# By text "owner:…#10" would come before "#9", and an entry's bytes begin with its account only by chance.
LEDGER = [
    record_leaf("ledger_entry", ledger_entry(account, seq))
    for account, seq in [("owner:b", 0), ("owner:a", 10), ("owner:a", 9), ("network", 3), ("owner:a", 100)]
]


def shuffled(leaves):
    return sorted(leaves, key=lambda leaf: sha256(b"shuffle", leaf))


def body(name, leaves):
    sealed = ordered(leaves)
    return {
        "case": name,
        "leaves": [leaf.hex() for leaf in shuffled(leaves)],
        "body": frame(sealed).hex(),
        "count": len(sealed),
        "root": merkle_root(sealed).hex(),
    }


NEVER_WAIT = (b"policy", b"enrolment", b"commitment")


def fit(name, leaves, spare):
    """What is sealed when there is room for `spare` bytes less than the whole body needs."""
    whole = ordered(leaves)
    limit = len(frame(whole)) - spare
    sealed = list(whole)
    for leaf in reversed(whole):
        if len(frame(sealed)) <= limit:
            break
        if leaf[0] == 2 and not any(b'"record":"%s"' % kind in leaf for kind in NEVER_WAIT):
            sealed.remove(leaf)
    deferred = [leaf for leaf in whole if leaf not in sealed]
    return {
        "case": name,
        "leaves": [leaf.hex() for leaf in shuffled(leaves)],
        "max_bytes": limit,
        "sealed_root": merkle_root(sealed).hex(),
        "sealed": len(sealed),
        "deferred": [leaf.hex() for leaf in deferred],
    }


def refused(name, code, leaf, leaves=None, data=None):
    return {"case": name, "body": (data if data is not None else frame(leaves)).hex(), "code": code, "leaf": leaf}


STANDING, SEAT = (record_leaf(record, SAMPLES[record][0]) for record in ("standing", "seat"))
COMMITMENT = record_leaf("commitment", SAMPLES["commitment"][0])
FLAG = record_leaf("flag", {"flag_id": "x"})
A, B = ordered(BEACONS)[:2]
if __name__ == "__main__":
    publish(
        __file__,
        {
            "bodies": [
                body("empty", []),
                body("one beacon", BEACONS[:1]),
                body("beacons", BEACONS),
                body("every kind", BEACONS + COSIGNATURES + RECORDS),
                body("a leaf given twice", BEACONS[:2] + BEACONS[:1] + [STANDING, STANDING]),
                body("ledger entries by account, then seq", LEDGER),
                body("records of one type by their bytes", RECORDS[:2] + RECORDS[4:8]),
            ],
            "fits": [
                fit("all", BEACONS + RECORDS, 0),
                fit("the last one waits", BEACONS + RECORDS, 1),
                fit("records wait, but not those that later ones need", BEACONS + COSIGNATURES + RECORDS, 9000),
                fit("never the beacons", BEACONS + COSIGNATURES + [COMMITMENT, STANDING], 10**6),
            ],
            "refused": [
                refused("beacons out of order", "body.order", 1, [B, A]),
                refused("a cosignature before a beacon", "body.order", 1, [COSIGNATURES[0], A]),
                refused("a record before a cosignature", "body.order", 1, [STANDING, COSIGNATURES[0]]),
                refused("types out of order", "body.order", 1, [SEAT, STANDING]),
                refused("seqs out of order", "body.order", 1, [LEDGER[1], LEDGER[2]]),
                refused("accounts out of order", "body.order", 1, [LEDGER[0], LEDGER[2]]),
                refused("a leaf twice", "body.duplicate", 2, [A, STANDING, STANDING]),
                refused("a node twice", "body.two_beacons", 1, sorted([A, A[:33] + bytes([255] * 32)])),
                refused("a short beacon", "leaf.length", 1, [A, B[:-1]]),
                refused("a long cosignature", "leaf.length", 0, [COSIGNATURES[0] + b"\x00"]),
                refused("a size above 2^53-1", "bytes.u64", 0, [cosignature_leaf(bytes(32), 2**53, 0, bytes(64))]),
                refused("an empty leaf", "leaf.kind", 1, [A, b""]),
                refused("an unknown kind", "leaf.kind", 0, [b"\x04" + A[1:]]),
                refused("no JSON", "canonical.bytes", 0, [b"\x02{"]),
                refused("JSON with a space", "canonical.bytes", 0, [STANDING[:2] + b" " + STANDING[2:]]),
                refused("a record of a later version", "record.refused", 1, [A, FLAG]),
                refused("a type that nobody knows", "record.type", 0, [record_leaf("gift", {})]),
                refused("an unknown field", "record.invalid", 0, [record_leaf("audit_root", {"x": 1})]),
                refused("another envelope", "record.invalid", 0, [b"\x02" + jcs({"record": "seat"})]),
                refused("half a length", "body.framing", 1, data=frame([A]) + b"\x00\x00"),
                refused("a length beyond the end", "body.framing", 0, data=frame([A])[:-1]),
                refused("bytes behind the last leaf", "body.framing", 1, data=frame([A]) + b"\x00"),
            ],
        },
    )
