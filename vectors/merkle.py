"""RFC 6962 roots over 0 to 17 leaves, and over numbers that are no powers of two."""

from lib import merkle_root, publish, sha256


def leaves(n):
    return [sha256(bytes([i % 256]))[: i % 33] for i in range(n)]


publish(
    __file__,
    {
        "roots": [
            {"leaves": [leaf.hex() for leaf in leaves(n)], "root": merkle_root(leaves(n)).hex()}
            for n in [*range(18), 31, 32, 33, 100]
        ],
        "rfc_6962": [
            {"leaves": [leaf.hex() for leaf in ([b""], [b"\x00"])[n]], "root": merkle_root(([b""], [b"\x00"])[n]).hex()}
            for n in (0, 1)
        ],
    },
)
