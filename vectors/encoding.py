"""Bytes, canonical JSON and money."""

from lib import base32, jcs, publish, sha256, u64

VALUES = [
    {},
    [],
    {"b": 1, "a": {"d": [3, 2, 1], "c": True}, "a_b": False, "a1": ""},
    {"largest": 2**53 - 1, "smallest": -(2**53 - 1), "zero": 0},
    {"text": 'quote " backslash \\ slash / tab \t newline \n return \r bell \u0007 escape \u001b delete \u007f'},
    {"text": "\u00e9 e\u0301 \u20ac \u2028 \u2029 \ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16")},
    [[[]], {"a": []}, "1", 1],
]
REFUSED_VALUES = [
    None,
    {"a": None},
    [None],
    1.5,
    {"a": 0.1},
    2**53,
    -(2**53),
    {"A": 1},
    {"a-b": 1},
    {"": 1},
    {"a_": 1},
    {"_a": 1},
    {"a__b": 1},
    {"1a": 1},
    {"\u00e4": 1},
]
REFUSED_BYTES = [
    b"",
    b" {}",
    b"{} ",
    b'{"a": 1}',
    b'{"b":1,"a":2}',
    b'{"a":1,"a":1}',
    b'{"a":1,"a":2}',
    b'{"a":1.0}',
    b'{"a":1e2}',
    b'{"a":-0}',
    b'{"a":01}',
    b'{"a":null}',
    b'{"a":"\\u0041"}',
    b'{"a":"\\/"}',
    b'["\xff"]',
    b'["\\ud800"]',
    b"\xef\xbb\xbf{}",
    b"[1,]",
    b"{'a':1}",
    b"NaN",
    b'{"a":9007199254740993}',
    b'{"__proto__":1}',
]
USDT = ["0", "1", "8.03", "2.01", "1.005", "0.000001", "0.1", "10000", "9223372036854.775807"]
REFUSED_USDT = [
    "",
    "-1",
    "+1",
    "1.",
    ".5",
    "01",
    "1.0000001",
    "1e3",
    "0x10",
    " 1",
    "1 ",
    "1,5",
    "NaN",
    "9223372036854.775808",
]
MICRO = ["0", "1", "-1", "9223372036854775807", "-9223372036854775807"]
REFUSED_MICRO = ["", "-0", "00", "01", "+1", "1.0", "1e3", "0x1", " 1", "9223372036854775808"]


def usdt_to_micro(text):
    whole, _, decimals = text.partition(".")
    return int(whole) * 10**6 + int(decimals.ljust(6, "0"))


def micro_to_usdt(micro):
    return f"{'-' if micro < 0 else ''}{abs(micro) // 10**6}.{abs(micro) % 10**6:06d}"


publish(
    __file__,
    {
        "canonical": [{"value": value, "utf8": jcs(value).hex()} for value in VALUES],
        "refused_values": [{"value": value, "code": "canonical.value"} for value in REFUSED_VALUES],
        "refused_bytes": [{"bytes": data.hex(), "refused": True} for data in REFUSED_BYTES],
        "u64": [{"number": str(n), "bytes": u64(n).hex()} for n in (0, 1, 255, 256, 2**32, 2**53, 2**64 - 1)],
        "base32": [
            {"bytes": data.hex(), "text": base32(data)} for data in (b"", b"f", b"fo", b"foobar", bytes(range(20)))
        ],
        "sha256": [
            {"parts": [p.hex() for p in parts], "hash": sha256(*parts).hex()}
            for parts in ([], [b""], [b"abc"], [b"a", b"b", b"c"], [bytes(48)], [bytes(1000)])
        ],
        "usdt": [
            {"usdt": text, "micro": str(usdt_to_micro(text)), "formatted": micro_to_usdt(usdt_to_micro(text))}
            for text in USDT
        ],
        "refused_usdt": [{"usdt": text, "code": "money.usdt"} for text in REFUSED_USDT],
        "micro": [{"micro": text, "formatted": micro_to_usdt(int(text))} for text in MICRO],
        "refused_micro": [{"micro": text, "code": "money.micro"} for text in REFUSED_MICRO],
    },
)
