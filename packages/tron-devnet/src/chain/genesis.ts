import { randomBytes } from "node:crypto";
import { secp256k1 } from "@noble/curves/secp256k1.js";
import { parseAddress, publicKeyToAddress } from "../address.ts";
import { fromHex, sha256, toHex } from "../bytes.ts";
import type { Store } from "../store/store.ts";
import { sealBlock } from "./block.ts";
import type { Witness } from "./block.ts";
import type { World } from "./state.ts";
import type { Token } from "./token.ts";

/** TRX in sun and token in micro-USDT that an account holds from the start; staked energy is optional. */
export type Allocation = {
  address: string;
  trxSun: bigint;
  usdtMicro: bigint;
  energyLimit?: number;
};
export type Foundation = { genesisBlockId: string; token: Token; witness: Witness };

const SUPPLY_MICRO = 1_000_000_000_000_000n;

/** The chain in the store, or a new one: every new chain has its own genesis block, token address and witness. */
export function openFoundation(
  store: Store,
  nowMs: number,
  { isSigned }: { isSigned: boolean },
): Foundation {
  const stored = store.getMeta("seed");
  const seed = stored === null ? randomBytes(32) : fromHex(stored);
  const owner = witnessOf(seed);
  const witness = isSigned ? owner : { ...owner, key: null };
  const tokenAddress = `41${toHex(sha256(seed, Buffer.from("token"))).slice(24)}`;
  const token = { address: tokenAddress, owner: witness.address, supplyMicro: SUPPLY_MICRO };
  if (stored === null) {
    const genesis = sealBlock(
      { number: 0, parentId: toHex(seed), timestampMs: nowMs, transactions: [] },
      witness,
    );
    store.atomically(() => {
      store.setMeta("seed", toHex(seed));
      store.addBlock(genesis);
    });
  }
  return { genesisBlockId: store.block(0)?.id ?? "", token, witness };
}

/** Gives the accounts that the chain does not know yet what they start with; the world holds the change. */
export function allocate(world: World, allocations: Allocation[]): void {
  for (const { address, trxSun, usdtMicro, energyLimit = 0 } of allocations) {
    const hex = parseAddress(address);
    if (hex === null) throw new RangeError(`account ${address}: not a TRON address`);
    if (world.account(hex)?.activated) continue;
    const known = world.accountOrNew(hex);
    world.setAccount(hex, {
      ...known,
      activated: true,
      trxSun,
      tokenMicro: known.tokenMicro + usdtMicro,
      energyLimit,
    });
  }
}

function witnessOf(seed: Uint8Array) {
  const key = sha256(seed, Buffer.from("witness"));
  return { key, address: publicKeyToAddress(secp256k1.getPublicKey(key)) };
}
