"""Signed notes: keys, notes, whose signatures count, and what is no note. https://c2sp.org/signed-note"""

from lib import publish, sha256
from lib.ed25519 import ed_public, ed_sign
from lib.tlog import b64, checkpoint_text, cosignature_line, key_id, line, log_line, verifier_key

SEEDS = [bytes([n]) * 32 for n in (1, 2, 3)]
KEYS = [ed_public(seed) for seed in SEEDS]
TEXT = "Ognuno sta solo sul cuor della terra\n\ned \u00e8 subito sera.\n"
LOG, WITNESS = "log.example/a", "log.example/a/node/w"
TIME = 1679315147


def key(name, kind, public_key):
    return {
        "name": name,
        "type": kind,
        "public_key": public_key.hex(),
        "key_id": key_id(name, kind, public_key).hex(),
        "verifier_key": verifier_key(name, kind, public_key),
    }


def note(*lines, text=TEXT):
    return f"{text}\n{''.join(lines)}"


GOOD = log_line(LOG, SEEDS[0], TEXT)
COSIGNED = cosignature_line(WITNESS, SEEDS[1], TIME, TEXT)
STRANGER = log_line("stranger.example", SEEDS[2], TEXT)
SAME_NAME = log_line(LOG, SEEDS[2], TEXT)
SAME_ID = f"\u2014 stranger {b64(key_id(LOG, 1, KEYS[0]) + bytes(64))}\n"
BAD = line(LOG, 1, KEYS[0], ed_sign(SEEDS[0], TEXT[:-1].encode()))
BAD_TIME = line(WITNESS, 4, KEYS[1], (TIME + 1).to_bytes(8, "big") + ed_sign(SEEDS[1], b"cosignature/v1\n"))
KNOWN = [verifier_key(LOG, 1, KEYS[0]), verifier_key(WITNESS, 4, KEYS[1])]


def verdict(case, text, known, **answer):
    return {"case": case, "note": text, "known": known, **answer}


def cosigned(time):
    text = checkpoint_text(LOG, 7, sha256())
    signature = cosignature_line(WITNESS, SEEDS[1], time, text)
    return {"text": text, "name": WITNESS, "seed": SEEDS[1].hex(), "time": time, "note": note(signature, text=text)}


publish(
    __file__,
    {
        "keys": [key(LOG, 1, KEYS[0]), key(LOG, 4, KEYS[0]), key(WITNESS, 4, KEYS[1]), key("\u00fc", 1, KEYS[2])],
        "signed": [
            {"text": TEXT, "name": LOG, "seed": SEEDS[0].hex(), "note": note(GOOD)},
            {"text": "\n", "name": "n", "seed": SEEDS[1].hex(), "note": note(log_line("n", SEEDS[1], "\n"), text="\n")},
        ],
        "cosigned": [cosigned(0), cosigned(TIME), cosigned(2**53 - 1)],
        "verdicts": [
            verdict("both known", note(GOOD, COSIGNED), KNOWN, signers=[LOG, WITNESS]),
            verdict("unknown keys beside", note(STRANGER, SAME_NAME, SAME_ID, GOOD), KNOWN, signers=[LOG]),
            verdict("no known key", note(STRANGER, SAME_NAME, SAME_ID), KNOWN, code="unsigned"),
            verdict("no key at all", note(GOOD), [], code="unsigned"),
            verdict("a bad one", note(COSIGNED, BAD), KNOWN, code="wrong_signature"),
            verdict("a bad one of a key unknown here", note(COSIGNED, BAD), KNOWN[1:], signers=[WITNESS]),
            verdict("a bad one beside a good one", note(GOOD, BAD), KNOWN, code="wrong_signature"),
            verdict("another time", note(GOOD, BAD_TIME), KNOWN, code="wrong_signature"),
            verdict("another text", note(GOOD, text="another\n"), KNOWN, code="wrong_signature"),
            verdict("16 signatures", note(GOOD, *[STRANGER] * 15), KNOWN, signers=[LOG]),
        ],
        "refused": [
            {"case": case, "note": text}
            for case, text in {
                "17 signatures": note(GOOD, *[STRANGER] * 16),
                "no signature": note(),
                "no empty line": TEXT.replace("\n\n", "\n") + GOOD,
                "no last newline": note(GOOD)[:-1],
                "CR": note(GOOD).replace("\n", "\r\n"),
                "a tab": note(GOOD, text="a\tb\n"),
                "a hyphen": note(GOOD).replace("\u2014", "-"),
                "two spaces": note(GOOD).replace("\u2014 ", "\u2014  "),
                "a plus in a name": note(f"\u2014 a+b {b64(bytes(68))}\n"),
                "a wide space in a name": note(f"\u2014 a\u3000b {b64(bytes(68))}\n"),
                "no padding": note(f"\u2014 a {b64(bytes(68)).rstrip('=')}\n"),
                "base64url": note(f"\u2014 a {b64(bytes(68)).replace('A', '-')}\n"),
                "spare bits": note(f"\u2014 a {b64(bytes(68))[:-2]}B=\n"),
                "a key id alone": note(f"\u2014 a {b64(bytes(4))}\n"),
                "text behind": note(GOOD) + "more\n",
            }.items()
        ],
    },
)
