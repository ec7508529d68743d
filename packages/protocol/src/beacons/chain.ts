import { hkdfSha256, sha256Into } from "#crypto";
import { concat, fromHex, labelledHash, u64, utf8 } from "../bytes.ts";
import { ProtocolError } from "../error.ts";

const LINK_BYTES = 32;
const SALT_BYTES = 16;
const scratch = new Uint8Array(LINK_BYTES + SALT_BYTES);

/** First 16 bytes of `H("lucid/beacon_salt/v1\n" ‖ network_id ‖ public_key ‖ u64(epoch))`; ids in hex. */
export function beaconSalt(networkId: string, publicKey: string, epoch: number): Uint8Array {
  const hash = labelledHash(
    "beacon_salt",
    fromHex(networkId, 32),
    fromHex(publicKey, 32),
    u64(epoch),
  );
  return hash.slice(0, SALT_BYTES);
}

/** One link down a chain: `step(v) = H(v ‖ salt)`, 48 bytes in one compression. */
export function step(link: Uint8Array, salt: Uint8Array): Uint8Array {
  return stepDown(link, salt, 1);
}

/** `steps` links down a chain; the hot path, so it hashes in place. Throws `beacon.link` for other lengths. */
export function stepDown(link: Uint8Array, salt: Uint8Array, steps: number): Uint8Array {
  if (link.length !== LINK_BYTES || salt.length !== SALT_BYTES) {
    throw new ProtocolError("beacon.link", "a link has 32 bytes and a salt 16");
  }
  scratch.set(link, 0);
  scratch.set(salt, LINK_BYTES);
  for (let i = 0; i < steps; i++) sha256Into(scratch, scratch);
  return scratch.slice(0, LINK_BYTES);
}

/** A node's hash chain for one epoch: `anchor` is c[0], `reveal(s)` is c[s+1], the beacon of slot index s. */
export type BeaconChain = { anchor: Uint8Array; reveal(index: number): Uint8Array };

/**
 * The chain of a node for an epoch, always the same for the same key:
 * `c[L] = HKDF-SHA256(seed, salt = network_id, info = "lucid/chain/v1\n" ‖ u64(epoch), 32)`, `c[i-1] = step(c[i])`
 * (Lamport 1981, https://doi.org/10.1145/358790.358797).
 * @param seed the node's 32-byte Ed25519 seed; `slots` is slots_per_epoch; `networkId`, `publicKeyHex` in hex
 */
export function createChain(options: {
  seed: Uint8Array;
  networkId: string;
  publicKeyHex: string;
  epoch: number;
  slots: number;
}): BeaconChain {
  const { seed, networkId, publicKeyHex, epoch, slots } = options;
  const salt = beaconSalt(networkId, publicKeyHex, epoch);
  const info = concat(utf8("lucid/chain/v1\n"), u64(epoch));
  const links = [hkdfSha256(seed, fromHex(networkId, 32), info, LINK_BYTES)];
  for (let i = 0; i < slots; i++) links.push(step(links[i] as Uint8Array, salt));
  links.reverse();
  return {
    anchor: links[0] as Uint8Array,
    reveal(index) {
      const link = index >= 0 ? links[index + 1] : undefined;
      if (link === undefined)
        throw new ProtocolError("beacon.index", `slot index ${index} is not in 0..${slots - 1}`);
      return link;
    },
  };
}
