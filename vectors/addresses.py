"""Changes of an owner's address: who signs them, and which address is in force when."""

from genesis import DEMO
from lib import NETWORK_ID, publish
from lib.addresses import HOUR, Walk
from lib.ed25519 import ed_public, sign_object
from lib.ids import node_id, owner_id
from lib.texts import address_text, cancel_text
from lib.tron import tip191_sign, tron_address, tron_bytes

SEED, OTHER_SEED = bytes([1]) * 32, bytes([2]) * 32
OLD, NEW, THIRD = (bytes([n]) * 32 for n in (101, 102, 103))
OWNER = owner_id(NETWORK_ID, tron_bytes(OLD))
WALLET = "ef" * 64 + "1b"


def signed(new=NEW, seq=0, signs_new=NEW, signs_old=None, seed=SEED, node=SEED):
    text = address_text(NETWORK_ID, OWNER, tron_address(OLD), tron_address(new), seq)
    change = {
        "owner_id": OWNER,
        "node_id": node_id(ed_public(node)),
        "old_address": tron_address(OLD),
        "new_address": tron_address(new),
        "seq": seq,
        "new_wallet_signature": tip191_sign(signs_new, text),
    }
    if signs_old is not None:
        change["old_wallet_signature"] = tip191_sign(signs_old, text)
    return {**change, "signature": sign_object("address_change", NETWORK_ID, change, seed)}


def check(name, change, code=None):
    case = {"case": name, "network_id": NETWORK_ID.hex(), "public_key": ed_public(SEED).hex(), "change": change}
    return case if code is None else {**case, "code": code}


def cancellation(name, wallet, seq, signed_seq, code=None):
    case = {
        "case": name,
        "network_id": NETWORK_ID.hex(),
        "old_address": tron_address(OLD),
        "cancellation": {
            "owner_id": OWNER,
            "seq": seq,
            "wallet_signature": tip191_sign(wallet, cancel_text(NETWORK_ID, OWNER, signed_seq)),
        },
    }
    return case if code is None else {**case, "code": code}


BOTH = signed(signs_old=OLD)
ONE_TAKEN_AWAY = {key: value for key, value in BOTH.items() if key != "old_wallet_signature"}
CHECKS = [
    check("without the old wallet", signed()),
    check("with the old wallet", BOTH),
    check("a later seq", signed(seq=3)),
    check("to the same address", signed(new=OLD, signs_new=OLD), "same_address"),
    check("the node of another key", signed(node=OTHER_SEED), "node_id"),
    check("signed by another node", signed(seed=OTHER_SEED), "signature"),
    check("another seq than was signed", {**BOTH, "seq": 2}, "signature"),
    check("the old wallet's signature taken away", ONE_TAKEN_AWAY, "signature"),
    check("a third wallet signs for the new one", signed(signs_new=THIRD), "new_wallet_signature"),
    check("a third wallet signs for the old one", signed(signs_old=THIRD), "old_wallet_signature"),
    check("the new wallet signs for both", signed(signs_old=NEW), "old_wallet_signature"),
]
CANCELLATIONS = [
    cancellation("by the old wallet", OLD, 3, 3),
    cancellation("by the new wallet", NEW, 3, 3, "wallet_signature"),
    cancellation("of another seq than was signed", OLD, 3, 2, "wallet_signature"),
]

WALLETS = [bytes([n]) * 32 for n in range(110, 116)]
A, B, C, D, E, F = map(tron_address, WALLETS)
OF_A, OF_B = (owner_id(NETWORK_ID, tron_bytes(wallet)) for wallet in WALLETS[:2])
START = DEMO["first_slot"]
TWO_DAYS, MONTH = (hours * HOUR // DEMO["slot_ms"] for hours in (48, 720))


def enrol(slot, address):
    return slot, "enrolment", {"address": address}


def change(slot, owner, old, new, seq, with_old=False):
    fields = {"owner_id": owner, "node_id": node_id(ed_public(SEED)), "old_address": old, "new_address": new}
    more = {"old_wallet_signature": WALLET} if with_old else {}
    return slot, "address_change", {**fields, "seq": seq, "new_wallet_signature": WALLET, **more, "signature": "cd" * 64}


def cancel(slot, owner, seq):
    return slot, "cancellation", {"owner_id": owner, "seq": seq, "wallet_signature": WALLET}


def walk(name, *facts):
    book, steps = Walk(DEMO), []
    wallets = dict(zip((A, B, C, D, E, F), WALLETS))
    for slot, kind, data in facts:
        if kind == "enrolment":
            outcome = book.enrol(slot, wallets[data["address"]])
        else:
            outcome = (book.change if kind == "address_change" else book.cancel)(slot, data)
        steps.append({"slot": slot, "kind": kind, "data": data, **outcome})
    book.advance(2**53)
    moments = {moment for history in book.history.values() for start, _ in history[1:] for moment in (start - 1, start)}
    moments.add(book.start(facts[-1][0]))
    addresses = [
        {"owner_id": owner, "at": at, "address": book.address_at(owner, at)}
        for owner in book.history
        for at in sorted(moments)
    ]
    return {"case": name, "network_id": NETWORK_ID.hex(), "genesis": DEMO, "steps": steps, "addresses": addresses}


S = START
BOOKS = [
    walk("a first address, and a second node with it", enrol(S, A), enrol(S + 1, A)),
    walk("48 hours with the old wallet", enrol(S, A), change(S + 5, OF_A, A, B, 0, True)),
    walk("30 days without it", enrol(S, A), change(S + 5, OF_A, A, B, 0)),
    walk("taken back", enrol(S, A), change(S + 5, OF_A, A, B, 0), cancel(S + 9, OF_A, 0), cancel(S + 10, OF_A, 0)),
    walk("taken back in the last moment", enrol(S, A), change(S, OF_A, A, B, 0), cancel(S + MONTH - 1, OF_A, 0)),
    walk("taken back too late", enrol(S, A), change(S, OF_A, A, B, 0), cancel(S + MONTH, OF_A, 0)),
    walk("the old wallet cannot take back its own", enrol(S, A), change(S, OF_A, A, B, 0, True), cancel(S, OF_A, 0)),
    walk("nothing to take back", enrol(S, A), cancel(S, OF_A, 0), cancel(S, OF_B, 0)),
    walk("the faster of two wins", enrol(S, A), change(S, OF_A, A, B, 0), change(S + 9, OF_A, A, C, 1, True)),
    walk("one after the other", enrol(S, A), change(S, OF_A, A, B, 0, True), change(S + TWO_DAYS, OF_A, B, C, 1, True)),
    walk("from an address not yet in force", enrol(S, A), change(S, OF_A, A, B, 0), change(S + 1, OF_A, B, C, 1)),
    walk("an owner nobody knows", change(S, OF_A, A, B, 0), enrol(S + 1, A)),
    walk("seq counts what was sealed, also in vain", enrol(S, A), change(S, OF_A, A, B, 1), change(S, OF_A, A, B, 1)),
    walk("to another owner's address", enrol(S, A), enrol(S, B), change(S, OF_A, A, B, 0)),
    walk("to one that another owner waits for", enrol(S, A), enrol(S, B), change(S, OF_A, A, C, 0), change(S, OF_B, B, C, 0)),
    walk("back to one that was left", enrol(S, A), change(S, OF_A, A, B, 0, True), change(S + TWO_DAYS, OF_A, B, A, 1, True)),
    walk(
        "enrolments while a change waits and after it",
        enrol(S, A),
        change(S, OF_A, A, B, 0, True),
        enrol(S + 1, B),
        enrol(S + TWO_DAYS, A),
        enrol(S + TWO_DAYS + 1, A),
        enrol(S + TWO_DAYS + 1, B),
    ),
    walk(
        "an address that was taken back is anybody's",
        enrol(S, A),
        change(S, OF_A, A, B, 0),
        cancel(S + 3, OF_A, 0),
        enrol(S + 4, B),
        change(S + 5, OF_A, A, C, 1, True),
    ),
    walk(
        "an address whose change came to nothing waits until its delay ends",
        enrol(S, A),
        change(S, OF_A, A, B, 0),
        change(S, OF_A, A, C, 1, True),
        enrol(S + TWO_DAYS + 9, B),
        enrol(S + MONTH + 1, B),
    ),
]

publish(__file__, {"changes": CHECKS, "cancellations": CANCELLATIONS, "books": BOOKS})
