import { connect } from "node:net";
import { signMessage, toHex } from "@lucid/protocol";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestNode, testGenesis, testNetwork, type TestNode } from "./testing/index.ts";
import { adminSeed, refusalOf, startTestService, type TestService } from "./testing/service.ts";

const treasurer = createTestNode(testNetwork(), "treasurer");
let test: TestService;
let node: TestNode;
let slot: number;
const stranger = () => createTestNode(test.network, "stranger");

beforeAll(async () => {
  test = await startTestService({ settings: { NODE_ADDRESS: treasurer.address } });
  node = await test.join("a");
  slot = 451;
});
afterAll(() => test[Symbol.asyncDispose]());

const enrol = (changes: object, by: TestNode = stranger()) =>
  refusalOf(
    test.client.call("enrolNode", {
      body: { network_id: test.network.networkId, ...by.enrolment(), ...changes },
    }),
  );
const send = (changes: object) =>
  refusalOf(test.client.call("sendBeacon", { body: { ...node.beacon(slot), ...changes } }));
const commit = (body: ReturnType<TestNode["commitment"]> & { network_id?: string }) =>
  refusalOf(test.client.call("commitBeacons", { body }));

describe("an enrolment", () => {
  it("is refused with the right status, code and reason", async () => {
    const other = testNetwork(testGenesis({ name: "other" }));
    const foreign = createTestNode(other, "stranger").enrolment();
    const wrongSum = `${node.address.slice(0, -1)}${node.address.endsWith("a") ? "b" : "a"}`;
    expect(await enrol({ network_id: other.networkId })).toBe("409 network.wrong");
    expect(await enrol({ signature: foreign.signature })).toBe("422 enrol.signature");
    expect(await enrol({ signature: "00".repeat(64) })).toBe("422 enrol.signature");
    expect(await enrol({ address: "T0OIl" })).toBe("422 enrol.address");
    expect(await enrol({ address: wrongSum })).toBe("422 enrol.address");
    expect(await enrol({ address: "T9yD14Nj9j7xAB4dbGeiX9h8unkKHxuWwb" })).toBe(
      "422 enrol.address",
    );
    // With the signature of its wallet: nobody else learns which address it is.
    expect(await enrol({}, treasurer)).toBe("422 enrol.address");
    expect(await enrol({ address: treasurer.address })).toBe("422 enrol.signature");
    expect(await enrol({ seq: 1 })).toBe("422 enrol.seq");
    expect(await enrol({ header_hash: "11".repeat(32) })).toBe("409 enrol.header_hash");
    expect(await enrol({ nonce: "ff".repeat(7) })).toBe("422 request.invalid");
    expect(await enrol({ colour: "red" })).toBe("422 request.invalid");
    const signed = stranger().enrolment({ wallet_signature: signMessage("22".repeat(32), "x") });
    expect(await enrol(signed)).toBe("422 enrol.wallet_signature");
    expect(await enrol({ address: stranger().address }, node)).toBe("409 nodes.already_enrolled");
  });

  it("answers 201, then 200 for the same again", async () => {
    const body = JSON.stringify({
      network_id: test.network.networkId,
      ...createTestNode(test.network, "fresh").enrolment(),
    });
    const post = () =>
      fetch(`${test.service.url}/api/v1/nodes`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body,
      });
    expect([(await post()).status, (await post()).status]).toEqual([201, 200]);
  });
});

describe("a beacon", () => {
  it("is refused with the right status and code", async () => {
    expect(await send({ node_id: stranger().nodeId })).toBe("404 nodes.unknown");
    expect(await send({ slot: slot + 1 })).toBe("409 beacons.early");
    expect(await send({ slot: slot - 10 })).toBe("409 beacons.late");
    expect(await send(node.beacon(slot + 15))).toBe("409 beacons.early");
    expect(await send({ reveal: node.beacon(slot + 15).reveal })).toBe("422 beacons.wrong_reveal");
    expect(await send({ reveal: node.beacon(slot + 1).reveal })).toBe("422 beacons.wrong_reveal");
    expect(await send({ reveal: "zz" })).toBe("422 request.invalid");
    const uncommitted = createTestNode(test.network, "uncommitted");
    await enrol({}, uncommitted);
    expect(await send({ node_id: uncommitted.nodeId })).toBe("409 nodes.not_active");
  });

  it("says the server's time, so that a wrong clock can be seen", async () => {
    const call = test.client.call("sendBeacon", { body: node.beacon(slot + 1) });
    await expect(call).rejects.toMatchObject({ problem: { server_time_ms: test.clock.now() } });
    await expect(call).rejects.toThrow(/slot 452 is accepted from/);
  });

  it("is accepted once and then a duplicate", async () => {
    const body = node.beacon(slot);
    const answers = [
      await test.client.call("sendBeacon", { body }),
      await test.client.call("sendBeacon", { body }),
    ];
    expect(answers.map(({ verdict }) => verdict)).toEqual(["accepted", "duplicate"]);
    const presence = await test.client.call("getPresence", { query: { node_id: node.nodeId } });
    expect(presence.items).toEqual([{ node_id: node.nodeId, slots: "-1" }]);
    const view = await test.client.call("getNode", { params: { node_id: node.nodeId } });
    expect(view).toMatchObject({ status: "online", last_beacon_slot: slot });
  });
});

describe("a commitment", () => {
  it("is refused with the right status and code", async () => {
    expect(await commit(node.otherCommitment(30))).toBe("409 commitments.equivocation");
    expect(await commit(node.commitment(31))).toBe("409 commitments.window");
    expect(await commit({ ...node.commitment(30), anchor: "00".repeat(32) })).toBe(
      "422 commitments.signature",
    );
    expect(await commit(stranger().commitment(30))).toBe("404 nodes.unknown");
    expect(await commit({ ...node.commitment(30), network_id: "00".repeat(32) })).toBe(
      "409 network.wrong",
    );
    expect(await commit(node.commitment(30))).toBe("200");
  });
});

describe("forged beacons over one connection", () => {
  it("end the connection, and others go on", async () => {
    const { port } = new URL(test.service.url);
    const socket = connect(Number(port), "127.0.0.1");
    const body = JSON.stringify({ node_id: node.nodeId, slot, reveal: "ab".repeat(32) });
    const request = `POST /api/v1/beacons HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
    let answers = "";
    socket.on("data", (bytes: Buffer) => (answers += bytes.toString("latin1")));
    socket.on("error", () => null);
    socket.write(request.repeat(200));
    await new Promise((resolve) => socket.on("close", resolve));
    expect(answers.match(/HTTP\/1.1 422/g)).toHaveLength(32);
    expect(answers.match(/HTTP\/1.1 429/g)?.length).toBeGreaterThan(0);
    expect(answers).toMatch(/retry-after: 1/i);
    expect((await test.client.call("sendBeacon", { body: node.beacon(slot) })).verdict).toBe(
      "duplicate",
    );
  });
});

describe("bodies that are no use", () => {
  const post = (body: string | Uint8Array<ArrayBuffer>, type = "application/json") =>
    fetch(`${test.service.url}/api/v1/beacons`, {
      method: "POST",
      headers: { "content-type": type },
      body,
    }).then(
      async (answer) => `${answer.status} ${((await answer.json()) as { code: string }).code}`,
      () => "closed",
    );

  it("are refused without holding up others", async () => {
    expect(await post("{")).toBe("400 request.malformed");
    expect(await post("[]")).toBe("422 request.invalid");
    expect(await post("{}", "text/plain")).toBe("415 request.media_type");
    expect(["413 request.too_large", "closed"]).toContain(await post(new Uint8Array(2 ** 20)));
    expect(await send({})).toBe("200");
  });
});

describe("roles", () => {
  it("decide who changes a node's standing", async () => {
    const other = createTestNode(test.network, "other");
    await enrol({}, other);
    const params = { node_id: other.nodeId };
    const body = { standing: "suspended", reason: "test" } as const;
    expect(await refusalOf(test.client.call("changeStanding", { params, body }))).toBe(
      "401 access.unauthenticated",
    );
    const asNode = await test.signIn(node.seed);
    expect(await refusalOf(asNode.call("changeStanding", { params, body }))).toBe(
      "403 access.forbidden",
    );
    expect(await refusalOf(asNode.call("retireNode", { params }))).toBe("403 access.not_yours");
    const admin = await test.signIn(adminSeed);
    await admin.call("changeStanding", { params, body });
    const asOther = await test.signIn(other.seed);
    await asOther.call("retireNode", { params });
    expect(
      await refusalOf(
        admin.call("changeStanding", { params, body: { ...body, standing: "active" } }),
      ),
    ).toBe("409 nodes.standing");
  });

  it("let only an admin announce a policy", async () => {
    const { policy } = await test.client.call("getNetwork", {});
    const next = { policy: { ...policy, version: 2, from_epoch: 32 } };
    expect(await refusalOf(test.client.call("createPolicy", { body: next }))).toBe(
      "401 access.unauthenticated",
    );
    const admin = await test.signIn(adminSeed);
    const early = { policy: { ...next.policy, from_epoch: 31 } };
    expect(await refusalOf(admin.call("createPolicy", { body: early }))).toBe(
      "422 policy.from_epoch",
    );
    expect(await admin.call("createPolicy", { body: next })).toMatchObject({ version: 2 });
  });

  it("are given only for the right answer to a challenge", async () => {
    const { challenge, expires_at } = await test.client.call("createChallenge", {});
    const body = {
      challenge,
      expires_at,
      public_key: toHex(new Uint8Array(32).fill(3)),
      signature: "00".repeat(64),
    };
    expect(await refusalOf(test.client.call("createToken", { body }))).toBe(
      "403 access.unknown_key",
    );
    expect(
      await refusalOf(
        test.client.call("createToken", { body: { ...body, public_key: node.publicKey } }),
      ),
    ).toBe("401 access.signature");
    expect(
      await refusalOf(
        test.client.call("createToken", { body: { ...body, expires_at: expires_at + 1 } }),
      ),
    ).toBe("409 access.challenge");
  });
});
