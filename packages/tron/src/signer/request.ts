import { parseMicro } from "@lucid/protocol";
import { Type, type Static } from "typebox";
import { Compile } from "typebox/compile";
import type { SignOrder, UnsignedTransfer } from "../port.ts";
import { type Refused, refuse } from "./answer.ts";

const hex = (bytes: number) => Type.String({ pattern: `^[0-9a-f]{${2 * bytes}}$` });
const micro = Type.String({ pattern: "^(0|[1-9][0-9]{0,18})$" });
const count = (minimum = 0) => Type.Integer({ minimum, maximum: Number.MAX_SAFE_INTEGER });
const name = Type.String({ minLength: 1, maxLength: 80 });

/** What goes over the socket: names as in the public log, amounts in micro-USDT as text. */
const schema = Type.Object(
  {
    payout_id: Type.String({ pattern: "^payout_[a-z2-7]{26}$" }),
    attempt: count(1),
    fence: count(),
    account: name,
    seq: count(),
    entry_hash: hex(32),
    head_seq: count(),
    head_hash: hex(32),
    recipient: name,
    net_micro: micro,
    gross_micro: micro,
    policy: count(),
    txid: hex(32),
    raw_data: Type.String({ pattern: "^([0-9a-f]{2}){1,1024}$" }),
    ref_block_number: count(),
    ref_block_id: hex(32),
  },
  { additionalProperties: false },
);

export type SignRequest = Static<typeof schema>;

const compiled = Compile(schema);

/** A request as text; see `parseRequest`. */
export const formatRequest = (unsigned: UnsignedTransfer, order: SignOrder): string => {
  const { debit, head } = order;
  const request: SignRequest = {
    payout_id: order.payoutId,
    attempt: order.attempt,
    fence: order.fence,
    account: debit.account,
    seq: debit.seq,
    entry_hash: debit.hash,
    head_seq: head.seq,
    head_hash: head.hash,
    recipient: unsigned.to,
    net_micro: unsigned.amountMicro.toString(),
    gross_micro: debit.grossMicro.toString(),
    policy: debit.policy,
    txid: unsigned.txid,
    raw_data: unsigned.rawDataHex,
    ref_block_number: unsigned.refBlockNumber,
    ref_block_id: unsigned.refBlockId,
  };
  return JSON.stringify(request);
};

/** A request, or a verdict that names the first field that is not as it must be. */
export const parseRequest = (
  text: string,
): { readonly ok: true; readonly request: SignRequest } | Refused => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refuse("signer.request", "the request is not JSON");
  }
  if (!compiled.Check(value)) return refuse("signer.request", firstProblem(value));
  try {
    parseMicro(value.net_micro);
    parseMicro(value.gross_micro);
  } catch {
    return refuse("signer.request", "net_micro and gross_micro must be at most 2^63-1");
  }
  return { ok: true, request: value };
};

const firstProblem = (value: unknown): string => {
  const [problem] = compiled.Errors(value);
  const where = problem === undefined || problem.instancePath === "" ? "" : problem.instancePath;
  return `the request${where === "" ? "" : ` at ${where}`} ${problem?.message ?? "is not as it must be"}`;
};
