"""Beacon chains and bitmaps."""

from lib import hkdf_sha256, label, sha256, u64
from lib.ed25519 import ed_public


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
