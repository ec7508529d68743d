"""Every type of record with its leaf hash, and records that are refused by one field each."""

import copy

from genesis import POLICY
from lib import publish, sha256
from lib.records import ADDRESS, HASH, NODE, SIGNATURE, WALLET, record_leaf, samples
from lib.tron import tron_address

SAMPLES = samples(POLICY)
REMOVED = "remove this field"
# Each change of one field of a type's first sample, by JSON pointer; the last is where the refusal points to.
CHANGES = [
    ("key_change", "/role", "node", "/data/role"),
    ("key_change", "/signatures", SAMPLES["key_change"][0]["signatures"][::-1], "/data/signatures"),
    ("key_change", "/signatures", SAMPLES["key_change"][0]["signatures"][:1] * 2, "/data/signatures"),
    ("key_change", "/succeeds", {"origin": "a/00", "size": 9, "root": HASH}, "/data/succeeds/new_origin"),
    ("policy", "/score/time", 4001, "/data/score"),
    ("policy", "/version", REMOVED, "/data/version"),
    ("enrolment", "/address", ADDRESS[:-1] + "1", "/data/address"),
    ("enrolment", "/nonce", "00" * 7, "/data/nonce"),
    ("enrolment", "/node_id", NODE, "/data/node_id"),
    ("address_change", "/new_address", tron_address(bytes([8]) * 32).lower(), "/data/new_address"),
    ("address_change", "/wallet_signature", WALLET, "/data/node_id"),
    ("address_change", "/signature", REMOVED, "/data/signature"),
    ("standing", "/standing", "online", "/data/standing"),
    ("standing", "/reason", "a sentence about a person", "/data/reason"),
    ("standing", "/seq", 1, "/data/seq"),
    ("standing", "/by", "owners", "/data/by"),
    ("seat", "/consent", REMOVED, "/data/consent"),
    ("seat", "/seat", -1, "/data/seat"),
    ("seat", "/node_id", REMOVED, "/data/consent"),
    ("commitment", "/epoch", 7.5, "/data/epoch"),
    ("commitment", "/node_id", "node_" + "A" * 32, "/data/node_id"),
    ("commitment", "/signature", SIGNATURE.upper(), "/data/signature"),
    ("maintenance", "/to_slot", 5, "/data/to_slot"),
    ("excuse", "/kind", "silence", "/data/kind"),
    ("excuse", "/from_slot", 6, "/data/to_slot"),
    ("excuse", "/deaf_ms", "1", "/data/deaf_ms"),
    ("epoch_result", "/time", 10001, "/data/time"),
    ("epoch_result", "/valid", 1, "/data/valid"),
    ("epoch_result", "/reward_micro", "-1", "/data/reward_micro"),
    ("epoch_result", "/own", REMOVED, "/data/own"),
    ("epoch_closed", "/total_micro", 1000000, "/data/total_micro"),
    ("ledger_entry", "/kind", "gift", "/data/kind"),
    ("ledger_entry", "/contra/0/account", "bonus", "/data/contra/0/account"),
    ("payout", "/state", "broadcast", "/data/state"),
    ("payout", "/attempt", 0, "/data/attempt"),
    ("payout", "/payout_id", "payout_1", "/data/payout_id"),
    ("payout", "/txid", HASH[:-2], "/data/txid"),
    ("audit_root", "/note", "x", "/data/note"),
]


def changed(data, pointer, value):
    data = copy.deepcopy(data)
    *parents, key = pointer.split("/")[1:]
    target = data
    for parent in parents:
        target = target[int(parent)] if isinstance(target, list) else target[parent]
    if value == REMOVED:
        del target[key]
    else:
        target[key] = value
    return data


def refused(value, code):
    return {"value": value, "code": code}


if __name__ == "__main__":
    publish(
        __file__,
        {
            "records": [
                {"record": record, "data": data, "leaf_hash": sha256(b"\x00", record_leaf(record, data)).hex()}
                for record, several in SAMPLES.items()
                for data in several
            ],
            "changed": [
                {"record": record, "data": changed(SAMPLES[record][0], pointer, value), "at": at}
                for record, pointer, value, at in CHANGES
            ],
            "refused": [
                refused({"record": record, "data": {"node_id": NODE}}, "record.refused")
                for record in "task_proof audit_outcome stake_read flag leader_signature seed schedule".split()
            ]
            + [
                refused({"record": "gift", "data": {}}, "record.type"),
                refused({"record": "constructor", "data": {}}, "record.type"),
                refused({"record": 1, "data": {}}, "record.invalid"),
                refused({"record": "audit_root"}, "record.invalid"),
                refused({"record": "audit_root", "data": []}, "record.invalid"),
                refused({"record": "audit_root", "data": SAMPLES["audit_root"][0], "at": 1}, "record.invalid"),
                refused([], "record.invalid"),
                refused("audit_root", "record.invalid"),
            ],
        },
    )
