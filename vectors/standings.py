"""Where settlement cuts, which standing holds in which slot, and standings that an owner's wallet signs."""

from genesis import DEMO
from lib import NETWORK_ID, publish
from lib.beacons import bitmap
from lib.texts import node_text
from lib.tron import tip191_sign, tron_address

SLOTS, NODE = DEMO["slots_per_epoch"], "node_" + "abcd" * 8
WALLET, OTHER = bytes([101]) * 32, bytes([102]) * 32


def cuts(name, first_epoch, backlogs):
    """Blocks from the first slot of an epoch on, by their backlog; each says the epochs that it is the cut of."""
    start, waiting, blocks = first_epoch * SLOTS, [], []
    for slot, backlog in enumerate(backlogs, start):
        if slot % SLOTS == 1 and slot // SLOTS > first_epoch:
            waiting.append(slot // SLOTS - 1)
        ready = waiting if backlog == 0 else []
        blocks.append({"slot": slot, "backlog": backlog, "epochs": list(ready)})
        if ready:
            waiting = []
    return {"case": name, "genesis": DEMO, "first_epoch": first_epoch, "blocks": blocks}


def in_force(name, epoch, *changes):
    """Changes as (slot of the block, standing); the standing of a slot is the last one sealed before it."""

    def at(slot):
        return next((standing for sealed, standing in reversed(changes) if sealed < slot), "pending")

    first = epoch * SLOTS
    return {
        "case": name,
        "genesis": DEMO,
        "epoch": epoch,
        "changes": [{"standing": standing, "sealed_slot": sealed} for sealed, standing in changes],
        "standings": [at(first + i) for i in range(SLOTS)],
        "active": bitmap([i for i in range(SLOTS) if at(first + i) == "active"], SLOTS).hex(),
    }


def owner(name, standing, seq, code=None, verb="freeze", wallet=WALLET, last_seq=-1, signed_seq=None):
    text = node_text(verb, NETWORK_ID, NODE, seq if signed_seq is None else signed_seq)
    record = {"node_id": NODE, "standing": standing, "reason": "owner_request", "by": "owner"}
    if wallet is not None:
        record = {**record, "wallet_signature": tip191_sign(wallet, text), "seq": seq}
    case = {"case": name, "network_id": NETWORK_ID.hex(), "address": tron_address(WALLET), "last_seq": last_seq}
    return {**case, "standing": record, **({} if code is None else {"code": code})}


E = 100
S = E * SLOTS
publish(
    __file__,
    {
        "cuts": [
            cuts("no backlog", E, [0] * 3 * SLOTS),
            cuts("backlog at the start of an epoch", E, [0] * SLOTS + [0, 3, 1, 0] + [0] * SLOTS),
            cuts("backlog for more than an epoch", E, [0] * SLOTS + [9] * (SLOTS + 3) + [0] * 3),
        ],
        "in_force": [
            in_force("never decided", E),
            in_force("active before the epoch", E, (S - 9, "active")),
            in_force("sealed in the last slot of the epoch before", E, (S - 1, "active")),
            in_force("sealed in the first slot", E, (S, "active")),
            in_force("frozen and free again", E, (S - 3, "active"), (S + 4, "suspended"), (S + 9, "active")),
            in_force("retired", E, (S - 3, "active"), (S + 13, "retired")),
            in_force("sealed in the last slot", E, (S - 3, "active"), (S + 14, "suspended")),
            in_force("two in one block: the later one", E, (S + 2, "active"), (S + 2, "suspended"), (S + 7, "active")),
            in_force("only afterwards", E, (S + 20, "active")),
        ],
        "owner": [
            owner("freezes", "suspended", 0),
            owner("retires", "retired", 5, verb="retire", last_seq=4),
            owner("signs to freeze, sealed as retired", "retired", 0, "wallet_signature"),
            owner("signs to retire, sealed as frozen", "suspended", 0, "wallet_signature", verb="retire"),
            owner("another wallet", "suspended", 0, "wallet_signature", wallet=OTHER),
            owner("another seq than was signed", "suspended", 1, "wallet_signature", signed_seq=0),
            owner("the same seq again", "suspended", 4, "seq", last_seq=4),
            owner("a wallet cannot activate", "active", 0, "standing"),
            owner("no signature", "suspended", 0, "unsigned", wallet=None),
        ],
    },
)
