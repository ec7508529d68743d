import { fromHex, textToHex, toHex } from "../bytes.ts";
import type { Execution } from "../chain/execute.ts";
import {
  encodeRaw,
  encodeSigned,
  parseTransaction,
  TRIGGER_TYPE_URL,
} from "../chain/transaction.ts";
import type { RawFields, Transaction } from "../chain/transaction.ts";
import type { Included } from "../store/transactions.ts";
import { DevnetError, integerField, objectField, hexField } from "./params.ts";
import type { Params } from "./params.ts";
import { withoutDefaults } from "./proto-json.ts";

/** A transaction as every `/wallet` answer shows it. */
export function transactionToJson(transaction: Transaction) {
  const { raw, call, txid, rawBytes, signatures } = transaction;
  const value = withoutDefaults({
    data: call?.data,
    owner_address: call?.owner,
    contract_address: call?.contract,
    call_value: Number(call?.callValueSun ?? 0n),
  });
  return {
    visible: false,
    ...(signatures.length > 0 ? { signature: signatures.map(toHex) } : {}),
    txID: txid,
    raw_data: {
      contract: [
        {
          parameter: { value, type_url: TRIGGER_TYPE_URL },
          type: "TriggerSmartContract",
          ...withoutDefaults({ Permission_id: raw.contract[0]?.Permission_id }),
        },
      ],
      ...withoutDefaults({
        data: toHex(raw.data),
        ref_block_bytes: toHex(raw.ref_block_bytes),
        ref_block_hash: toHex(raw.ref_block_hash),
        expiration: Number(raw.expiration),
        fee_limit: Number(raw.fee_limit),
        timestamp: Number(raw.timestamp),
      }),
    },
    raw_data_hex: toHex(rawBytes),
  };
}

export function includedToJson({ bytes, execution }: Pick<Included, "bytes" | "execution">) {
  const { visible: _, ...transaction } = transactionToJson(parseTransaction(bytes));
  return { ret: [{ contractRet: execution.result }], ...transaction };
}

/** What `gettransactioninfobyid` answers. */
export function receiptToJson(
  { txid, block, execution }: Included,
  token: string,
  timestampMs: number,
) {
  return withoutDefaults({
    id: txid,
    fee: Number(execution.feeSun),
    blockNumber: block,
    blockTimeStamp: timestampMs,
    contractResult: [execution.output],
    contract_address: token,
    receipt: withoutDefaults({
      energy_usage: execution.energyUsage,
      energy_fee: Number(execution.energyFeeSun),
      energy_usage_total: execution.energyTotal,
      net_usage: execution.bandwidthUsage,
      net_fee: Number(execution.bandwidthFeeSun),
      result: execution.result,
    }),
    log: execution.logs,
    ...failureToJson(execution.result),
  });
}

const FAILURES: Record<Execution["result"], string> = {
  SUCCESS: "",
  REVERT: "REVERT opcode executed",
  OUT_OF_ENERGY: "Not enough energy for 'SSTORE' operation executing",
};

function failureToJson(result: Execution["result"]) {
  return result === "SUCCESS" ? {} : { result: "FAILED", resMessage: textToHex(FAILURES[result]) };
}

/** `broadcasttransaction` builds the bytes from `raw_data` and does not look at `raw_data_hex`. */
export function jsonToBytes(params: Params): Uint8Array {
  const rawData = objectField(params, "raw_data");
  const signatures = params["signature"];
  if (!Array.isArray(signatures)) throw new DevnetError("java.lang.NullPointerException", "null");
  return encodeSigned(
    encodeRaw(jsonToRaw(rawData)),
    signatures.map((signature) => fromHex(String(signature))),
  );
}

function jsonToRaw(raw: Params): RawFields {
  const contracts = raw["contract"];
  const contract =
    Array.isArray(contracts) && contracts.length === 1 ? (contracts[0] as Params) : null;
  if (contract?.["type"] !== "TriggerSmartContract") {
    throw new DevnetError(
      "java.lang.IllegalArgumentException",
      "the devnet runs one TriggerSmartContract per transaction",
    );
  }
  const value = objectField(objectField(contract, "parameter"), "value");
  return {
    call: {
      owner: hexField(value, "owner_address"),
      contract: hexField(value, "contract_address"),
      data: hexField(value, "data"),
      callValueSun: BigInt(integerField(value, "call_value", 0)),
    },
    permissionId: integerField(contract, "Permission_id", 0),
    refBlockBytes: hexField(raw, "ref_block_bytes"),
    refBlockHash: hexField(raw, "ref_block_hash"),
    expirationMs: integerField(raw, "expiration", 0),
    timestampMs: integerField(raw, "timestamp", 0),
    feeLimitSun: BigInt(integerField(raw, "fee_limit", 0)),
    memo: hexField(raw, "data"),
  };
}
