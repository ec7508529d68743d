"""An epoch of one node's beacons in compact form, and everything that is rebuilt from it."""

from lib import NETWORK_ID, base32, publish, sha256, u64
from lib.beacons import beacon_chain, beacon_salt, bitmap
from lib.ed25519 import ed_public, sign_object


def case(name, seed, epoch, slots, indices, height):
    public_key = ed_public(seed)
    links = beacon_chain(seed, NETWORK_ID, epoch, slots)
    node_id = "node_" + base32(sha256(public_key)[:20])
    commitment = {"node_id": node_id, "epoch": epoch, "anchor": links[0].hex()}
    signature = sign_object("commitment", NETWORK_ID, commitment, seed)
    last = links[max(indices, default=-1) + 1]
    accepted = bitmap(indices, slots)
    return {
        "case": name,
        "salt": beacon_salt(NETWORK_ID, public_key, epoch).hex(),
        "slots": slots,
        "commitment_signature": signature,
        "height": height,
        "last": last.hex(),
        "bitmap": accepted.hex(),
        "bytes": (bytes.fromhex(signature) + u64(height) + last + accepted).hex(),
        "anchor": links[0].hex(),
        "reveals": [{"index": i, "reveal": links[i + 1].hex()} for i in sorted(indices)],
    }


SEED = bytes([5]) * 32
publish(
    __file__,
    {
        "epochs": [
            case("none", SEED, 1, 15, [], 0),
            case("all", SEED, 2, 15, range(15), 14),
            case("first only", SEED, 3, 15, [0], 2**40),
            case("last only", SEED, 4, 15, [14], 1),
            case("whole bytes", SEED, 5, 16, [7, 8, 15], 1),
            case("a day with holes", SEED, 690, 720, [i for i in range(700) if i % 37 == 5], 496800),
        ],
        "refused": [
            {"case": "spare bit", "bytes": bytes(104).hex() + "0001", "slots": 15, "code": "compaction.spare_bits"},
            {"case": "too short", "bytes": bytes(105).hex(), "slots": 15, "code": "compaction.length"},
            {"case": "too long", "bytes": bytes(107).hex(), "slots": 15, "code": "compaction.length"},
            {"case": "empty", "bytes": "", "slots": 15, "code": "compaction.length"},
        ],
    },
)
