import type { RecordType } from "@lucid/protocol";
import { expect, test } from "vitest";
import { catchLie, createOwner, createWorld, fullPlan } from "../testing/world/index.ts";
import type { Lies, WorldRecord } from "../testing/world/index.ts";

/** Up to the first payouts. */
const BLOCKS = 46;
const { network, blocks } = createWorld({ ...fullPlan, blocks: BLOCKS });
const elsewhere = createOwner(network.networkId, "elsewhere").address;

/** Another value of the same shape. */
const alter = (value: unknown): unknown => {
  if (typeof value === "number") return value === 10_000 ? value - 1 : value + 1;
  if (typeof value === "boolean") return !value;
  if (Array.isArray(value)) return value.map(alter);
  if (typeof value === "object") return { ...value, amount_micro: "-1" };
  const text = value as string;
  if (/^T.{33}$/.test(text)) return elsewhere;
  if (/^-?[0-9]{1,15}$/.test(text)) return (BigInt(text) + 1n).toString();
  return text.slice(0, -1) + (text.endsWith("a") ? "b" : "a");
};

const altering = (type: RecordType, field: string): Lies => {
  let isDone = false;
  return {
    records: (_, records) =>
      records.map((record) => {
        if (isDone || record.type !== type || !Object.hasOwn(record.data, field)) return record;
        const value = (record.data as unknown as Record<string, unknown>)[field];
        const other = field === "kind" ? "payout" : alter(value);
        isDone = JSON.stringify(other) !== JSON.stringify(value);
        return { ...record, data: { ...record.data, [field]: other } } as WorldRecord;
      }),
  };
};

/** Types of which no field is anybody's word. */
const TYPES: readonly RecordType[] = [
  "enrolment",
  "commitment",
  "epoch_result",
  "epoch_closed",
  "ledger_entry",
];

const fieldsOf = (type: RecordType): string[] => {
  const records = blocks.flatMap(({ body }) =>
    body.flatMap(({ leaf }) => (leaf.kind === "record" && leaf.record === type ? [leaf.data] : [])),
  );
  return [...new Set(records.flatMap((data) => Object.keys(data)))];
};

const all = TYPES.flatMap((type) =>
  fieldsOf(type).map((field): [RecordType, string] => [type, field]),
);

test.each(all)("caught: another value in %s %s", async (type, field) => {
  expect(await catchLie(altering(type, field), { blocks: BLOCKS })).not.toBe("follows");
});
