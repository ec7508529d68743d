"""Checkpoints, cosigned ones and proof files. https://c2sp.org/tlog-checkpoint, tlog-cosignature, tlog-proof"""

from lib import NETWORK_ID, base32, publish, sha256, u64
from lib.ed25519 import ed_public
from lib.merkle import leaf_hash, path, root
from lib.tlog import b64, checkpoint_text, cosignature_line, log_line, verifier_key

ORIGIN = "log.example/" + NETWORK_ID[:8].hex()
LOG_SEED, NODE_SEED = bytes([1]) * 32, bytes([2]) * 32
NODE = f"{ORIGIN}/node/node_{base32(sha256(ed_public(NODE_SEED))[:20])}"
TIME = 1795000000
LEAVES = [leaf_hash(u64(i)) for i in range(300)]
TEXT = checkpoint_text(ORIGIN, 300, root(LEAVES))
OTHER_SIZE = TEXT.replace("\n300\n", "\n301\n")
LOG_LINE = log_line(ORIGIN, LOG_SEED, TEXT)
NODE_LINE = cosignature_line(NODE, NODE_SEED, TIME, TEXT)


def note(*lines, text=TEXT):
    return f"{text}\n{''.join(lines)}"


def signed(text):
    return note(log_line(ORIGIN, LOG_SEED, text), text=text)


def proof_file(index, extra=None, checkpoint=note(LOG_LINE, NODE_LINE)):
    lines = ["c2sp.org/tlog-proof@v1"] + ([f"extra {b64(extra)}"] if extra else [])
    lines += [f"index {index}"] + [b64(value) for value in path(index, LEAVES)]
    return "\n".join(lines) + "\n\n" + checkpoint


def proved(case, entry, file, leaf=None, **answer):
    return {"case": case, "leaf_hash": (leaf or LEAVES[entry]).hex(), "file": file, **answer}


FILE = proof_file(257)
publish(
    __file__,
    {
        "log": [
            {
                "origin": ORIGIN,
                "log_key": ed_public(LOG_SEED).hex(),
                "cosigners": [verifier_key(NODE, 4, ed_public(NODE_SEED))],
            }
        ],
        "texts": [
            {"origin": origin, "size": size, "root": value.hex(), "text": checkpoint_text(origin, size, value)}
            for origin, size, value in [
                (ORIGIN, 0, sha256()),
                (ORIGIN, 300, root(LEAVES)),
                ("any text at all", 2**53 - 1, bytes([255]) * 32),
            ]
        ],
        "refused_texts": [
            {"case": case, "text": text}
            for case, text in {
                "an extension line": TEXT + "more\n",
                "an empty line": TEXT + "\n",
                "no last newline": TEXT[:-1],
                "no origin": TEXT[TEXT.index("\n") :],
                "a leading zero": TEXT.replace("\n300\n", "\n0300\n"),
                "a sign": TEXT.replace("\n300\n", "\n+300\n"),
                "a fraction": TEXT.replace("\n300\n", "\n300.0\n"),
                "an exponent": TEXT.replace("\n300\n", "\n3e2\n"),
                "2^53": TEXT.replace("\n300\n", f"\n{2**53}\n"),
                "no padding": TEXT.replace("=\n", "\n"),
                "a root in hex": f"{ORIGIN}\n300\n{root(LEAVES).hex()}\n",
            }.items()
        ],
        "opened": [
            {"case": "by the log", "note": note(LOG_LINE), "size": 300, "times": []},
            {"case": "cosigned", "note": note(LOG_LINE, NODE_LINE), "size": 300, "times": [TIME]},
            {"case": "only cosigned", "note": note(NODE_LINE), "code": "unsigned"},
            {"case": "by another key", "note": note(log_line(ORIGIN, NODE_SEED, TEXT)), "code": "unsigned"},
            {"case": "of another log", "note": signed(TEXT.replace("log.", "gol.")), "code": "origin"},
            {"case": "with an extension", "note": signed(TEXT + "more\n"), "code": "malformed"},
            {"case": "another size", "note": note(LOG_LINE, text=OTHER_SIZE), "code": "wrong_signature"},
        ],
        "proof_files": [
            proved("plain", 257, FILE, index=257),
            proved("the first", 0, proof_file(0), index=0),
            proved("the last", 299, proof_file(299), index=299),
            proved("with extra data", 257, proof_file(257, b"height 257"), index=257),
            proved("another leaf", 257, FILE, leaf=LEAVES[256], code="inclusion"),
            proved("another index", 257, FILE.replace("index 257", "index 256"), code="inclusion"),
            proved("without the log", 257, proof_file(257, checkpoint=note(NODE_LINE)), code="unsigned"),
            proved("a leading zero", 257, FILE.replace("index 257", "index 0257"), code="malformed"),
            proved("another version", 257, FILE.replace("@v1", "@v2"), code="malformed"),
            proved("no empty line", 257, FILE.replace("\n\n", "\n"), code="malformed"),
        ],
    },
)
