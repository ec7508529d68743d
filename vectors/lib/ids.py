"""Ids of nodes and owners."""

from lib import base32, label, sha256


def node_id(public_key):
    return "node_" + base32(sha256(public_key)[:20])


def owner_id(network_id, address):
    return "owner_" + base32(sha256(label("owner"), network_id, address)[:20])
