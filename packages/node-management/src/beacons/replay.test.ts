import { slotStart } from "@lucid/protocol";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createTestNode, createTestServices, testNetwork, testPolicy } from "../testing/index.ts";
import { acceptedIn } from "../testing/presence.ts";

const network = testNetwork();
const policy = testPolicy(network);
const first = 451;
const epoch = 30;
const names = ["a", "b"];
const nodes = names.map((name) => createTestNode(network, name));
const enrolments = nodes.map((node) => node.enrolment());
const commitments = nodes.map((node) => node.commitment(epoch));
const slots = 6;
const beacons = nodes.map((node) =>
  Array.from({ length: slots }, (_, i) => node.beacon(first + i)),
);

/** When which node's beacon for which slot arrives, ms after the first slot's start. */
const arrival = fc.record({
  node: fc.nat({ max: names.length - 1 }),
  slot: fc.nat({ max: slots - 1 }),
  atMs: fc.nat({ max: slots * 2000 }),
});
type Arrival = { node: number; slot: number; atMs: number };

const receive = async (arrivals: readonly Arrival[]) => {
  await using services = await createTestServices({ network, policy });
  for (const enrolment of enrolments) await services.registry.enrol(network.networkId, enrolment);
  await services.goTo(first);
  for (const commitment of commitments) await services.beacons.commit(commitment, { failures: 0 });
  const accepted: Arrival[] = [];
  for (const one of arrivals.toSorted((a, b) => a.atMs - b.atMs)) {
    const atMs = slotStart(network.genesis, first) + one.atMs;
    await services.clock.advance(Math.max(0, atMs - services.clock.now()));
    const message = beacons[one.node]?.[one.slot];
    if (message === undefined) throw new Error("no such beacon");
    const { verdict } = await services.beacons.accept(message, { failures: 0 });
    if (verdict === "accepted") accepted.push(one);
  }
  return { accepted, presence: await acceptedIn(services, epoch) };
};

/** Every accepted beacon again: at the same moments, and each of them once more at the end. */
const replayed = (accepted: readonly Arrival[]): Arrival[] => [
  ...accepted.flatMap((one) => [one, one]),
  ...accepted.map((one) => ({ ...one, atMs: slots * 2000 })),
];

describe("accepted beacons", () => {
  it("mean the same when they are replayed and reordered", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(arrival, { maxLength: 30 }), async (arrivals) => {
        const once = await receive(arrivals);
        const again = await receive(replayed(once.accepted));
        expect(again.presence).toEqual(once.presence);
        expect(again.accepted).toHaveLength(once.accepted.length);
      }),
      { numRuns: 25 },
    );
  });
});
