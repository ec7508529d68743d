"""USDT transfers as they stand on TRON mainnet, from public documentation and issues, each with its source.

What makes them trustworthy here is checked here: the SHA-256 of the bytes is the published txid, and the published
signature recovers to the sender. Where a source lists fields instead of bytes, the bytes are encoded from the fields
(java-tron, protocol/core/Tron.proto), which the txid confirms.
"""

from lib import publish, sha256
from lib.tron import SG, SN, SP, base58check, keccak256, sec_add, sec_mul

USDT = "41a614f803b6fd780986a42c78ec9c7f77e6ded13c"
TYPE_URL = b"type.googleapis.com/protocol.TriggerSmartContract"


def varint(n):
    out = bytearray()
    while n > 0x7F:
        out.append(n & 0x7F | 0x80)
        n >>= 7
    return bytes(out + bytes([n]))


def number(field, n):
    return varint(field << 3) + varint(n) if n else b""


def data(field, value):
    return varint(field << 3 | 2) + varint(len(value)) + value


def encode(owner, call, ref, expiration, timestamp, fee_limit, call_value=0, memo=b""):
    trigger = (
        data(1, bytes.fromhex(owner))
        + data(2, bytes.fromhex(USDT))
        + number(3, call_value)
        + data(4, bytes.fromhex(call))
    )
    contract = number(1, 31) + data(2, data(1, TYPE_URL) + data(2, trigger))
    head = data(1, bytes.fromhex(ref[:4])) + data(4, bytes.fromhex(ref[4:])) + number(8, expiration)
    return head + (data(10, memo) if memo else b"") + data(11, contract) + number(14, timestamp) + number(18, fee_limit)


def recover(digest, signature):
    """SEC 1 section 4.1.6; the address of the key that signed."""
    r, s, v = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:64], "big"), signature[64] % 27
    y = pow(r**3 + 7, (SP + 1) // 4, SP)
    if y & 1 != v & 1:
        y = SP - y
    e = int.from_bytes(digest, "big")
    inverse = pow(r, -1, SN)
    x, y = sec_add(sec_mul(s * inverse % SN, (r, y)), sec_mul(-e * inverse % SN, SG))
    return b"\x41" + keccak256(x.to_bytes(32, "big") + y.to_bytes(32, "big"))[12:]


def case(source, txid, raw, owner, call, signature=None, refused=None):
    assert sha256(raw).hex() == txid, txid
    assert call[:8] == "a9059cbb" and len(call) == 8 + 128 and bytes.fromhex(call) in raw
    digest = bytes.fromhex(txid)
    assert signature is None or recover(digest, bytes.fromhex(signature)).hex() == owner, txid
    return {
        "source": source,
        "txid": txid,
        "raw_data": raw.hex(),
        **({} if signature is None else {"signature": signature}),
        "from": base58check(bytes.fromhex(owner)),
        "to": base58check(b"\x41" + bytes.fromhex(call[8:72])[12:]),
        "amount_micro": str(int(call[72:], 16)),
        # Why it is none of the transfers that are signed here, which have one spelling.
        **({} if refused is None else {"refused": refused}),
    }


def call(word, amount):
    return "a9059cbb" + word.rjust(64, "0") + f"{amount:064x}"


PREFIXED = "recipient word is not an address"
CASES = [
    (
        "https://github.com/yzcdpg/web3-usdt-monitor README.md at e64a3376, mainnet block 71723395",
        "ecd50059428170eee5e4c9862ad56f1d582d26540cecc071899eef7d07e19d38",
        "415a274493e64a26e6bbf38e86d42192045f4e6881",
        call("3b9f381f7e5017f3966277d00a0ca5adfc563492", 10_000_000),
        ("68067b19b694990c0f43", 1745911369682, 1745825269682, 30_000_000),
        "ef42241c10af2107f175e166401ffdb25c4cdd96f3ba02742194e281cde3ffac"
        "1d8c85a06e252adb6cd0072f722d3ec50571ea8c835c6312fb272aaa75f9d58e1b",
        None,
    ),
    (
        "dRPC documentation of TRON's wallet/getnowblock, mainnet block 84939539, first transaction",
        "72be8976354fa98c3e753aad8ee2753d0e7c9a5bc99c45a08a79c19160b5d0cd",
        "418d01cf0c9bfd935042c62cdf3a5392cc0611e79f",
        call("413f46c7ade0f6b73b8fc1b4a143855394c405762e", 40_000_000),
        ("12ffb9534eaebfeb259e", 1785489420000, 1785489362909, 30_000_000),
        "ed2c219265757131bd18a8349a9a2d151c8b00bf897479197b0bcebd688fe1fb"
        "1657600e312b8a3383168d4f4b8abe20ecf55ab632f3636cdbd03204eb2f986c00",
        PREFIXED,
    ),
    (
        "dRPC documentation of TRON's wallet/getnowblock, mainnet block 84939539, second transaction",
        "a1af302e7cc604b06f4b3daf0ce7df357beb7c56e416757924d8eeee543522e7",
        "41f9cc582480d3158adea4793c7d69baa1c86b09e0",
        call("411d28f0451d3fc1c8e59402c821a63d7f362e696f", 100_000_000),
        ("12fbc024c8dc0c8b711d", 1785490246303, 1785489346303, 100_000_000),
        "d52568cb72a5cfafa2131bcfd7b743eb6484c6611b340cd68fb952808abee24f"
        "15da9af03913d809e6482e4be85eb65fb3f9ae6486292a6200cd353c14df681c01",
        PREFIXED,
    ),
    (
        "https://github.com/chainstack/dev-portal reference/tron-getapprovedlist.mdx at 3b475d04",
        "4ad97d49409cfff338d2f9e71d4019c70e82030b52e15e208b1808f2f3ea782e",
        "41cf2e99409d2a9a9190197ab0bff35ca87818c41e",
        call("415d4a41a3b0cdda5c03df72b38a20aa1b88777c75", 0xF9CD95C0),
        ("68bdbc830d2c09fa23d1", 1761952567698, 1761952507695, 225_000_000),
        "c99cdc8af6f47dc65a75aa0c6da1c5be8510736e581043162c3e8525c6e0ed8f"
        "592adaa74ba250136ea6e1fb125b3d3d024ac6abd3e24c28097d66a8e2a0c0aa01",
        PREFIXED,
    ),
    (
        "https://github.com/iexbase/tron-api/issues/135",
        "2e3dcf9eb604413f247426f4efb50a475ac6544d8174ac44f2227a396641a8fd",
        "410b48984414cc0c6a8e599fb6e3bc11e599de2e24",
        call("411809c964e7a4159f927303b214f53bf28a9f1704", 0x78D55F0C),
        ("ed168e48a51af51b98ae", 1659536029991, 1659535968000, 10_000_000),
        "8f5f16f37dcb1aa1c7e7c1a8a1c5ab3423cf8fbc2b47846379ff929345443ea5"
        "23c83af5a676ed6751e6a702336ab9a7da392524e032bcf22d5d7ede9be9f34d01",
        PREFIXED,
    ),
    (
        "https://tronapi.gitbook.io/trx/cha-xun-usdt-jiao-yi-xiang-qing",
        "40ad467bc5d727164988312e992ea3d7402743d82c4b26244f92ba4194302ce2",
        "4144967f55976c06c4fb55b2e310843c25105ba78d",
        call("416e180a47c9ba3103031151477e35037f7e907eee", 1_000_000),
        ("e7d282d305046c27b615", 1648890405000, 1648890347395, 100_000_000),
        None,
        PREFIXED,
    ),
]


def transfer(source, txid, owner, called, fields, signature, refused):
    ref, expiration, timestamp, fee_limit = fields
    raw = encode(owner, called, ref, expiration, timestamp, fee_limit)
    return case(source, txid, raw, owner, called, signature, refused)


SENT_WITH_TRX = {
    "source": "https://github.com/iexbase/tron-api-python/issues/113, which the token reverted",
    "txid": "b84056753a8c9523f21749879a15960a8d5a44fb7f9e4d13c23443dfb9e10d16",
    "raw_data": encode(
        "4188cd72aba048a0acf9175b754b4255e285be204a",
        call("0e10266d5f351334ddc65ce5e50b09d557abf154", 1_000_000),
        "b24a74833d116005ac39",
        1707915852000,
        1707915792651,
        100_000_000,
        call_value=10,
    ).hex(),
    "refused": "call value",
}
assert sha256(bytes.fromhex(SENT_WITH_TRX["raw_data"])).hex() == SENT_WITH_TRX["txid"]

publish(__file__, {"transfers": [transfer(*each) for each in CASES], "no_transfers": [SENT_WITH_TRX]})
