"""One record of every type that a block may hold, the order of all types, and the leaves of a body."""

from lib import NETWORK_ID, base32, jcs, label, sha256, u64
from lib.tron import tron_address

ORDER = (
    "key_change policy enrolment address_change standing seat commitment maintenance excuse task_proof audit_outcome "
    "stake_read flag leader_signature seed schedule epoch_result epoch_closed ledger_entry payout audit_root"
).split()

NODE = "node_" + "a" * 32
OWNER = "owner_" + "b" * 32
ADDRESS, OTHER = tron_address(bytes([7]) * 32), tron_address(bytes([8]) * 32)
HASH, SIGNATURE, WALLET = "ab" * 32, "cd" * 64, "ef" * 64 + "1b"


def ledger_entry(account, seq):
    entry = {
        "account": account,
        "seq": seq,
        "key": f"reward:{seq}:{NODE}",
        "kind": "reward",
        "amount_micro": "5",
        "balance_micro": str(5 * seq + 5),
        "contra": [{"account": "rewards", "amount_micro": "-5"}],
        "epoch": seq,
        "policy": 1,
        "at": 1795000000000,
        "prev_hash": HASH,
    }
    return {**entry, "hash": sha256(label("ledger"), jcs(entry)).hex()}


def samples(policy):
    """By type: records that differ in what is optional."""
    change = {"owner_id": OWNER, "node_id": NODE, "old_address": ADDRESS, "new_address": OTHER, "seq": 0}
    change = {**change, "new_wallet_signature": WALLET, "signature": SIGNATURE}
    standing = {"node_id": NODE, "standing": "active", "reason": "approved", "by": "operator"}
    key_change = {"role": "network", "old": HASH, "new": "ac" * 32, "seq": 0}
    key_change["signatures"] = [{"key": key * 32, "signature": SIGNATURE} for key in ("01", "02")]
    payout = {
        "payout_id": "payout_" + base32(sha256(NETWORK_ID))[:26],
        "owner_id": OWNER,
        "state": "created",
        "attempt": 1,
        "recipient": ADDRESS,
        "gross_micro": "10000000",
        "net_micro": "9900000",
        "fee_micro": "100000",
        "at": 1795000000000,
    }
    return {
        "key_change": [
            key_change,
            {
                **key_change,
                "role": "log",
                "succeeds": {"origin": "a/00", "size": 9, "root": HASH, "new_origin": "b/00"},
            },
        ],
        "policy": [policy],
        "enrolment": [
            {
                "public_key": HASH,
                "address": ADDRESS,
                "seq": 0,
                "header_hash": "00" * 32,
                "nonce": "00" * 8,
                "wallet_signature": WALLET,
                "signature": SIGNATURE,
            }
        ],
        "address_change": [
            change,
            {**change, "old_wallet_signature": WALLET},
            {"owner_id": OWNER, "seq": 0, "wallet_signature": WALLET},
        ],
        "standing": [
            standing,
            {**standing, "standing": "suspended", "by": "owner", "wallet_signature": WALLET, "seq": 3},
        ],
        "seat": [
            {"pool_id": "pool_a", "seat": 1, "node_id": NODE, "consent": "equal"},
            {"pool_id": "pool_a", "seat": 1},
        ],
        "commitment": [{"node_id": NODE, "epoch": 7, "anchor": HASH, "signature": SIGNATURE}],
        "maintenance": [{"node_id": NODE, "from_slot": 5, "to_slot": 6}],
        "excuse": [
            {"kind": "deaf", "from_slot": 5, "to_slot": 6},
            {"kind": "deaf", "from_slot": 5, "to_slot": 7, "deaf_ms": 1201},
        ],
        "epoch_result": [
            {
                "epoch": 7,
                "node_id": NODE,
                "eligible": 15,
                "present": 14,
                "time": 9333,
                "time_known": True,
                "credits": 1400,
                "own": 10000,
                "alpha": 5000000,
                "beta": 5000000,
                "reputation": 5000,
                "contribution": 10000,
                "score": 8733,
                "valid": True,
                "reward_micro": "1000000",
            }
        ],
        "epoch_closed": [
            {"epoch": 7, "count": 1, "root": HASH, "total_micro": "1000000", "budget_micro": "1000001"}
        ],
        "ledger_entry": [ledger_entry("owner:" + OWNER, 9), ledger_entry("owner:" + OWNER, 10)],
        "payout": [payout, {**payout, "state": "confirmed", "txid": HASH, "tron_block": 60000000}],
        "audit_root": [{"epoch": 7, "count": 0, "root": sha256().hex()}],
    }


def record_leaf(record, data):
    return b"\x02" + jcs({"record": record, "data": data})


def beacon_leaf(public_key, reveal):
    return b"\x01" + public_key + reveal


def cosignature_leaf(public_key, size, time, signature):
    return b"\x03" + public_key + u64(size) + u64(time) + signature
