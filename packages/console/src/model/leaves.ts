import {
  type Body,
  formatUsdt,
  isCancellation,
  isOwnerId,
  type Leaf,
  nodeId,
  type RecordData,
  type RecordType,
  toHex,
} from "@lucid/protocol";
import { ownerOfAccount } from "../format/ids.ts";
import { formatBasisPoints, plural } from "../format/numbers.ts";

/** What kind of leaf it is: `beacon`, `cosignature`, or the type of a record. */
export const leafKind = (leaf: Leaf): string => (leaf.kind === "record" ? leaf.record : leaf.kind);

/** `ledger entry` for `ledger_entry`. */
export const kindWords = (kind: string): string => kind.replaceAll("_", " ");

/** How many leaves of each kind a body has, in body order. */
export const countKinds = (body: Body): [kind: string, count: number][] => {
  const counts = new Map<string, number>();
  for (const { leaf } of body) counts.set(leafKind(leaf), (counts.get(leafKind(leaf)) ?? 0) + 1);
  return [...counts];
};

/** Whom a leaf is about, and the rest in words; `usdt` is what it moves. */
export type About = {
  readonly nodeId?: string;
  readonly ownerId?: string;
  readonly words?: string;
  readonly usdt?: string;
};

export const aboutLeaf = (leaf: Leaf): About =>
  leaf.kind === "record" ? aboutRecord(leaf) : { nodeId: nodeId(toHex(leaf.publicKey)) };

const aboutRecord = <T extends RecordType>({ record, data }: { record: T; data: RecordData[T] }) =>
  abouts[record](data);

const abouts: { readonly [T in RecordType]: (data: RecordData[T]) => About } = {
  ledger_entry: ({ account, kind, epoch, amount_micro }) => ({
    ...aboutAccount(account),
    words: `${kindWords(kind)}${epoch === undefined ? "" : `, epoch ${epoch}`}`,
    usdt: toUsdt(amount_micro),
  }),
  payout: ({ owner_id, state, net_micro }) => ({
    ownerId: owner_id,
    words: state,
    usdt: toUsdt(net_micro),
  }),
  epoch_result: ({ node_id, epoch, score, reward_micro }) => ({
    nodeId: node_id,
    words: `epoch ${epoch}, score ${formatBasisPoints(score)}`,
    usdt: toUsdt(reward_micro),
  }),
  epoch_closed: ({ epoch, count, total_micro }) => ({
    words: `epoch ${epoch}, ${plural(count, "result")}`,
    usdt: toUsdt(total_micro),
  }),
  audit_root: ({ epoch, count }) => ({ words: `epoch ${epoch}, ${plural(count, "line")}` }),
  policy: ({ version, from_epoch }) => ({ words: `version ${version}, from epoch ${from_epoch}` }),
  enrolment: ({ public_key }) => ({ nodeId: nodeId(public_key) }),
  standing: ({ node_id, standing }) => ({ nodeId: node_id, words: standing }),
  commitment: ({ node_id, epoch }) => ({ nodeId: node_id, words: `epoch ${epoch}` }),
  excuse: (excuse) => ({ words: `${excuse.kind}, ${slotsOf(excuse)}` }),
  maintenance: (announced) => ({ nodeId: announced.node_id, words: slotsOf(announced) }),
  seat: ({ pool_id, seat, node_id }) =>
    node_id === undefined
      ? { words: `${pool_id}, seat ${seat}, left` }
      : { nodeId: node_id, words: `${pool_id}, seat ${seat}` },
  address_change: (data) => ({
    ownerId: data.owner_id,
    words: isCancellation(data) ? `takes back change ${data.seq}` : `change ${data.seq}`,
  }),
  key_change: ({ role }) => ({ words: `${role} key` }),
};

const aboutAccount = (account: string): About => {
  const ownerId = ownerOfAccount(account);
  return isOwnerId(ownerId) ? { ownerId } : {};
};

const slotsOf = ({ from_slot, to_slot }: { from_slot: number; to_slot: number }): string =>
  to_slot - from_slot === 1 ? `slot ${from_slot}` : `slots ${from_slot} to ${to_slot - 1}`;

const toUsdt = (micro: string): string => formatUsdt(BigInt(micro));

/** What a leaf says, for reading: hex for bytes, indented. */
export const leafText = (leaf: Leaf): string =>
  JSON.stringify(
    leaf.kind === "record" ? { record: leaf.record, data: leaf.data } : leaf,
    (_, value: unknown) => (value instanceof Uint8Array ? toHex(value) : value),
    2,
  );
