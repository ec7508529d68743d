"""Signatures at the edge of Ed25519, where libraries disagree: torsion in A and R, small orders, other encodings."""

import hashlib

from lib import NETWORK_ID, publish
from lib.ed25519 import (
    BASE,
    IDENTITY,
    L,
    P,
    ed_add,
    ed_challenge,
    ed_decode,
    ed_encode,
    ed_mul,
    ed_public,
    ed_secret,
    ed_sign,
    ed_verify_strict,
    sign_object,
)

SEED = bytes(range(32))
SECRET = ed_secret(SEED)[0]
A = ed_mul(SECRET, BASE)
NONCE = 0x1234567890ABCDEF**3
R = ed_mul(NONCE, BASE)


def order_8_point():
    """L times any point of the curve is in the torsion group; look for one of full order 8."""
    for y in range(2, 100):
        point = ed_decode(y.to_bytes(32, "little"))
        if point is not None and ed_mul(4 * L, point) != IDENTITY:
            return ed_mul(L, point)


T = order_8_point()
TORSION = [ed_mul(i, T) for i in range(8)]


def scalar(n):
    return n.to_bytes(32, "little")


def assembled(a_point, r_point, message):
    """S for the torsion-free parts: the equation holds up to the cofactor, whatever torsion A and R carry."""
    a, r = ed_encode(a_point), ed_encode(r_point)
    return a, message, r + scalar((NONCE + ed_challenge(r, a, message) * SECRET) % L)


def where(a_point, r_point, condition):
    """The first numbered message whose challenge fulfils a condition."""
    for n in range(10_000):
        message = f"message {n}".encode()
        a, r = ed_encode(a_point), ed_encode(r_point)
        full = int.from_bytes(hashlib.sha512(r + a + message).digest(), "little")
        if condition(full % L, full):
            return assembled(a_point, r_point, message)
    raise AssertionError("no message found")


MIXED_A, MIXED_R = ed_add(A, T), ed_add(R, T)
GOOD = assembled(A, R, b"hello")
TWISTED = int.from_bytes(GOOD[2][32:], "little")
CASES = {
    "ordinary": GOOD,
    "other message": (GOOD[0], b"hullo", GOOD[2]),
    "torsion in A, k divisible by 8: the equation holds": where(
        MIXED_A, R, lambda k, full: k % 8 == 0 and full % 8 != 0
    ),
    "torsion in A, only the unreduced k divisible by 8": where(
        MIXED_A, R, lambda k, full: k % 8 != 0 and full % 8 == 0
    ),
    "torsion in A: only the cofactored equation holds": where(MIXED_A, R, lambda k, full: k % 8 == 3),
    "torsion in R: only the cofactored equation holds": assembled(A, MIXED_R, b"hello"),
    "torsion in A and R that cancel out": where(MIXED_A, MIXED_R, lambda k, full: k % 8 == 7),
    "torsion in A and R that do not": where(MIXED_A, MIXED_R, lambda k, full: k % 8 == 1),
    "torsion of order 2 in R": assembled(A, ed_add(R, TORSION[4]), b"hello"),
    "S + L": (GOOD[0], GOOD[1], GOOD[2][:32] + scalar(TWISTED + L)),
    "S = L with A and R of order 1": (ed_encode(IDENTITY), b"", ed_encode(IDENTITY) + scalar(L)),
    "S of 256 ones": (GOOD[0], GOOD[1], GOOD[2][:32] + b"\xff" * 32),
    "all zero": (bytes(32), b"", bytes(64)),
    "all ones": (b"\xff" * 32, b"", b"\xff" * 64),
    "A not on the curve": ((2).to_bytes(32, "little"), b"hello", GOOD[2]),
    "R not on the curve": (GOOD[0], b"hello", (2).to_bytes(32, "little") + GOOD[2][32:]),
    "R with the other sign": (GOOD[0], b"hello", bytes([*GOOD[2][:31], GOOD[2][31] ^ 0x80]) + GOOD[2][32:]),
    "signature too short": (GOOD[0], b"hello", GOOD[2][:63]),
    "signature too long": (GOOD[0], b"hello", GOOD[2] + b"\x00"),
    "key too short": (GOOD[0][:31], b"hello", GOOD[2]),
}


def with_r(r, message=b"hello"):
    return ed_encode(A), message, r + scalar(ed_challenge(r, ed_encode(A), message) * SECRET % L)


for i, point in enumerate(TORSION):
    encoded = ed_encode(point)
    CASES[f"A is {i} T, S = 0, R = identity"] = (encoded, b"", ed_encode(IDENTITY) + bytes(32))
    CASES[f"R is {i} T"] = with_r(encoded)

OTHER_ENCODINGS = [y | sign << 255 for y in range(P, 2**255) for sign in (0, 1)] + [1 | 1 << 255, P - 1 | 1 << 255]
for number in OTHER_ENCODINGS:
    encoded = number.to_bytes(32, "little")
    CASES[f"A encoded as {encoded.hex()}"] = (encoded, b"", ed_encode(IDENTITY) + bytes(32))
    CASES[f"R encoded as {encoded.hex()}"] = with_r(encoded)


def verdict(a, message, signature):
    return len(a) == 32 and len(signature) == 64 and ed_verify_strict(a, message, signature)


def is_valid_key(a):
    point = ed_decode(a) if len(a) == 32 else None
    return point is not None and ed_mul(8, point) != IDENTITY


def is_torsion_free(a):
    point = ed_decode(a) if len(a) == 32 else None
    return point is not None and ed_mul(L, point) == IDENTITY


KEYS = {
    "ordinary": A,
    "torsion": MIXED_A,
    "torsion of order 2": ed_add(A, TORSION[4]),
    "identity": IDENTITY,
    "order 8": T,
}
SEEDS = [
    (bytes(32), b""),
    (SEED, b"hello"),
    (b"\xff" * 32, bytes(200)),
    (bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"), b""),
]
OBJECT = {"node_id": "node_" + "a" * 32, "epoch": 7, "anchor": "00" * 32}

publish(
    __file__,
    {
        "verify": [
            {"case": name, "public_key": a.hex(), "message": m.hex(), "signature": s.hex(), "valid": verdict(a, m, s)}
            for name, (a, m, s) in CASES.items()
        ],
        "keys": [
            {
                "case": name,
                "public_key": ed_encode(point).hex(),
                "valid": is_valid_key(ed_encode(point)),
                "torsion_free": is_torsion_free(ed_encode(point)),
            }
            for name, point in KEYS.items()
        ],
        "sign": [
            {
                "seed": seed.hex(),
                "public_key": ed_public(seed).hex(),
                "message": m.hex(),
                "signature": ed_sign(seed, m).hex(),
            }
            for seed, m in SEEDS
        ],
        "objects": [
            {
                "kind": kind,
                "network_id": NETWORK_ID.hex(),
                "object": OBJECT,
                "seed": SEED.hex(),
                "signature": sign_object(kind, NETWORK_ID, OBJECT, SEED),
            }
            for kind in (
                "enrol",
                "commitment",
                "beacon",
                "proof",
                "header",
                "entry",
                "command",
                "address_change",
                "token",
            )
        ],
    },
)
