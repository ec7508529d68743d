import { parseAddress } from "./address.ts";
import { fromHex } from "./bytes.ts";
import { isTorsionFree, isValidPublicKey } from "./ed25519.ts";
import { enrolmentPow } from "./enrolment-pow.ts";
import { ProtocolError } from "./error.ts";
import { fields, hex, integer, text } from "./fields.ts";
import type { Genesis } from "./genesis.ts";
import { nodeId, ownerId } from "./identity.ts";
import { verifyObject } from "./signatures.ts";
import { signerOf } from "./wallet.ts";
import { enrolText } from "./wallet-texts.ts";

/** A node's signed request to join: keys, hashes and signatures in hex, the owner's address in base58. */
export type Enrolment = {
  public_key: string;
  address: string;
  seq: number;
  header_hash: string;
  nonce: string;
  /** TIP-191, over `enrolText` */
  wallet_signature: string;
  /** kind `enrol`, by the node key */
  signature: string;
};

/** Why an enrolment is refused. */
export type EnrolmentProblem =
  | "malformed"
  | "bad_address"
  | "header_hash"
  | "pow"
  | "bad_key"
  | "torsion"
  | "wrong_signature"
  | "wallet_signature";

/** An enrolment's verdict: whom it enrols, or a code and a sentence that helps. */
export type EnrolmentVerdict =
  | { ok: true; nodeId: string; ownerId: string }
  | { ok: false; code: EnrolmentProblem; detail: string };

/** The closed field list of an enrolment; whether its address can be paid is a verdict of its own. */
export const enrolmentFields = fields<Enrolment>({
  public_key: hex(32),
  address: text(),
  seq: integer(),
  header_hash: hex(32),
  nonce: hex(8),
  wallet_signature: hex(65),
  signature: hex(64),
});

/**
 * Judges an enrolment by everything that needs no registry, cheapest first.
 * @param headerHashes the header hashes of the last slots_per_epoch blocks, or only `NO_HEADER_HASH` without blocks
 */
export function checkEnrolment(
  genesis: Genesis,
  networkId: string,
  enrolment: Enrolment,
  { headerHashes }: { headerHashes: ReadonlySet<string> },
): EnrolmentVerdict {
  const refusal =
    fieldRefusal(enrolment) ??
    addressRefusal(enrolment) ??
    floodRefusal(genesis, networkId, enrolment, headerHashes) ??
    keyRefusal(enrolment) ??
    signatureRefusal(networkId, enrolment);
  if (refusal !== null) return refusal;
  return {
    ok: true,
    nodeId: nodeId(enrolment.public_key),
    ownerId: ownerId(networkId, enrolment.address),
  };
}

type Refusal = Extract<EnrolmentVerdict, { ok: false }>;

function fieldRefusal(enrolment: Enrolment): Refusal | null {
  const [problem] = enrolmentFields(enrolment, "");
  return problem === undefined ? null : refuse("malformed", `${problem.pointer} ${problem.detail}`);
}

function addressRefusal({ address }: Enrolment): Refusal | null {
  try {
    parseAddress(address);
    return null;
  } catch (error) {
    if (error instanceof ProtocolError) return refuse("bad_address", error.message);
    throw error;
  }
}

function floodRefusal(
  genesis: Genesis,
  networkId: string,
  { header_hash, public_key, nonce }: Enrolment,
  headerHashes: ReadonlySet<string>,
): Refusal | null {
  if (!headerHashes.has(header_hash)) {
    return refuse(
      "header_hash",
      "header_hash is not one of the last epoch's blocks: enrol again with a recent one",
    );
  }
  const bits = enrolmentPow(networkId, header_hash, public_key, nonce);
  if (bits >= genesis.enrol_pow_bits) return null;
  return refuse(
    "pow",
    `the nonce gives ${bits} zero bits where this network wants ${genesis.enrol_pow_bits}`,
  );
}

function keyRefusal({ public_key }: Enrolment): Refusal | null {
  const key = fromHex(public_key);
  if (!isValidPublicKey(key)) {
    return refuse(
      "bad_key",
      "public_key is not a canonical point of Ed25519, or one of small order: make a new key",
    );
  }
  return isTorsionFree(key)
    ? null
    : refuse("torsion", "public_key has a torsion part: make a new key");
}

function signatureRefusal(networkId: string, enrolment: Enrolment): Refusal | null {
  const { public_key, address, seq, wallet_signature, signature } = enrolment;
  if (!verifyObject("enrol", networkId, enrolment, signature, public_key)) {
    return refuse(
      "wrong_signature",
      "signature is not the node key's over this enrolment on this network",
    );
  }
  const signer = signerOf(enrolText(networkId, nodeId(public_key), address, seq), wallet_signature);
  if (signer === address) return null;
  const other =
    signer === null ? "is not one a wallet makes" : `comes from ${signer} or covers another text`;
  return refuse(
    "wallet_signature",
    `wallet_signature ${other}: sign the enrolment text with the wallet ${address}`,
  );
}

function refuse(code: EnrolmentProblem, detail: string): Refusal {
  return { ok: false, code, detail };
}
