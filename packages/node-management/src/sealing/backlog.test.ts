import { type BodyLeaf, bodyRoot, decodeBody, nodeId, toHex } from "@lucid/protocol";
import { describe, expect, it } from "vitest";
import { checkLog } from "../testing/check-log.ts";
import { testGenesis, testNetwork } from "../testing/index.ts";
import { createSealingWorld, sealTheRest } from "../testing/sealing-world.ts";

const first = 450;
const maxBytes = 65_536;
const network = testNetwork(testGenesis({ max_body_bytes: maxBytes }));

describe("a slot with more than a body has room for", () => {
  it("leaves records from the end of body order to the next ones, beacons and commitments never", async () => {
    await using world = await createSealingWorld({ network });
    const process = await world.start();
    await world.facts.enrol(process, 0);
    await world.goTo(first + 1, 500);
    await world.facts.commit(process, 0);
    await world.facts.beacon(process, 0);
    await world.facts.decide(process, 0, "suspended");
    for (let number = 0; number < 400; number++) await world.facts.earn(process, 0, number);
    await world.goTo(first + 2, 500);
    await process.seal();
    expect(process.sealing.last()?.backlog).toBeGreaterThan(0);
    expect(await process.sealing.firstWithoutBacklog(first + 1)).toBeNull();
    await sealTheRest(world);
    await checkLog(world);

    const { headers, bodies } = world.publicLog;
    const crowded = headers.filter(({ backlog }) => backlog > 0);
    expect(crowded.map(({ slot }) => slot)).toEqual([first + 1, first + 2]);
    expect(await process.sealing.firstWithoutBacklog(first + 1)).toBe(first + 3);
    for (const { height, body_root } of headers) {
      const framed = bodies[height] as Uint8Array;
      expect(framed.length).toBeLessThanOrEqual(maxBytes);
      expect(bodyRoot(decodeBody(framed))).toBe(body_root);
    }
    const kinds = decodeBody(bodies[1] as Uint8Array).map(({ leaf }) =>
      leaf.kind === "record" ? leaf.record : leaf.kind,
    );
    expect(kinds.slice(0, 3)).toEqual(["beacon", "standing", "commitment"]);
  });

  it("delays what a standing says until it is sealed", async () => {
    await using world = await createSealingWorld({ network, nodes: manyNodes });
    const process = await world.start();
    for (const node of manyNodes.keys()) await world.facts.enrol(process, node);
    await world.goTo(first + 1, 400);
    await process.seal();
    await world.goTo(first + 2, 400);
    await process.seal();
    const held = world.nodes.map(
      ({ nodeId }) => process.registry.latestChange(nodeId)?.sealed_slot ?? 0,
    );
    // Enrolments filled the first body, and never wait.
    expect(new Set(held)).toEqual(new Set([first + 1]));
    await sealTheRest(world);
    await checkLog(world);
  });

  it("has the enrolment of every node before what it sent, however many enrol at once", async () => {
    await using world = await createSealingWorld({ network, nodes: manyNodes });
    const process = await world.start();
    for (const node of manyNodes.keys()) await world.facts.enrol(process, node);
    for (const slot of [first + 1, first + 2]) {
      await world.goTo(slot, 500);
      for (const node of manyNodes.keys()) await world.facts.commit(process, node);
      for (const node of manyNodes.keys()) await world.facts.beacon(process, node);
    }
    await sealTheRest(world);
    const enrolled = new Set<string>();
    for (const bytes of world.publicLog.bodies) {
      const body = decodeBody(bytes);
      for (const node of body.flatMap(enrolledBy)) enrolled.add(node);
      expect(body.flatMap(sentBy).filter((node) => !enrolled.has(node))).toEqual([]);
    }
    expect(enrolled.size).toBe(manyNodes.length);
    await checkLog(world);
  });
});

const manyNodes = Array.from({ length: 150 }, (_, i) => `node ${i}`);

const enrolledBy = ({ leaf }: BodyLeaf): string[] =>
  leaf.kind === "record" && leaf.record === "enrolment" ? [nodeId(leaf.data.public_key)] : [];

const sentBy = ({ leaf }: BodyLeaf): string[] => {
  if (leaf.kind === "beacon") return [nodeId(toHex(leaf.publicKey))];
  return leaf.kind === "record" && leaf.record === "commitment" ? [leaf.data.node_id] : [];
};
