import { bodyProblem, createBody, decodeBody, encodeBody, linkProblem } from "@lucid/protocol";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestServices, type TestNode, type TestServices } from "../testing/index.ts";

const first = 450;
const epoch = 30;

let services: TestServices;
let node: TestNode;
let stop: AbortController;
let listening: Promise<void>;

beforeEach(async () => {
  services = await createTestServices();
  stop = new AbortController();
  listening = services.beacons.listen(stop.signal);
  node = await services.enrol("a");
});
afterEach(async () => {
  stop.abort();
  await listening;
  await services[Symbol.asyncDispose]();
});

const send = (slot: number) => services.beacons.accept(node.beacon(slot), { failures: 0 });
const kindsIn = async (slot: number) =>
  (await services.sealing.body(slot))?.map(({ leaf }) =>
    leaf.kind === "record" ? leaf.record : leaf.kind,
  );

describe("a slot", () => {
  it("is sealed once its grace is over, with everything that happened before its end", async () => {
    await services.goTo(first + 1, 399);
    await services.seal();
    expect(services.sealing.last()).toBeNull();
    await services.goTo(first + 1, 400);
    await services.seal();
    expect(services.sealing.last()).toMatchObject({ slot: first, height: 0, backlog: 0 });
    expect(await kindsIn(first)).toEqual(["policy", "enrolment", "standing"]);
  });

  it("holds every acknowledged beacon, behind the commitment or with it", async () => {
    await services.goTo(first + 1, 500);
    await services.beacons.commit(node.commitment(epoch), { failures: 0 });
    await send(first + 1);
    await services.goTo(first + 2, 300);
    expect(await send(first + 2)).toMatchObject({ verdict: "accepted" });
    await services.goTo(first + 3, 400);
    await services.seal();
    expect(await kindsIn(first + 1)).toEqual(["beacon", "commitment"]);
    expect(await kindsIn(first + 2)).toEqual(["beacon"]);
  });

  it("has a commitment before its beacons also when it came while the clock was ahead", async () => {
    await services.goTo(first + 1, 500);
    services.clock.set(services.clock.now() + 20_000);
    await services.beacons.commit(node.commitment(epoch), { failures: 0 });
    services.clock.set(services.clock.now() - 20_000);
    expect(await send(first + 1)).toMatchObject({ verdict: "accepted" });
    await services.goTo(first + 2, 500);
    await services.seal();
    expect(await kindsIn(first)).toContain("commitment");
    expect(await kindsIn(first + 1)).toEqual(["beacon"]);
  });

  it("takes no beacon after it is sealed", async () => {
    await services.goTo(first + 1, 500);
    await services.beacons.commit(node.commitment(epoch), { failures: 0 });
    await services.goTo(first + 2, 400);
    await services.seal();
    services.clock.set(services.clock.now() - 300);
    expect(await send(first + 1)).toMatchObject({ verdict: "late" });
  });
});

describe("the blocks", () => {
  it("link, are those of the log, and hold each fact once", async () => {
    await services.goTo(first + 1);
    await services.beacons.commit(node.commitment(epoch), { failures: 0 });
    for (let slot = first + 1; slot < first + 5; slot++) {
      await services.goTo(slot, 100);
      await send(slot);
      await services.seal();
    }
    await services.goTo(first + 40, 400);
    await services.seal();
    const { headers, bodies } = services.publicLog;
    expect(headers).toHaveLength(40);
    for (const [height, header] of headers.entries()) {
      expect(linkProblem(services.network, headers[height - 1] ?? null, header)).toBeNull();
      const body = decodeBody(bodies[height] as Uint8Array);
      expect(bodyProblem(header, body)).toBeNull();
      expect(encodeBody(createBody(body.map(({ bytes }) => bytes)))).toEqual(bodies[height]);
    }
    expect(services.sealing.sender.lagSlots()).toBe(0);
    expect(services.sealing.checkpoint()).toMatchObject({ size: 40 });
  });
});
