import { textToHex } from "../bytes.ts";
import { refBlockFields } from "../chain/block.ts";
import type { Chain } from "../chain/chain.ts";
import { createWorld } from "../chain/state.ts";
import type { StateSource } from "../chain/state.ts";
import { callToken, selectorOf } from "../chain/token.ts";
import { encodeRaw, encodeSigned, parseTransaction } from "../chain/transaction.ts";
import { addressField, hexField, integerField, textField } from "./params.ts";
import type { Params } from "./params.ts";
import { transactionToJson } from "./transaction-json.ts";

const NODE_BUILT_LIFETIME_MS = 60_000;

/** `triggerconstantcontract`: runs a call without sending it. A revert still has `result: true`, and a message. */
export function simulate(chain: Chain, state: StateSource, params: Params) {
  const call = readCall(params);
  if (call.contract !== chain.token.address) return NO_CONTRACT;
  const { reverted, energy, output } = callToken(
    createWorld(state),
    { caller: call.owner, data: call.data },
    chain.token,
  );
  return {
    result: { result: true, ...(reverted ? { message: textToHex("REVERT opcode executed") } : {}) },
    energy_used: energy,
    constant_result: [output],
    transaction: { ret: [reverted ? { ret: "FAILED" } : {}], ...buildTransaction(chain, params) },
  };
}

/** `triggersmartcontract`: the node builds the transaction, with a solidified reference block and a minute to live. */
export function build(chain: Chain, params: Params) {
  const { contract } = readCall(params);
  if (contract !== chain.token.address) return NO_CONTRACT;
  return { result: { result: true }, transaction: buildTransaction(chain, params) };
}

const NO_CONTRACT = {
  result: {
    code: "CONTRACT_VALIDATE_ERROR",
    message: textToHex("Contract validate error : No contract or not a valid smart contract"),
  },
};

function buildTransaction(chain: Chain, params: Params) {
  const head = chain.head();
  const rawBytes = encodeRaw({
    call: readCall(params),
    permissionId: integerField(params, "Permission_id", 0),
    ...refBlockFields(chain.store.block(chain.solidNumber()) ?? head),
    expirationMs: head.timestampMs + NODE_BUILT_LIFETIME_MS,
    timestampMs: head.timestampMs,
    feeLimitSun: BigInt(integerField(params, "fee_limit", 0)),
    memo: "",
  });
  return transactionToJson(parseTransaction(encodeSigned(rawBytes, [])));
}

function readCall(params: Params) {
  const selector = textField(params, "function_selector");
  const data =
    selector === ""
      ? hexField(params, "data")
      : selectorOf(selector) + hexField(params, "parameter");
  return {
    owner: addressField(params, "owner_address"),
    contract: addressField(params, "contract_address"),
    data,
    callValueSun: BigInt(integerField(params, "call_value", 0)),
  };
}
