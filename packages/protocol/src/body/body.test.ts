import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import vectors from "../../../../vectors/records.json" with { type: "json" };
import { fromHex, toHex } from "../bytes.ts";
import { ProtocolError } from "../error.ts";
import { RECORD_ORDER } from "../records/order.ts";
import { parseRecord } from "../records/parse.ts";
import { recordLeaf } from "../settlement/records.ts";
import { bodyRoot, decodeBody, encodeBody, framedLength } from "./codec.ts";
import { fitBody, mayWait } from "./fit.ts";
import { beaconLeaf, cosignatureLeaf, parseLeaf } from "./leaf.ts";
import { createBody } from "./order.ts";
import type { Body } from "./order.ts";

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const beacon = fc.tuple(bytes(32), bytes(32)).map(([key, reveal]) => beaconLeaf(key, reveal));
const cosignature = fc
  .record({
    publicKey: bytes(32),
    size: fc.maxSafeNat(),
    timeSeconds: fc.maxSafeNat(),
    signature: bytes(64),
  })
  .map(cosignatureLeaf);
const record = fc
  .tuple(fc.constantFrom(...vectors.records), fc.nat({ max: 999 }))
  .map(([{ record: type, data }, number]) => {
    const several = "epoch" in data && type !== "ledger_entry" ? { ...data, epoch: number } : data;
    return recordLeaf(type, several);
  });
const leaves = fc.array(fc.oneof(beacon, cosignature, record), { maxLength: 40 });
const lengthOf = (body: Body) => body.reduce((sum, leaf) => sum + framedLength(leaf.bytes), 0);

describe("a body", () => {
  test("is a function of the set of its leaves", () => {
    const twoOrders = leaves.chain((set) =>
      fc.tuple(
        fc.constant(set),
        fc.shuffledSubarray([...set, ...set], { minLength: set.length * 2 }),
      ),
    );
    fc.assert(
      fc.property(twoOrders, ([set, shuffled]) => {
        expect(encodeBody(createBody(shuffled))).toEqual(encodeBody(createBody(set)));
      }),
    );
  });

  test("survives its bytes, and has one form", () => {
    fc.assert(
      fc.property(leaves, fc.nat(), fc.nat({ max: 254 }), (set, at, change) => {
        const body = createBody(set);
        const framed = encodeBody(body);
        expect(decodeBody(framed)).toEqual(body);
        const altered = framed.map((byte, i) =>
          i === at % Math.max(1, framed.length) ? (byte + 1 + change) % 256 : byte,
        );
        const other = decodedOrNull(altered);
        expect(other === null || toHex(encodeBody(other)) === toHex(altered)).toBe(true);
        expect(other === null || framed.length === 0 || bodyRoot(other) !== bodyRoot(body)).toBe(
          true,
        );
      }),
      { numRuns: 300 },
    );
  });

  test("is refused in every other order", () => {
    fc.assert(
      fc.property(leaves, fc.nat(), fc.nat(), (set, a, b) => {
        const body = createBody(set);
        fc.pre(body.length > 1);
        const [i, j] = [a % body.length, b % body.length];
        fc.pre(i !== j);
        const swapped = body.with(i, body[j] as Body[number]).with(j, body[i] as Body[number]);
        expect(() => encodeBody(swapped)).toThrow(expect.objectContaining({ code: "body.order" }));
      }),
    );
  });

  test("holds one beacon of a node", () => {
    const two = [beaconLeaf(fromHex("01".repeat(32)), fromHex("02".repeat(32)))];
    two.push(beaconLeaf(fromHex("01".repeat(32)), fromHex("03".repeat(32))));
    expect(() => createBody(two)).toThrow(expect.objectContaining({ code: "body.two_beacons" }));
  });

  test("of ten thousand beacons takes its bytes and no more", () => {
    const many = Array.from({ length: 10_000 }, (_, i) => {
      const key = new Uint8Array(32);
      new DataView(key.buffer).setUint32(0, i);
      return beaconLeaf(key, key);
    });
    expect(encodeBody(createBody(many.toReversed()))).toHaveLength(10_000 * (4 + 65));
  });
});

function decodedOrNull(framed: Uint8Array): Body | null {
  try {
    return decodeBody(framed);
  } catch (error) {
    if (error instanceof ProtocolError && "leaf" in error.details) return null;
    throw error;
  }
}

describe("a body with too little room", () => {
  test("keeps what may never wait, and defers from the end as little as it must", () => {
    fc.assert(
      fc.property(leaves, fc.nat({ max: 20_000 }), (set, maxBytes) => {
        const body = createBody(set);
        const { sealed, deferred } = fitBody(body, maxBytes);
        expect(createBody([...sealed, ...deferred].map((leaf) => leaf.bytes))).toEqual(body);
        const waiting = deferred.map(({ leaf }) =>
          leaf.kind === "record" ? leaf.record : leaf.kind,
        );
        for (const kind of ["beacon", "cosignature", "policy", "enrolment", "commitment"]) {
          expect(waiting).not.toContain(kind);
        }
        const [first] = deferred;
        if (first === undefined) return;
        const after = sealed.slice(body.indexOf(first)).map(({ leaf }) => leaf);
        const mayStay = after.every((leaf) => leaf.kind === "record" && !mayWait(leaf.record));
        expect(mayStay).toBe(true);
        expect(lengthOf(sealed) + framedLength(first.bytes)).toBeGreaterThan(maxBytes);
      }),
    );
  });

  test("seals the rest in the next blocks", () => {
    let waiting = createBody(
      Array.from({ length: 50 }, (_, epoch) =>
        recordLeaf("audit_root", { epoch, count: 0, root: "00".repeat(32) }),
      ),
    );
    const blocks: Body[] = [];
    while (waiting.length > 0) {
      const { sealed, deferred } = fitBody(waiting, 1000);
      blocks.push(sealed);
      waiting = deferred;
    }
    expect(blocks.every((body) => lengthOf(body) <= 1000)).toBe(true);
    expect(blocks.flat()).toHaveLength(50);
    expect(blocks.length).toBeGreaterThan(5);
  });
});

describe("a leaf", () => {
  test("says what was put in", () => {
    fc.assert(
      fc.property(bytes(32), bytes(64), fc.maxSafeNat(), (publicKey, signature, size) => {
        const parts = { publicKey, size, timeSeconds: size, signature };
        expect(parseLeaf(cosignatureLeaf(parts))).toEqual({ kind: "cosignature", ...parts });
        const reveal = signature.subarray(32);
        expect(parseLeaf(beaconLeaf(publicKey, reveal))).toEqual({
          kind: "beacon",
          publicKey,
          reveal,
        });
      }),
    );
  });

  test("has fixed lengths", () => {
    const code = expect.objectContaining({ code: "leaf.length" }) as unknown;
    expect(() => beaconLeaf(new Uint8Array(31), new Uint8Array(32))).toThrow(code);
    expect(() =>
      cosignatureLeaf({
        publicKey: new Uint8Array(32),
        size: 1,
        timeSeconds: 1,
        signature: new Uint8Array(63),
      }),
    ).toThrow(code);
  });
});

test("every record type of the protocol is either accepted or refused by name", () => {
  const accepted = new Set(vectors.records.map(({ record: type }) => type));
  for (const type of RECORD_ORDER) {
    const code = accepted.has(type) ? "record.invalid" : "record.refused";
    expect(() => parseRecord({ record: type, data: { nonsense: 1 } })).toThrow(
      expect.objectContaining({ code }),
    );
  }
});
