import { bandwidthOf } from "./execute.ts";
import { refBlockFields } from "./block.ts";
import type { Block } from "./block.ts";
import { PARAMETERS } from "./parameters.ts";
import { payBandwidth } from "./resources.ts";
import { recoverSigner } from "./signatures.ts";
import type { StateSource } from "./state.ts";
import type { Call, Transaction } from "./transaction.ts";
import { toHex } from "../bytes.ts";
import { hexToBase58 } from "../address.ts";

export type RejectionCode =
  | "SIGERROR"
  | "CONTRACT_VALIDATE_ERROR"
  | "BANDWITH_ERROR"
  | "DUP_TRANSACTION_ERROR"
  | "TAPOS_ERROR"
  | "TOO_BIG_TRANSACTION_ERROR"
  | "TRANSACTION_EXPIRATION_ERROR";
export type Rejection = { code: RejectionCode; message: string };

export type ChainView = {
  head: Block;
  state: StateSource;
  tokenAddress: string;
  block: (number: number) => Block | null;
};

/** A node's checks before it takes a transaction (null: taken), in java-tron's order (Manager.pushTransaction, processTransaction). */
export function admit(transaction: Transaction, view: ChainView): Rejection | null {
  const { call } = transaction;
  if (transaction.raw.contract.length !== 1 || call === null) {
    return invalid("the devnet runs exactly one TriggerSmartContract per transaction");
  }
  return (
    checkSignature(transaction, call) ??
    checkRefBlock(transaction, view) ??
    checkSize(transaction) ??
    checkExpiration(transaction, view.head) ??
    checkContract(transaction, call, view)
  );
}

function checkSignature({ txid, signatures, raw }: Transaction, call: Call): Rejection | null {
  if (signatures.length === 0) return badSignature("miss sig or contract");
  if (raw.contract[0]?.Permission_id) return badSignature("permission isn't exit");
  if (signatures.length > 1)
    return badSignature("Signature count is 2 more than key counts of permission : 1");
  for (const signature of signatures) {
    const signer = recoverSigner(txid, signature);
    if (signer === null) return badSignature("Signature cannot be recovered");
    if (signer !== call.owner) {
      return badSignature(
        `${toHex(signature)} is signed by ${hexToBase58(signer)} but it is not contained of permission.`,
      );
    }
  }
  return null;
}

function checkRefBlock({ raw }: Transaction, { head, block }: ChainView): Rejection | null {
  const named = toHex(raw.ref_block_bytes);
  const hash = toHex(raw.ref_block_hash);
  const newest =
    head.number - ((head.number - Number.parseInt(named, 16)) & (PARAMETERS.refBlockWindow - 1));
  const found = named.length === 4 && newest >= 0 ? block(newest) : null;
  if (found !== null && refBlockFields(found).refBlockHash === hash) return null;
  return { code: "TAPOS_ERROR", message: "Tapos check error." };
}

function checkSize({ bytes }: Transaction): Rejection | null {
  if (bytes.length <= PARAMETERS.maxTransactionBytes) return null;
  return {
    code: "TOO_BIG_TRANSACTION_ERROR",
    message: `Too big transaction, the size is ${bytes.length} bytes`,
  };
}

/** Also the rule for entering a block: the parent's time must be before the expiration. */
export function isExpired(
  { expirationMs }: Pick<Transaction, "expirationMs">,
  head: Block,
): boolean {
  return expirationMs <= head.timestampMs;
}

function checkExpiration(transaction: Transaction, head: Block): Rejection | null {
  const tooLate = transaction.expirationMs > head.timestampMs + PARAMETERS.maxLifetimeMs;
  if (!isExpired(transaction, head) && !tooLate) return null;
  return { code: "TRANSACTION_EXPIRATION_ERROR", message: "Transaction expired" };
}

function checkContract(transaction: Transaction, call: Call, view: ChainView): Rejection | null {
  if (call.contract !== view.tokenAddress)
    return invalid("No contract or not a valid smart contract");
  if (transaction.feeLimitSun < 0n || transaction.feeLimitSun > PARAMETERS.maxFeeLimitSun) {
    return invalid(`feeLimit must be >= 0 and <= ${PARAMETERS.maxFeeLimitSun}`);
  }
  const owner = view.state.account(call.owner);
  if (owner === null || !owner.activated)
    return invalid(`account [${hexToBase58(call.owner)}] does not exist`);
  if (call.callValueSun !== 0n) return invalid("the token takes no TRX");
  if (payBandwidth(owner, bandwidthOf(transaction), view.head.timestampMs) !== null) return null;
  return { code: "BANDWITH_ERROR", message: "Account resource insufficient error." };
}

function invalid(message: string): Rejection {
  return { code: "CONTRACT_VALIDATE_ERROR", message: `Contract validate error : ${message}` };
}

function badSignature(message: string): Rejection {
  return { code: "SIGERROR", message: `Validate signature error: ${message}` };
}
