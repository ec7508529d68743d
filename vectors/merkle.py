"""RFC 6962 roots and proofs: small trees, the reference tree of Certificate Transparency, the example of RFC 9162."""

from lib import merkle_root, publish, sha256
from lib.merkle import Uniform, leaf_hash, path, proof, root


def leaves(n):
    return [sha256(bytes([i % 256]))[: i % 33] for i in range(n)]


def hexes(values):
    return [value.hex() for value in values]


# The leaves that the tests of Certificate Transparency's reference implementation use, and the roots they expect.
REFERENCE = [
    bytes.fromhex(leaf)
    for leaf in [
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    ]
]
REFERENCE_ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
for n, expected in enumerate(REFERENCE_ROOTS, 1):
    assert merkle_root(REFERENCE[:n]).hex() == expected

# Nodes of that tree, and the proofs that those tests expect of them
# (https://github.com/google/certificate-transparency, cpp/merkletree/merkle_tree_test.cc).
LEAF_0, LEAF_1, LEAF_4 = "6e340b9cffb3", "96a296d224f2", "bc1a0643b12e"
NODE_01, NODE_23, NODE_45, NODE_67 = "fac54203e7cc", "5f083f0a1a33", "0ebc5d3437fb", "ca854ea128ed"
NODE_03, NODE_47 = "d37ee418976d", "6b47aaf29ee3"
REFERENCE_PATHS = {
    (1, 1): [],
    (1, 8): [LEAF_1, NODE_23, NODE_47],
    (6, 8): [LEAF_4, NODE_67, NODE_03],
    (3, 3): [NODE_01],
    (2, 5): [LEAF_0, NODE_23, LEAF_4],
}
REFERENCE_PROOFS = {
    (1, 1): [],
    (1, 8): [LEAF_1, NODE_23, NODE_47],
    (6, 8): [NODE_45, NODE_67, NODE_03],
    (2, 5): [NODE_23, LEAF_4],
}


def begins(values):
    return [value.hex()[:12] for value in values]


for (leaf, n), expected in REFERENCE_PATHS.items():  # leaves are counted from 1 there
    assert begins(path(leaf - 1, [leaf_hash(given) for given in REFERENCE[:n]])) == expected
for (m, n), expected in REFERENCE_PROOFS.items():
    assert begins(proof(m, [leaf_hash(given) for given in REFERENCE[:n]])) == expected


def proofs(given, sizes):
    """Every inclusion and consistency proof of the trees of these sizes over the first of the given leaves."""
    hashes = [leaf_hash(leaf) for leaf in given]
    return {
        "leaves": hexes(given),
        "inclusion": [
            {"size": n, "index": m, "root": root(hashes[:n]).hex(), "proof": hexes(path(m, hashes[:n]))}
            for n in sizes
            for m in range(n)
        ],
        "consistency": [
            {
                "old_size": m,
                "old_root": root(hashes[:m]).hex(),
                "new_size": n,
                "new_root": root(hashes[:n]).hex(),
                "proof": hexes(proof(m, hashes[:n])),
            }
            for n in sizes
            for m in range(n + 1)
        ],
    }


def rfc_9162():
    """Section 2.1.5: the tree of seven leaves with its nodes named as there, put together by hand."""
    a, b, c, d, e, f, j = (leaf_hash(bytes([i])) for i in range(7))
    g, h, i = sha256(b"\x01", a, b), sha256(b"\x01", c, d), sha256(b"\x01", e, f)
    k, l = sha256(b"\x01", g, h), sha256(b"\x01", i, j)
    hash7 = sha256(b"\x01", k, l)
    inclusion = {0: [b, h, l], 3: [c, g, l], 4: [f, j, k], 6: [i, k]}
    consistency = {3: [c, d, g, l], 4: [l], 6: [i, j, k]}
    return {
        "leaves": [bytes([n]).hex() for n in range(7)],
        "root": hash7.hex(),
        "inclusion": [{"index": m, "proof": hexes(p)} for m, p in inclusion.items()],
        "consistency": [{"old_size": m, "proof": hexes(p)} for m, p in consistency.items()],
    }


def uniform(size, index, old_size):
    leaf = leaf_hash(b"")
    tree, old = Uniform(leaf, size), Uniform(leaf, old_size)
    return {
        "leaf_hash": leaf.hex(),
        "size": size,
        "root": root(tree).hex(),
        "index": index,
        "inclusion": hexes(path(index, tree)),
        "old_size": old_size,
        "old_root": root(old).hex(),
        "consistency": hexes(proof(old_size, tree)),
    }


publish(
    __file__,
    {
        "roots": [
            {"leaves": [leaf.hex() for leaf in leaves(n)], "root": merkle_root(leaves(n)).hex()}
            for n in [*range(18), 31, 32, 33, 100]
        ],
        "rfc_6962": [
            {"leaves": hexes(REFERENCE[:n]), "root": expected} for n, expected in enumerate(REFERENCE_ROOTS, 1)
        ],
        "rfc_9162": [rfc_9162()],
        "proofs": [proofs(REFERENCE, range(1, 9)), proofs(leaves(17), [15, 16, 17])],
        "beyond_32_bits": [
            uniform(2**31, 2**31 - 1, 2**30 + 1),
            uniform(2**32, 2**31, 2**31),
            uniform(2**32 + 1, 2**32, 2**32),
            uniform(2**33 + 5, 2**32 + 7, 2**32 + 7),
            uniform(2**53 - 1, 2**52 + 12345, 2**40 + 3),
        ],
    },
)
