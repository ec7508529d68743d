"""Node ids, owner ids, and enrolment with its proof of work."""

from lib import NETWORK_ID, label, publish, sha256, u64
from lib.ed25519 import ed_public, sign_object
from lib.ids import node_id, owner_id
from lib.tron import tip191_sign, tron_address, tron_bytes

HEADER_HASHES = [bytes(32), sha256(b"a block")]


def zero_bits(network_id, header_hash, public_key, nonce):
    digest = sha256(label("enrol_pow"), network_id, header_hash, public_key, nonce)
    return 256 - int.from_bytes(digest, "big").bit_length()


def find_nonce(header_hash, public_key, bits):
    counter = 0
    while zero_bits(NETWORK_ID, header_hash, public_key, u64(counter)) < bits:
        counter += 1
    return u64(counter)


def enrol_text(public_key, address, seq):
    return "\n".join(
        [
            "lucid enrol v1",
            f"network: {NETWORK_ID.hex()}",
            f"node: {node_id(public_key)}",
            f"pay to: {address}",
            f"seq: {seq}",
            "public for ever: node, address, presence, pay",
        ]
    )


def enrolment(n, seq, header_hash, bits):
    seed, wallet = bytes([n]) * 32, bytes([n + 100]) * 32
    public_key, address = ed_public(seed), tron_address(wallet)
    fields = {
        "public_key": public_key.hex(),
        "address": address,
        "seq": seq,
        "header_hash": header_hash.hex(),
        "nonce": find_nonce(header_hash, public_key, bits).hex(),
        "wallet_signature": tip191_sign(wallet, enrol_text(public_key, address, seq)),
    }
    return {
        "network_id": NETWORK_ID.hex(),
        "header_hash": header_hash.hex(),
        "enrol_pow_bits": bits,
        "enrolment": {**fields, "signature": sign_object("enrol", NETWORK_ID, fields, seed)},
        "node_id": node_id(public_key),
        "owner_id": owner_id(NETWORK_ID, tron_bytes(wallet)),
    }


KEYS = [ed_public(bytes([n]) * 32) for n in range(4)]
WALLETS = [bytes([n + 1]) * 32 for n in range(4)]
publish(
    __file__,
    {
        "nodes": [{"public_key": key.hex(), "node_id": node_id(key)} for key in KEYS],
        "owners": [
            {
                "network_id": network_id.hex(),
                "address": tron_address(wallet),
                "owner_id": owner_id(network_id, tron_bytes(wallet)),
            }
            for wallet in WALLETS
            for network_id in (NETWORK_ID, bytes(32))
        ],
        "pow": [
            {
                "network_id": NETWORK_ID.hex(),
                "header_hash": header.hex(),
                "public_key": key.hex(),
                "bits": bits,
                "nonce": find_nonce(header, key, bits).hex(),
                "zero_bits": zero_bits(NETWORK_ID, header, key, find_nonce(header, key, bits)),
            }
            for key in KEYS
            for header in HEADER_HASHES
            for bits in (0, 1, 8, 11)
        ],
        "enrolments": [enrolment(1, 0, bytes(32), 8), enrolment(2, 3, HEADER_HASHES[1], 4)],
    },
)
