import { addressOfKey, ed25519PublicKey, sha256, toHex } from "@lucid/protocol";

/** A secret of the network and what the world may know of it. */
export type NetworkKey = {
  /** File name in `keys/`. */
  readonly file: string;
  readonly secret: Uint8Array;
  /** Public key (hex) or TRON address; null for a secret that has none. */
  readonly shows: string | null;
  /** First 8 hex digits of the secret's SHA-256: compare copies with it. */
  readonly fingerprint: string;
  readonly lost: string;
};

const fingerprint = (secret: Uint8Array): string => toHex(sha256(secret)).slice(0, 8);

const signingKey = (file: string, secret: Uint8Array, lost: string): NetworkKey => ({
  file,
  secret,
  shows: toHex(ed25519PublicKey(secret)),
  fingerprint: fingerprint(secret),
  lost,
});

export type NetworkKeys = {
  readonly network: NetworkKey;
  readonly log: NetworkKey;
  readonly roots: readonly NetworkKey[];
  readonly admin: NetworkKey;
  readonly token: NetworkKey;
  readonly treasury: NetworkKey;
};

/** All keys of a new network; `rootCount` 0 when root keys were made elsewhere. */
export const makeKeys = (random: (bytes: number) => Uint8Array, rootCount: number): NetworkKeys => {
  const treasury = random(32);
  const token = random(32);
  return {
    network: signingKey("network.key", random(32), "root keys replace it with a key change"),
    log: signingKey("log.key", random(32), "root keys replace it with a key change"),
    roots: Array.from({ length: rootCount }, (_, i) =>
      signingKey(`root-${i + 1}.key`, random(32), "no key can be changed once too few are left"),
    ),
    admin: signingKey("admin.key", random(32), "name another key in ADMIN_KEYS"),
    token: {
      file: "token.key",
      secret: token,
      shows: null,
      fingerprint: fingerprint(token),
      lost: "everybody signs in again",
    },
    treasury: {
      file: "treasury.key",
      secret: treasury,
      shows: addressOfKey(toHex(treasury)),
      fingerprint: fingerprint(treasury),
      lost: "the money in this wallet is gone",
    },
  };
};

export const listKeys = (keys: NetworkKeys): NetworkKey[] => [
  ...keys.roots,
  keys.network,
  keys.log,
  keys.admin,
  keys.token,
  keys.treasury,
];
