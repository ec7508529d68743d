"""Keccak-256, secp256k1 with RFC 6979, TRON addresses and TIP-191."""

import hashlib
import hmac

from lib import sha256

# --- Keccak-256 with the original padding, https://keccak.team/keccak_specs_summary.html ------------------------------

MASK = 2**64 - 1


def rotate(word, n):
    return (word << n % 64 | word >> (64 - n) % 64) & MASK


def round_constants():
    constants, register = [], 1
    for _ in range(24):
        constant = 0
        for j in range(7):
            if register & 1:
                constant |= 1 << (1 << j) - 1
            register = register << 1 ^ (0x171 if register & 0x80 else 0)
        constants.append(constant)
    return constants


def keccak_f(a):
    for constant in round_constants():
        c = [a[x][0] ^ a[x][1] ^ a[x][2] ^ a[x][3] ^ a[x][4] for x in range(5)]
        d = [c[(x - 1) % 5] ^ rotate(c[(x + 1) % 5], 1) for x in range(5)]
        a = [[a[x][y] ^ d[x] for y in range(5)] for x in range(5)]
        b = [[0] * 5 for _ in range(5)]
        x, y = 1, 0
        b[0][0] = a[0][0]
        for t in range(24):
            offset = (t + 1) * (t + 2) // 2
            b[y][(2 * x + 3 * y) % 5] = rotate(a[x][y], offset)
            x, y = y, (2 * x + 3 * y) % 5
        a = [[b[x][y] ^ (~b[(x + 1) % 5][y] & b[(x + 2) % 5][y]) for y in range(5)] for x in range(5)]
        a[0][0] ^= constant
    return a


def keccak256(data):
    rate = 136
    padded = bytearray(data) + b"\x01" + b"\x00" * (-(len(data) + 1) % rate)
    padded[-1] |= 0x80
    a = [[0] * 5 for _ in range(5)]
    for start in range(0, len(padded), rate):
        for i in range(rate // 8):
            a[i % 5][i // 5] ^= int.from_bytes(padded[start + 8 * i : start + 8 * i + 8], "little")
        a = keccak_f(a)
    return b"".join(a[i % 5][i // 5].to_bytes(8, "little") for i in range(4))


# --- secp256k1 (SEC 2), ECDSA with RFC 6979, and TRON addresses -------------------------------------------------------

SP = 2**256 - 2**32 - 977
SN = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141
SG = (
    0x79BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798,
    0x483ADA7726A3C4655DA4FBFC0E1108A8FD17B448A68554199C47D08FFB10D4B8,
)


def sec_add(a, b):
    if a is None or b is None:
        return a or b
    (x1, y1), (x2, y2) = a, b
    if x1 == x2 and (y1 + y2) % SP == 0:
        return None
    slope = 3 * x1 * x1 * pow(2 * y1, -1, SP) if a == b else (y2 - y1) * pow(x2 - x1, -1, SP)
    x = (slope * slope - x1 - x2) % SP
    return (x, (slope * (x1 - x) - y1) % SP)


def sec_mul(n, point):
    result = None
    while n > 0:
        if n & 1:
            result = sec_add(result, point)
        point = sec_add(point, point)
        n >>= 1
    return result


def rfc6979_nonce(key, digest):
    """RFC 6979 section 3.2 for a 256-bit order and HMAC-SHA256."""
    material = key + (int.from_bytes(digest, "big") % SN).to_bytes(32, "big")
    v, k = b"\x01" * 32, b"\x00" * 32
    for separator in (b"\x00", b"\x01"):
        k = hmac.new(k, v + separator + material, hashlib.sha256).digest()
        v = hmac.new(k, v, hashlib.sha256).digest()
    v = hmac.new(k, v, hashlib.sha256).digest()
    nonce = int.from_bytes(v, "big")
    assert 0 < nonce < SN, "the next candidate of RFC 6979 is needed once in 2^128 times"
    return nonce


def ecdsa_sign(key, digest):
    """r, low s and v (27 or 28)."""
    nonce = rfc6979_nonce(key, digest)
    x, y = sec_mul(nonce, SG)
    r = x % SN
    s = pow(nonce, -1, SN) * (int.from_bytes(digest, "big") + r * int.from_bytes(key, "big")) % SN
    odd = y & 1
    if s > SN // 2:
        s, odd = SN - s, odd ^ 1
    return r, s, 27 + odd


def tron_bytes(key):
    x, y = sec_mul(int.from_bytes(key, "big"), SG)
    return b"\x41" + keccak256(x.to_bytes(32, "big") + y.to_bytes(32, "big"))[12:]


BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


def base58check(data):
    data += sha256(sha256(data))[:4]
    number, text = int.from_bytes(data, "big"), ""
    while number > 0:
        number, digit = divmod(number, 58)
        text = BASE58[digit] + text
    zeros = len(data) - len(data.lstrip(b"\x00"))
    return "1" * zeros + text


def tron_address(key):
    return base58check(tron_bytes(key))


def tip191_hash(text):
    message = text.encode()
    return keccak256(b"\x19TRON Signed Message:\n" + str(len(message)).encode() + message)


def tip191_sign(key, text):
    r, s, v = ecdsa_sign(key, tip191_hash(text))
    return (r.to_bytes(32, "big") + s.to_bytes(32, "big") + bytes([v])).hex()
