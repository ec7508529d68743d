"""What the vector scripts share, from the specifications: bytes, canonical JSON, hashes and the output.

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


def merkle_root(leaves):
    """RFC 6962 section 2.1, by its recursive definition."""
    if not leaves:
        return sha256()
    if len(leaves) == 1:
        return sha256(b"\x00", leaves[0])
    split = 1
    while 2 * split < len(leaves):
        split *= 2
    return sha256(b"\x01", merkle_root(leaves[:split]), merkle_root(leaves[split:]))
