"""Block bodies: the one order of a set of leaves, and their framing."""

import json

from lib.records import ORDER


def sort_key(leaf):
    if leaf[0] != 2:
        return ({1: 0, 3: 1}[leaf[0]], leaf)
    record = json.loads(leaf[1:])
    data = record["data"]
    chain = (data["account"], data["seq"]) if record["record"] == "ledger_entry" else ("", 0)
    return (2, ORDER.index(record["record"]), *chain, leaf)


def ordered(leaves):
    return sorted(set(leaves), key=sort_key)


def frame(leaves):
    return b"".join(len(leaf).to_bytes(4, "big") + leaf for leaf in leaves)
