"""Paths, tiles and entry bundles of logs of many sizes. https://c2sp.org/tlog-tiles"""

from lib import publish, sha256, u64
from lib.merkle import leaf_hash, root
from lib.tlog import tile_path, tiles

SIZES = [0, 1, 2, 255, 256, 257, 511, 512, 65535, 65536, 65537, 70000]
LEAVES = [leaf_hash(u64(i)) for i in range(70000)]
FULL = {}


def full(level, index):
    """Hash of a full subtree of 256^level leaves, which is what stands in a tile of that level."""
    if level == 0:
        return LEAVES[index]
    if (level, index) not in FULL:
        FULL[level, index] = root([full(level - 1, 256 * index + i) for i in range(256)])
    return FULL[level, index]


def content(level, index, width):
    return b"".join(full(level, 256 * index + i) for i in range(width))


def edge(size):
    return [
        {"path": tile_path(*tile), "bytes_hash": sha256(content(*tile)).hex()} for tile in tiles(size) if tile[2] < 256
    ]


def growth(old, new):
    """Tiles of the new size that the old one did not have, or not as wide."""
    before = set(tiles(old))
    bundles = lambda size: {tile for tile in tiles(size) if tile[0] == 0}
    return {
        "from": old,
        "to": new,
        "tiles": [tile_path(*tile) for tile in tiles(new) if tile not in before],
        "bundles": [
            tile_path("entries", index, width) for _, index, width in sorted(bundles(new) - bundles(old))
        ],
    }


def frame(entries):
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def bundle(lengths):
    entries = [bytes([i]) * length for i, length in enumerate(lengths)]
    return {"lengths": lengths, "bytes_hash": sha256(frame(entries)).hex()}


SMALL = frame([b"", b"\x01\x02"])
publish(
    __file__,
    {
        "paths": [
            {"level": level, "index": index, "width": width, "path": tile_path(level, index, width)}
            for level, index, width in [
                (0, 0, 256),
                (0, 0, 1),
                (0, 999, 255),
                (1, 1000, 256),
                (0, 1234067, 256),
                (63, 1000000, 7),
                ("entries", 0, 256),
                ("entries", 999999, 17),
                (0, 2**45 - 1, 256),
            ]
        ],
        "trees": [{"size": size, "root": root(LEAVES[:size]).hex(), "edge": edge(size)} for size in SIZES],
        "growth": [
            growth(old, new)
            for old, new in [(0, 0), (0, 1), (1, 2), (0, 255), (255, 256), (255, 257), (256, 256), (256, 257)]
            + [(257, 511), (511, 512), (250, 1030), (65535, 65536), (65536, 65537), (65537, 66000), (0, 3000)]
        ],
        "bundles": [bundle([0]), bundle([65535]), bundle([0, 65535, 0, 1, 256]), bundle([3] * 256)],
        "refused_bundles": [
            {"case": "half a length", "bytes": SMALL.hex() + "00", "width": 3},
            {"case": "a short entry", "bytes": SMALL[:-1].hex(), "width": 2},
            {"case": "one entry too few", "bytes": SMALL.hex(), "width": 3},
            {"case": "one entry too many", "bytes": SMALL.hex(), "width": 1},
            {"case": "no entry", "bytes": "", "width": 0},
            {"case": "more than 256", "bytes": frame([b""] * 257).hex(), "width": 257},
        ],
    },
)
