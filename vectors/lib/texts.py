"""The texts that wallets sign besides those of enrolment and sign-in."""


def address_text(network_id, owner, old, new, seq):
    lines = ["lucid address v1", f"network: {network_id.hex()}", f"owner: {owner}"]
    return "\n".join([*lines, f"from: {old}", f"to: {new}", f"seq: {seq}"])


def cancel_text(network_id, owner, seq):
    return "\n".join(["lucid cancel v1", f"network: {network_id.hex()}", f"owner: {owner}", f"seq: {seq}"])


def node_text(verb, network_id, node, seq):
    return "\n".join([f"lucid {verb} v1", f"network: {network_id.hex()}", f"node: {node}", f"seq: {seq}"])
