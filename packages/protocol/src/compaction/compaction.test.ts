import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createBitmap, setBit } from "../beacons/bitmap.ts";
import { beaconSalt, createChain } from "../beacons/chain.ts";
import type { BeaconChain } from "../beacons/chain.ts";
import { decodeBody, encodeBody } from "../body/codec.ts";
import { beaconLeaf } from "../body/leaf.ts";
import { createBody } from "../body/order.ts";
import type { Body } from "../body/order.ts";
import { fromHex, toHex } from "../bytes.ts";
import { parseGenesis } from "../genesis.ts";
import { createCompactor } from "./compactor.ts";
import { decodeCompactedEpoch, encodeCompactedEpoch } from "./epoch.ts";
import type { CompactedEpoch } from "./epoch.ts";
import { bodyOfEpochs, createEpochLeaves } from "./epoch-leaves.ts";
import { createLinks, spacingOf } from "./links.ts";
import { epochsOfHeight, heightsOfEpoch } from "./heights.ts";
import { rebuildBodies } from "./rebuild.ts";
import {
  EPOCHS,
  type Node,
  SLOTS,
  genesis,
  network,
  HEIGHT,
  nodes,
  log,
  height,
  commitmentLeaf,
} from "./testing/log.ts";

function compact(bodies: readonly Body[], epoch: number): CompactedEpoch {
  const compactor = createCompactor(network, epoch);
  const { from, to } = heightsOfEpoch(genesis, epoch);
  for (let at = from; at < to; at++) compactor.add(at, bodies[at] as Body);
  const compacted = compactor.finish();
  expect(decodeCompactedEpoch(encodeCompactedEpoch(compacted), SLOTS)).toEqual(compacted);
  return compacted;
}

/** The epoch after the last one, of which the log holds commitments alone. */
function afterwards(bodies: readonly Body[]): CompactedEpoch {
  const compactor = createCompactor(network, 6);
  const { from, to } = heightsOfEpoch(genesis, 6);
  for (let at = from; at < to; at++) compactor.add(at, bodies[at] ?? []);
  return compactor.finish();
}

describe("compaction", () => {
  test("gives back every body byte for byte, all at once or a few heights at a time", () => {
    const span = fc.integer({ min: 1, max: HEIGHT });
    fc.assert(
      fc.property(log, span, (bodies, step) => {
        const compacted = [...EPOCHS.map((epoch) => compact(bodies, epoch)), afterwards(bodies)];
        for (let from = 0; from < HEIGHT; from += step) {
          const to = Math.min(HEIGHT, from + step);
          const rebuilt = rebuildBodies(network, compacted, { from, to });
          expect(rebuilt.map((body) => toHex(encodeBody(body)))).toEqual(
            bodies.slice(from, to).map((body) => toHex(encodeBody(body))),
          );
        }
      }),
      { numRuns: 40 },
    );
  });

  test("gives the same bodies one by one, forwards and anywhere", () => {
    fc.assert(
      fc.property(log, height, (bodies, anywhere) => {
        const compacted = [...EPOCHS.map((epoch) => compact(bodies, epoch)), afterwards(bodies)];
        const epochs = compacted.map((epoch) => createEpochLeaves(network, epoch));
        for (const at of [...bodies.keys(), anywhere]) {
          expect(bodyOfEpochs(network, epochs, at)).toEqual(bodies[at]);
        }
      }),
      { numRuns: 20 },
    );
  });

  test("needs nothing but the epochs it names", () => {
    fc.assert(
      fc.property(log, height, (bodies, at) => {
        const needed = epochsOfHeight(genesis, at);
        const all = [...EPOCHS.map((epoch) => compact(bodies, epoch)), afterwards(bodies)];
        const some = all.filter(({ epoch }) => needed.includes(epoch));
        const [body] = rebuildBodies(network, some, { from: at, to: at + 1 });
        expect(body).toEqual(decodeBody(encodeBody(bodies[at] as Body)));
        expect(() => rebuildBodies(network, some.slice(1), { from: at, to: at + 1 })).toThrow(
          expect.objectContaining({ code: "compaction.missing" }),
        );
      }),
      { numRuns: 20 },
    );
  });

  test("recomputes the links that it does not keep", () => {
    const [{ chains }] = nodes as [Node];
    const chain = chains[3] as BeaconChain;
    const salt = beaconSalt(network.networkId, toHex((nodes[0] as Node).publicKey), 3);
    const last = fc.nat({ max: SLOTS - 1 });
    fc.assert(
      fc.property(last, fc.integer({ min: 1, max: SLOTS + 1 }), (index, spacing) => {
        const bitmap = createBitmap(SLOTS);
        setBit(bitmap, index);
        const end = { last: chain.reveal(index), bitmap, salt };
        const nobody = { ...end, bitmap: createBitmap(SLOTS) };
        const links = createLinks([nobody, end], SLOTS, spacing);
        expect(toHex(links.anchor(0))).toBe(toHex(end.last));
        expect(toHex(links.anchor(1))).toBe(toHex(chain.anchor));
        for (let at = 0; at <= index; at++) {
          expect(toHex(links.reveal(1, at))).toBe(toHex(chain.reveal(at)));
        }
      }),
    );
  });

  test("holds links in memory that grows with the nodes, however many a stranger's file names", () => {
    const rowsOf = (nodes: number) => spacingOf(nodes, 720) + 720 / spacingOf(nodes, 720);
    expect([1, 2900, 10_000, 80_000].map((nodes) => spacingOf(nodes, 720))).toEqual([1, 1, 4, 27]);
    for (const nodes of [80_000, 1_000_000, 5_000_000]) expect(rowsOf(nodes)).toBeLessThan(54);
  });

  test("keeps of an honest node 226 bytes for a day of 720 slots, its key included", () => {
    const day = parseGenesis({ ...genesis, slots_per_epoch: 720, first_slot: 0 });
    const [who] = nodes as [Node];
    const publicKeyHex = toHex(who.publicKey);
    const seed = new Uint8Array(32).fill(1);
    const chain = createChain({ seed, ...network, publicKeyHex, epoch: 0, slots: 720 });
    const compactor = createCompactor({ ...network, genesis: day }, 0);
    for (let slot = 0; slot < 720; slot++) {
      const leaves = [beaconLeaf(who.publicKey, chain.reveal(slot))];
      if (slot === 0) leaves.push(commitmentLeaf(who, 0, chain.anchor));
      compactor.add(slot, createBody(leaves));
    }
    const compacted = compactor.finish();
    const none = encodeCompactedEpoch({ ...compacted, nodes: [] });
    expect(compacted.leaves).toEqual([]);
    expect(encodeCompactedEpoch(compacted).length - none.length).toBe(226);
  });

  test("wants every body once, in order", () => {
    const code = expect.objectContaining({ code: "compaction.height" }) as unknown;
    const { from, to } = heightsOfEpoch(genesis, 4);
    const compactor = createCompactor(network, 4);
    expect(() => compactor.finish()).toThrow(code);
    expect(() => compactor.add(from + 1, [])).toThrow(code);
    for (let at = from; at < to; at++) compactor.add(at, []);
    expect(() => compactor.add(to, [])).toThrow(code);
    expect(compactor.finish()).toEqual({ epoch: 4, nodes: [], leaves: [] });
  });

  test("begins where commitments are accepted, and not before the network", () => {
    expect(heightsOfEpoch(genesis, 3)).toEqual({ from: 0, to: SLOTS - 5 });
    expect(heightsOfEpoch(genesis, 4)).toEqual({ from: SLOTS - 5 - 2, to: 2 * SLOTS - 5 });
    expect(epochsOfHeight(genesis, SLOTS - 5 - 3)).toEqual([3]);
    expect(epochsOfHeight(genesis, SLOTS - 5 - 2)).toEqual([3, 4]);
    expect(epochsOfHeight(genesis, SLOTS - 5)).toEqual([4]);
    const day = { ...genesis, slots_per_epoch: 720, first_slot: 0 };
    expect(heightsOfEpoch(day, 1)).toEqual({ from: 660, to: 1440 });
  });

  test("a stored epoch cannot name heights that wrap", () => {
    const bytes = encodeCompactedEpoch({
      epoch: 1,
      nodes: [],
      leaves: [{ height: 1, bytes: fromHex("01") }],
    });
    const altered = bytes.map((byte, i) =>
      i >= bytes.length - 9 && i < bytes.length - 1 ? 255 : byte,
    );
    expect(() => decodeCompactedEpoch(altered, SLOTS)).toThrow(
      expect.objectContaining({ code: "bytes.u64" }),
    );
  });
});
