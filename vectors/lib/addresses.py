"""Which address of an owner is in force when: facts in the order of the log, and time that passes between them."""

from lib import NETWORK_ID
from lib.ids import owner_id
from lib.tron import tron_address, tron_bytes

HOUR = 3_600_000


class Walk:
    def __init__(self, genesis):
        self.genesis = genesis
        self.in_force, self.history = {}, {}  # by owner
        self.left, self.sealed = set(), {}
        self.placed, self.waiting = {}, []

    def start(self, slot):
        return self.genesis["origin_ms"] + slot * self.genesis["slot_ms"]

    def advance(self, now):
        """Delays that are over by now end, in their order."""
        for entry in sorted(self.waiting, key=lambda entry: (entry["end"], entry["seq"])):
            if entry["end"] > now:
                continue
            self.waiting.remove(entry)
            owner = entry["owner"]
            if self.in_force[owner] == entry["old"]:
                self.left.add(entry["old"])
                self.in_force[owner] = entry["new"]
                self.history[owner].append((entry["end"], entry["new"]))

    def is_taken(self, address):
        pending = {entry["new"] for entry in self.waiting}
        return address in pending | self.left | set(self.in_force.values())

    def enrol(self, slot, wallet):
        self.advance(self.start(slot))
        address = tron_address(wallet)
        for owner, in_force in self.in_force.items():
            if in_force == address:
                return {"owner_id": owner}
        if self.is_taken(address):
            return {"code": "address"}
        owner = owner_id(NETWORK_ID, tron_bytes(wallet))
        self.in_force[owner], self.history[owner] = address, [(0, address)]
        return {"owner_id": owner}

    def change(self, slot, change):
        owner, now = change["owner_id"], self.start(slot + 1)
        if owner not in self.in_force:
            return {"code": "unknown_owner"}
        self.advance(now)
        seq = self.sealed.get(owner, 0)
        self.sealed[owner] = seq + 1
        if change["seq"] != seq:
            return {"code": "seq"}
        if self.in_force[owner] != change["old_address"]:
            return {"code": "old_address"}
        if self.is_taken(change["new_address"]):
            return {"code": "new_address"}
        with_old = "old_wallet_signature" in change
        end = now + (48 if with_old else 30 * 24) * HOUR
        entry = {"owner": owner, "seq": seq, "old": change["old_address"], "new": change["new_address"], "end": end}
        self.placed[owner, seq] = with_old
        self.waiting.append(entry)
        return {}

    def cancel(self, slot, cancellation):
        self.advance(self.start(slot + 1))
        key = (cancellation["owner_id"], cancellation["seq"])
        if key not in self.placed:
            return {"code": "no_change"}
        if self.placed[key]:
            return {"code": "with_old_wallet"}
        found = [entry for entry in self.waiting if (entry["owner"], entry["seq"]) == key]
        for entry in found:
            self.waiting.remove(entry)
        return {} if found else {"code": "over"}

    def address_at(self, owner, at):
        return [address for start, address in self.history[owner] if start <= at][-1]
