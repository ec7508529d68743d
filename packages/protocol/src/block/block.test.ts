import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import vectors from "../../../../vectors/block.json" with { type: "json" };
import { createBody } from "../body/order.ts";
import { fromHex, toHex } from "../bytes.ts";
import { networkId, parseGenesis } from "../genesis.ts";
import { recordLeaf } from "../settlement/records.ts";
import { ed25519PublicKey } from "../signatures.ts";
import { acceptanceWindow } from "../time.ts";
import { decodeBlockEntry, encodeBlockEntry, signHeader, verifyBlockEntry } from "./entry.ts";
import { headerHash, nextHeader } from "./header.ts";
import type { BlockHeader } from "./header.ts";
import { bodyProblem, linkProblem } from "./problems.ts";

const genesis = parseGenesis(vectors.network[0]?.genesis);
const network = { genesis, networkId: networkId(genesis) };
const seed = fromHex(vectors.network[0]?.seed ?? "");
const networkKey = toHex(ed25519PublicKey(seed));

const facts = fc.record({
  leaves: fc.uniqueArray(fc.nat({ max: 99 }), { maxLength: 5 }),
  backlog: fc.nat(),
  observed: fc.boolean(),
  lateMs: fc.nat({ max: 10_000 }),
});

/** A chain of blocks, each sealed when its slot is over or when the block before was, whichever is later. */
const chain = fc.array(facts, { minLength: 1, maxLength: 6 }).map((blocks) => {
  const headers: BlockHeader[] = [];
  return blocks.map(({ leaves, backlog, observed, lateMs }) => {
    const body = createBody(
      leaves.map((epoch) => recordLeaf("audit_root", { epoch, count: 0, root: "00".repeat(32) })),
    );
    const parent = headers.at(-1) ?? null;
    const opens = acceptanceWindow(genesis, genesis.first_slot + headers.length).untilMs;
    const sealed_at = Math.max(opens + lateMs, parent?.sealed_at ?? 0);
    const draft = { body, backlog, observed, policy_hash: "ab".repeat(32), sealed_at };
    const header = nextHeader(network, parent, draft);
    headers.push(header);
    return { header, body };
  });
});

describe("a chain of blocks", () => {
  test("links, and every body is its header's", () => {
    fc.assert(
      fc.property(chain, (blocks) => {
        for (const [height, { header, body }] of blocks.entries()) {
          expect(linkProblem(network, blocks[height - 1]?.header ?? null, header)).toBeNull();
          expect(bodyProblem(header, body)).toBeNull();
          expect(header).toMatchObject({ height, slot: genesis.first_slot + height });
        }
      }),
    );
  });

  test("breaks when any field of a header that is not the last changes", () => {
    fc.assert(
      fc.property(chain, fc.nat(), fc.nat(), (blocks, at, which) => {
        fc.pre(blocks.length > 1);
        const height = at % (blocks.length - 1);
        const header = blocks[height]?.header as BlockHeader;
        const fields = Object.keys(header) as (keyof BlockHeader)[];
        const field = fields[which % fields.length] as keyof BlockHeader;
        const altered = { ...header, [field]: changed(header[field]) };
        const next = blocks[height + 1]?.header as BlockHeader;
        expect(headerHash(altered)).not.toBe(headerHash(header));
        expect(linkProblem(network, altered, next)).not.toBeNull();
      }),
    );
  });

  test("breaks when a block is left out", () => {
    fc.assert(
      fc.property(chain, (blocks) => {
        fc.pre(blocks.length > 2);
        const [first, , third] = blocks.map(({ header }) => header);
        expect(linkProblem(network, first ?? null, third as BlockHeader)?.code).toBe("height");
      }),
    );
  });
});

describe("an entry", () => {
  test("survives its bytes with a signature that holds for its header alone", () => {
    fc.assert(
      fc.property(chain, fc.nat(), (blocks, which) => {
        const entry = signHeader(blocks[0]?.header as BlockHeader, seed);
        const back = decodeBlockEntry(encodeBlockEntry(entry));
        expect(back).toEqual(entry);
        expect(verifyBlockEntry(back, network.networkId, networkKey)).toBe(true);
        const fields = Object.keys(entry.header) as (keyof BlockHeader)[];
        const field = fields[which % fields.length] as keyof BlockHeader;
        const header = { ...entry.header, [field]: changed(entry.header[field]) };
        expect(verifyBlockEntry({ ...entry, header }, network.networkId, networkKey)).toBe(false);
        expect(verifyBlockEntry(entry, "00".repeat(32), networkKey)).toBe(false);
      }),
      { numRuns: 30 },
    );
  });
});

function changed(value: BlockHeader[keyof BlockHeader]) {
  if (typeof value === "number") return value + 1;
  if (typeof value === "boolean") return !value;
  return `${value.slice(0, -1)}${value.endsWith("0") ? "1" : "0"}`;
}
