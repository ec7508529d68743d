import vectors from "../../../../vectors/records.json" with { type: "json" };
import { toHex } from "../bytes.ts";
import { ProtocolError } from "../error.ts";
import type { Problem } from "../fields.ts";
import { parseRecord } from "../records/parse.ts";
import { recordLeaf } from "../settlement/records.ts";
import { leafHash } from "../tlog/merkle.ts";
import { refusal } from "./outcome.ts";

export function recomputeRecords() {
  return {
    records: vectors.records.map((given) => {
      const { record, data } = parseRecord({ record: given.record, data: given.data });
      return { record, data, leaf_hash: toHex(leafHash(recordLeaf(record, data))) };
    }),
    changed: vectors.changed.map(({ record, data }) => ({
      record,
      data,
      at: firstProblem(() => parseRecord({ record, data })),
    })),
    refused: vectors.refused.map(({ value }) => ({
      value,
      code: refusal(() => parseRecord(value)),
    })),
  };
}

function firstProblem(parse: () => unknown): string | undefined {
  try {
    parse();
    return undefined;
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    return (error.details["problems"] as Problem[])[0]?.pointer;
  }
}
