"""TRON addresses, the texts that wallets sign, and TIP-191 signatures."""

from lib import NETWORK_ID, publish, sha256
from lib.texts import address_text, cancel_text, node_text
from lib.tron import BASE58, SN, base58check, tip191_sign, tron_address, tron_bytes

KEYS = [(1).to_bytes(32, "big"), bytes([0x11]) * 32, (SN - 1).to_bytes(32, "big"), sha256(b"a wallet")]
NODE = "node_" + "abcd" * 8
ADDRESS = tron_address(KEYS[1])
ENROL = "\n".join(
    [
        "lucid enrol v1",
        f"network: {NETWORK_ID.hex()}",
        f"node: {NODE}",
        f"pay to: {ADDRESS}",
        "seq: 2",
        "public for ever: node, address, presence, pay",
    ]
)
TOKEN = "\n".join(
    [
        "lucid token v1",
        f"network: {NETWORK_ID.hex()}",
        f"address: {ADDRESS}",
        f"challenge: {'5a' * 32}",
        "expires at: 1704067260000",
    ]
)
OWNER = "owner_" + "dcba" * 8
OTHER = tron_address(KEYS[3])
TEXTS = ["", "hello", "\u00e9\u20ac\U0001f600", "x" * 200, ENROL, TOKEN]


def mistyped(address):
    """Another character in the middle, so that only the checksum can tell."""
    other = BASE58[(BASE58.index(address[10]) + 1) % 58]
    return address[:10] + other + address[11:]


REFUSED_ADDRESSES = [
    ("", "base58"),
    ("T", "base58"),
    (ADDRESS + " ", "base58"),
    ("0" + ADDRESS[1:], "base58"),
    ("41" + "0f" * 20, "base58"),
    ("T" * 10_000, "base58"),
    (mistyped(ADDRESS), "checksum"),
    (ADDRESS[:-1], "checksum"),
    (ADDRESS + "1", "checksum"),
    (base58check(b"\x00" + bytes(20)), "prefix"),
    (base58check(b"\xa0" + tron_bytes(KEYS[0])[1:]), "prefix"),
    (base58check(tron_bytes(KEYS[0])[:20]), "prefix"),
    (base58check(b"\x41" + bytes(20)), "zero"),
]
# The 33-character variant of Shasta's test token that circulates on the web is not an address.
REFUSED_ADDRESSES.append(("TG3XXyExBkPp9nzdajDZsozEu4BkaSJozs"[:-1], "checksum"))

SIGNATURE = tip191_sign(KEYS[1], "hello")
R, S, V = SIGNATURE[:64], SIGNATURE[64:128], int(SIGNATURE[128:], 16)
HIGH_S = f"{SN - int(S, 16):064x}"
REFUSED_SIGNATURES = {
    "high s": R + HIGH_S + f"{55 - V:02x}",
    "high s with v 0 or 1": R + HIGH_S + f"{28 - V:02x}",
    "v = 2": R + S + "02",
    "v = 29": R + S + "1d",
    "compact": R + S,
    "too long": SIGNATURE + "00",
    "no hex": "zz" * 65,
    "empty": "",
    "r = 0": "00" * 32 + S + "1b",
    "s = 0": R + "00" * 32 + "1b",
    "r above n": "ff" * 32 + S + "1b",
}

publish(
    __file__,
    {
        "addresses": [
            {"private_key": key.hex(), "bytes": tron_bytes(key).hex(), "address": tron_address(key)} for key in KEYS
        ],
        "refused_addresses": [
            {"address": address, "code": f"wallet.address.{kind}"} for address, kind in REFUSED_ADDRESSES
        ],
        "enrol_texts": [{"network_id": NETWORK_ID.hex(), "node_id": NODE, "address": ADDRESS, "seq": 2, "text": ENROL}],
        "token_texts": [
            {
                "network_id": NETWORK_ID.hex(),
                "address": ADDRESS,
                "challenge": "5a" * 32,
                "expires_at": 1704067260000,
                "text": TOKEN,
            }
        ],
        "address_texts": [
            {
                "network_id": NETWORK_ID.hex(),
                "owner_id": OWNER,
                "from": ADDRESS,
                "to": OTHER,
                "seq": 4,
                "text": address_text(NETWORK_ID, OWNER, ADDRESS, OTHER, 4),
            }
        ],
        "cancel_texts": [
            {
                "network_id": NETWORK_ID.hex(),
                "owner_id": OWNER,
                "seq": 4,
                "text": cancel_text(NETWORK_ID, OWNER, 4),
            }
        ],
        "node_texts": [
            {
                "network_id": NETWORK_ID.hex(),
                "node_id": NODE,
                "seq": 7,
                "freeze": node_text("freeze", NETWORK_ID, NODE, 7),
                "retire": node_text("retire", NETWORK_ID, NODE, 7),
            }
        ],
        "signatures": [
            {"private_key": key.hex(), "text": text, "signature": tip191_sign(key, text), "address": tron_address(key)}
            for key in KEYS
            for text in TEXTS
        ],
        "normalised": [
            {"given": given, "signature": SIGNATURE}
            for given in (SIGNATURE, "0x" + SIGNATURE, SIGNATURE.upper(), R + S + f"{V - 27:02x}")
        ],
        "refused_signatures": [
            {"case": case, "text": "hello", "signature": signature, "code": "wallet.signature"}
            for case, signature in REFUSED_SIGNATURES.items()
        ],
    },
)
