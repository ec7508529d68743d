"""Pure Python helpers of the vector scripts: curves, hashes and encodings from their specifications.

Written for clarity, not speed, and from the standards, so that an error in the TypeScript cannot hide here.
"""

import base64
import hashlib
import hmac
import json
import sys
from pathlib import Path

NETWORK_ID = hashlib.sha256(b"lucid vectors").digest()


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def u64(n):
    return n.to_bytes(8, "big")


def label(name):
    return f"lucid/{name}/v1\n".encode()


def jcs(value):
    """RFC 8785 for the strict profile: keys are ASCII, numbers are integers, so sorting and escapes are simple."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def base32(data):
    return base64.b32encode(data).decode().rstrip("=").lower()


def hkdf_sha256(ikm, salt, info, length=32):
    """RFC 5869; one block is enough for 32 bytes."""
    assert length <= 32
    prk = hmac.new(salt, ikm, hashlib.sha256).digest()
    return hmac.new(prk, info + b"\x01", hashlib.sha256).digest()[:length]


def publish(script, groups):
    """Writes <script>.json beside the script, or prints it when asked to with --print."""
    text = json.dumps(groups, indent=1, ensure_ascii=True) + "\n"
    if "--print" in sys.argv:
        sys.stdout.write(text)
    else:
        Path(script).with_suffix(".json").write_text(text)


# --- Ed25519, RFC 8032 section 5.1, in affine coordinates -------------------------------------------------------------

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
IDENTITY = (0, 1)


def ed_add(a, b):
    (x1, y1), (x2, y2) = a, b
    t = D * x1 * x2 * y1 * y2 % P
    x = (x1 * y2 + x2 * y1) * pow(1 + t, -1, P) % P
    y = (y1 * y2 + x1 * x2) * pow(1 - t, -1, P) % P
    return (x, y)


def ed_mul(n, point):
    result = IDENTITY
    while n > 0:
        if n & 1:
            result = ed_add(result, point)
        point = ed_add(point, point)
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


# --- RFC 6962 ---------------------------------------------------------------------------------------------------------


def merkle_root(leaves):
    """Section 2.1, by its recursive definition."""
    if not leaves:
        return sha256()
    if len(leaves) == 1:
        return sha256(b"\x00", leaves[0])
    split = 1
    while 2 * split < len(leaves):
        split *= 2
    return sha256(b"\x01", merkle_root(leaves[:split]), merkle_root(leaves[split:]))


# --- Beacon chains ----------------------------------------------------------------------------------------------------


def beacon_salt(network_id, public_key, epoch):
    return sha256(label("beacon_salt"), network_id, public_key, u64(epoch))[:16]


def beacon_chain(seed, network_id, epoch, slots):
    """c[0] .. c[slots] of a node's epoch."""
    salt = beacon_salt(network_id, ed_public(seed), epoch)
    links = [hkdf_sha256(seed, network_id, label("chain") + u64(epoch))]
    for _ in range(slots):
        links.insert(0, sha256(links[0], salt))
    return links


def bitmap(indices, slots):
    """Slot index i is bit 0x80 >> (i mod 8) of byte i // 8."""
    data = bytearray((slots + 7) // 8)
    for i in indices:
        data[i // 8] |= 0x80 >> i % 8
    return bytes(data)


def bits(data):
    return {8 * at + bit for at, byte in enumerate(data) for bit in range(8) if byte & 0x80 >> bit}


# --- Settlement -------------------------------------------------------------------------------------------------------


def measure(slots, active, present, excused, last_time=None):
    """Sets of slot indices -> eligible, present, time and whether time is known ("Epoch settlement", 1)."""
    accepted = active & present
    eligible = {s for s in active if not (s in excused and s not in accepted)}
    counted = len(accepted & eligible)
    measured = 10_000 * counted // len(eligible) if eligible else 0
    known = not 20 * len(active - excused) < slots
    time = measured if known else max(measured, last_time or 0)
    return {"eligible": len(eligible), "present": counted, "time": time, "time_known": known}


def contributions(credits_of_counted, credits):
    """Half the credits over the median, in basis points ("Epoch settlement", 4)."""
    x, n = sorted(credits_of_counted), len(credits_of_counted)
    if n == 0:
        return 0
    return min(10_000, 10_000 * credits // (x[(n - 1) // 2] + x[n // 2]))


def total_score(weights, components):
    return sum(weights[name] * components[name] for name in ("time", "own", "reputation", "contribution")) // 10_000


def split(budget, weights):
    """id -> amount: floors, then the leftover one by one by remainder descending and id ascending."""
    total = sum(weights.values())
    if total == 0:
        return {i: 0 for i in weights}
    amounts = {i: budget * w // total for i, w in weights.items()}
    order = sorted(weights, key=lambda i: (-(budget * weights[i] % total), i))
    for i in order[: budget - sum(amounts.values())]:
        amounts[i] += 1
    return amounts
