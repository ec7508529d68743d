"""Ed25519 in affine coordinates, RFC 8032 section 5.1, and signed objects of the protocol."""

import functools
import hashlib

from lib import jcs, label

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
IDENTITY = (0, 1)


def ed_add(a, b):
    (x1, y1), (x2, y2) = a, b
    t = D * x1 * x2 * y1 * y2 % P
    inverse = pow(1 - t * t, -1, P)  # of both denominators at once, 1 + t and 1 - t
    x = (x1 * y2 + x2 * y1) * (1 - t) * inverse % P
    y = (y1 * y2 + x1 * x2) * (1 + t) * inverse % P
    return (x, y)


@functools.cache
def ed_double(point):
    return ed_add(point, point)


def ed_mul(n, point):
    result = IDENTITY
    while n > 0:
        if n & 1:
            result = ed_add(result, point)
        point = ed_double(point)
        n >>= 1
    return result


def ed_encode(point):
    x, y = point
    return (y | (x & 1) << 255).to_bytes(32, "little")


def ed_decode(data):
    """The point of 32 bytes, None when y >= p, nothing is on the curve there, or x is 0 with the sign bit set."""
    number = int.from_bytes(data, "little")
    sign, y = number >> 255, number & (2**255 - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * pow(2, (P - 1) // 4, P) % P
    if x * x % P != square or (x == 0 and sign):
        return None
    return (P - x if x & 1 != sign else x, y)


BASE = ed_decode((4 * pow(5, -1, P) % P).to_bytes(32, "little"))


def ed_secret(seed):
    digest = hashlib.sha512(seed).digest()
    scalar = int.from_bytes(digest[:32], "little") & ~7 & (2**254 - 1) | 2**254
    return scalar, digest[32:]


@functools.cache
def ed_public(seed):
    return ed_encode(ed_mul(ed_secret(seed)[0], BASE))


def ed_challenge(r, a, message):
    return int.from_bytes(hashlib.sha512(r + a + message).digest(), "little") % L


def ed_sign(seed, message):
    scalar, prefix = ed_secret(seed)
    a = ed_encode(ed_mul(scalar, BASE))
    nonce = int.from_bytes(hashlib.sha512(prefix + message).digest(), "little") % L
    r = ed_encode(ed_mul(nonce, BASE))
    return r + ((nonce + ed_challenge(r, a, message) * scalar) % L).to_bytes(32, "little")


def ed_verify_strict(a_bytes, message, signature):
    """The protocol's rule: A and R canonical and not of small order, S < L, encode(S*B - k*A) = R."""
    r_bytes, s = signature[:32], int.from_bytes(signature[32:], "little")
    a, r = ed_decode(a_bytes), ed_decode(r_bytes)
    if a is None or r is None or s >= L:
        return False
    if ed_mul(8, a) == IDENTITY or ed_mul(8, r) == IDENTITY:
        return False
    k = ed_challenge(r_bytes, a_bytes, message)
    minus_a = (P - a[0], a[1])
    return ed_encode(ed_add(ed_mul(s, BASE), ed_mul(k, minus_a))) == r_bytes


def sign_object(kind, network_id, value, seed):
    return ed_sign(seed, label(kind) + network_id + jcs(value)).hex()
