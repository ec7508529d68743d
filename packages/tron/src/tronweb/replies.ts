import { Type } from "typebox";
import type { Static } from "typebox";
import { defineReply } from "./ask.ts";

/**
 * Shapes of java-tron's answers. Protobuf leaves default values out, so a missing number is zero there where a sibling field
 * proves that the object exists; unknown fields are allowed because nodes add some between versions.
 */
const hex = (bytes: number) => Type.String({ pattern: `^[0-9a-f]{${bytes * 2}}$` });
const anyHex = Type.String({ pattern: "^([0-9a-fA-F]{2})*$" });
const count = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });

const block = Type.Object({
  blockID: hex(32),
  block_header: Type.Object({
    raw_data: Type.Object({
      number: Type.Optional(count),
      timestamp: Type.Optional(count),
      parentHash: hex(32),
    }),
  }),
  transactions: Type.Optional(Type.Array(Type.Object({ txID: hex(32) }))),
});

export type BlockReply = Static<typeof block>;
export const blockReply = defineReply("block", block);
export const blockListReply = defineReply(
  "list of blocks",
  Type.Object({ block: Type.Array(block) }),
);

export const accountReply = defineReply(
  "known account",
  Type.Object({ address: hex(21), balance: Type.Optional(count) }),
);

const permission = Type.Object({
  threshold: Type.Optional(Type.Number({ minimum: 0 })),
  keys: Type.Optional(
    Type.Array(
      Type.Object({ address: hex(21), weight: Type.Optional(Type.Number({ minimum: 0 })) }),
    ),
  ),
});

export type PermissionReply = Static<typeof permission>;
/** An account that was never changed may come without its permission, and one that is not there yet comes as `{}`. */
export const permissionReply = defineReply(
  "account",
  Type.Union([
    Type.Object({}, { additionalProperties: false }),
    Type.Object({ address: hex(21), owner_permission: Type.Optional(permission) }),
  ]),
);

export const resourcesReply = defineReply(
  "list of resources",
  Type.Object({
    freeNetLimit: count,
    freeNetUsed: Type.Optional(count),
    NetLimit: Type.Optional(count),
    NetUsed: Type.Optional(count),
    EnergyLimit: Type.Optional(count),
    EnergyUsed: Type.Optional(count),
  }),
);

export const parametersReply = defineReply(
  "list of chain parameters",
  Type.Object({
    chainParameter: Type.Array(
      Type.Object({ key: Type.String(), value: Type.Optional(Type.Integer()) }),
      { minItems: 1 },
    ),
  }),
);

/** A simulation that ran to its end; a revert carries `result.message`, a node that could not run it has no `result.result`. */
export const simulationReply = defineReply(
  "simulation",
  Type.Object({
    result: Type.Object({ result: Type.Literal(true), message: Type.Optional(Type.String()) }),
    energy_used: Type.Optional(count),
    constant_result: Type.Array(anyHex),
  }),
);

const log = Type.Object({
  address: hex(20),
  topics: Type.Optional(Type.Array(hex(32))),
  data: Type.Optional(anyHex),
});

const receipt = Type.Object({
  id: hex(32),
  fee: Type.Optional(count),
  blockNumber: count,
  blockTimeStamp: count,
  receipt: Type.Object({
    result: Type.Optional(Type.String()),
    energy_usage_total: Type.Optional(count),
  }),
  log: Type.Optional(Type.Array(log)),
});

export type ReceiptReply = Static<typeof receipt>;
const nothing = Type.Object({}, { additionalProperties: false });
export const receiptReply = defineReply("receipt", Type.Union([nothing, receipt]));

/** `broadcasthex` answers with every field, `broadcasttransaction` leaves out false, empty and zero ones. */
export const broadcastReply = defineReply(
  "broadcast answer",
  Type.Object({
    result: Type.Optional(Type.Boolean()),
    code: Type.Optional(Type.Union([Type.String(), Type.Integer()])),
    message: Type.Optional(Type.String()),
    txid: Type.String(),
  }),
);

const quantity = Type.String({ pattern: "^0x[0-9a-f]{1,13}$" });
const prefixed = (bytes: number) => Type.String({ pattern: `^0x[0-9a-f]{${bytes * 2}}$` });

export const logsReply = defineReply(
  "list of logs",
  Type.Object({
    result: Type.Array(
      Type.Object({
        address: prefixed(20),
        blockNumber: quantity,
        transactionHash: prefixed(32),
        topics: Type.Array(prefixed(32)),
        data: Type.String({ pattern: "^0x([0-9a-f]{2})*$" }),
      }),
    ),
  }),
);

/** TronGrid's `/v1/accounts/{address}/transactions/trc20`; approvals have another type than transfers. */
export const historyReply = defineReply(
  "page of an account history",
  Type.Object({
    success: Type.Literal(true),
    data: Type.Array(
      Type.Object({
        transaction_id: hex(32),
        token_info: Type.Object({ address: Type.String() }),
        block_timestamp: count,
        from: Type.String(),
        to: Type.String(),
        type: Type.Literal("Transfer"),
        value: Type.String({ pattern: "^(0|[1-9][0-9]{0,77})$" }),
      }),
    ),
    meta: Type.Object({ fingerprint: Type.Optional(Type.String({ minLength: 1 })) }),
  }),
);
