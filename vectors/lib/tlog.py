"""C2SP logs: tile paths and contents, signed notes, checkpoints, cosignatures. https://c2sp.org"""

import base64

from lib import sha256, u64
from lib.ed25519 import ed_public, ed_sign


def b64(data):
    return base64.b64encode(data).decode()


def tile_path(level, index, width):
    groups = []
    while True:
        groups.insert(0, f"{index % 1000:03}")
        index //= 1000
        if index == 0:
            break
    name = "/".join(["x" + group for group in groups[:-1]] + groups[-1:])
    return f"tile/{level}/{name}" + ("" if width == 256 else f".p/{width}")


def tiles(size):
    """Every tile of hashes of a tree, as (level, index, width)."""
    found, level = [], 0
    while size >> 8 * level > 0:
        count = size >> 8 * level
        found += [(level, i, min(256, count - 256 * i)) for i in range((count + 255) // 256)]
        level += 1
    return found


def key_id(name, kind, public_key):
    return sha256(name.encode(), b"\n", bytes([kind]), public_key)[:4]


def verifier_key(name, kind, public_key):
    return f"{name}+{key_id(name, kind, public_key).hex()}+{b64(bytes([kind]) + public_key)}"


def line(name, kind, public_key, blob):
    return f"\u2014 {name} {b64(key_id(name, kind, public_key) + blob)}\n"


def log_line(name, seed, text):
    return line(name, 1, ed_public(seed), ed_sign(seed, text.encode()))


def cosignature_line(name, seed, time, text):
    message = f"cosignature/v1\ntime {time}\n{text}".encode()
    return line(name, 4, ed_public(seed), u64(time) + ed_sign(seed, message))


def checkpoint_text(origin, size, root):
    return f"{origin}\n{size}\n{b64(root)}\n"
