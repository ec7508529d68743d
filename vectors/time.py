"""Slots, epochs, windows and the offset of a node's beacons. (`import time` elsewhere still finds Python's own.)"""

from lib import label, publish, sha256, u64
from lib.ed25519 import ed_public

MAINNET = {"origin_ms": 1704067200000, "slot_ms": 120000, "slots_per_epoch": 720, "grace_ms": 5000}
DEMO = {"origin_ms": 1704067200000, "slot_ms": 2000, "slots_per_epoch": 15, "grace_ms": 400}
ODD = {"origin_ms": 1700000000001, "slot_ms": 1234, "slots_per_epoch": 7, "grace_ms": 17}
NEW_YEAR_2025 = 1735689600000


def moment(clock, ms):
    slot = (ms - clock["origin_ms"]) // clock["slot_ms"]
    length = clock["slots_per_epoch"]
    start = clock["origin_ms"] + slot * clock["slot_ms"]
    return {
        "clock": clock,
        "ms": ms,
        "slot": slot,
        "epoch": slot // length,
        "index": slot % length,
        "slot_start": start,
        "slot_end": start + clock["slot_ms"],
        "acceptance": {"from_ms": start, "until_ms": start + clock["slot_ms"] + clock["grace_ms"]},
    }


def epoch(clock, number):
    length, first = clock["slots_per_epoch"], number * clock["slots_per_epoch"]
    begin = clock["origin_ms"] + (first - length // 12) * clock["slot_ms"]
    end = clock["origin_ms"] + (first + length) * clock["slot_ms"] + clock["grace_ms"]
    return {"clock": clock, "epoch": number, "first_slot": first, "commitment": {"from_ms": begin, "until_ms": end}}


def offset(clock, public_key, number):
    draw = int.from_bytes(sha256(label("offset"), public_key, u64(number))[:8], "big")
    ms = clock["slot_ms"] // 10 + draw % (7 * clock["slot_ms"] // 10)
    return {"clock": clock, "public_key": public_key.hex(), "epoch": number, "offset_ms": ms}


MOMENTS = [MAINNET["origin_ms"] + d for d in (0, 1, 119999, 120000)] + [NEW_YEAR_2025, NEW_YEAR_2025 - 1, 1795000000123]
publish(
    __file__,
    {
        "moments": [moment(clock, ms) for clock in (MAINNET, DEMO, ODD) for ms in MOMENTS],
        "epochs": [epoch(clock, number) for clock in (MAINNET, DEMO, ODD) for number in (0, 1, 366, 70000)],
        "offsets": [
            offset(clock, ed_public(bytes([n]) * 32), number)
            for clock in (MAINNET, DEMO, ODD)
            for n in (1, 2, 3)
            for number in (0, 366)
        ],
    },
)
