"""Proofs of RFC 6962 sections 2.1.1 and 2.1.2, by their recursive definitions, over leaf hashes."""

import functools

from lib import sha256


def leaf_hash(leaf):
    return sha256(b"\x00", leaf)


def split(n):
    """The largest power of two smaller than n."""
    return 1 << (n - 1).bit_length() - 1


def root(hashes):
    if isinstance(hashes, Uniform):
        return uniform_root(hashes.leaf, len(hashes))
    if len(hashes) <= 1:
        return hashes[0] if hashes else sha256()
    k = split(len(hashes))
    return sha256(b"\x01", root(hashes[:k]), root(hashes[k:]))


def path(m, hashes):
    """PATH(m, D[n])"""
    if len(hashes) == 1:
        return []
    k = split(len(hashes))
    if m < k:
        return path(m, hashes[:k]) + [root(hashes[k:])]
    return path(m - k, hashes[k:]) + [root(hashes[:k])]


def proof(m, hashes):
    """PROOF(m, D[n]); nothing needs to be proved of an empty tree."""
    return subproof(m, hashes, True) if m > 0 else []


def subproof(m, hashes, complete):
    n = len(hashes)
    if m == n:
        return [] if complete else [root(hashes)]
    k = split(n)
    if m <= k:
        return subproof(m, hashes[:k], complete) + [root(hashes[k:])]
    return subproof(m - k, hashes[k:], False) + [root(hashes[:k])]


class Uniform:
    """Leaf hashes that are all the same, as many as one likes: trees of sizes that no list could hold."""

    def __init__(self, leaf, n):
        self.leaf, self.n = leaf, n

    def __len__(self):
        return self.n

    def __getitem__(self, at):
        return Uniform(self.leaf, len(range(self.n)[at])) if isinstance(at, slice) else self.leaf


@functools.cache
def uniform_root(leaf, n):
    if n == 1:
        return leaf
    return sha256(b"\x01", uniform_root(leaf, split(n)), uniform_root(leaf, n - split(n)))
