import edge from "../../../../vectors/ed25519-edge.json" with { type: "json" };
import { countBits, findEnrolmentNonce, NO_HEADER_HASH, signMessage } from "@lucid/protocol";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  createTestNode,
  createTestServices,
  testGenesis,
  testNetwork,
  testPolicy,
  type TestServices,
} from "../testing/index.ts";
import { createFaultyDocuments } from "../testing/faults.ts";
import { createRegistry } from "./index.ts";

const network = testNetwork();
const node = createTestNode(network, "a");
let services: TestServices;

beforeEach(async () => {
  services = await createTestServices({ network });
});
afterEach(() => services[Symbol.asyncDispose]());

const enrol = (changes: Parameters<typeof node.enrolment>[0] = {}) =>
  services.registry.enrol(network.networkId, node.enrolment(changes));

describe("enrolment", () => {
  it("makes a node and its owner, active from the next slot on in a demo", async () => {
    const verdict = await enrol();
    expect(verdict).toMatchObject({ outcome: "enrolled", node: { nodeId: node.nodeId } });
    const { registry } = services;
    expect([450, 451].map((slot) => registry.standingAt(node.nodeId, slot))).toEqual([
      "pending",
      "active",
    ]);
    expect(registry.ownerOfAddress(node.address)?.nodeIds).toEqual([node.nodeId]);
  });

  it("finds the first when it is repeated, also twice at once", async () => {
    const outcomes = (await Promise.all([enrol(), enrol()])).map(({ outcome }) => outcome);
    expect(outcomes.toSorted()).toEqual(["enrolled", "found"]);
    expect((await enrol()).outcome).toBe("found");
    expect(services.registry.size).toBe(1);
  });

  it("adds another node to the owner of the address", async () => {
    await enrol();
    const second = await services.enrol("b", { owner: "a" });
    const owner = services.registry.ownerOfAddress(node.address);
    expect(owner?.nodeIds).toEqual([node.nodeId, second.nodeId].toSorted());
    expect(services.registry.owners()).toHaveLength(1);
  });

  it("is refused with another address for the same key", async () => {
    await enrol();
    const other = createTestNode(network, "other");
    expect(await enrol({ address: other.address })).toMatchObject({
      code: "nodes.already_enrolled",
    });
  });

  const shortened = node.address.slice(0, -1) + (node.address.endsWith("a") ? "b" : "a");
  /** An enrolment of another key whose work is done, so that the key itself is looked at. */
  const withKey = (public_key: string) => ({
    public_key,
    nonce: findEnrolmentNonce(network.networkId, NO_HEADER_HASH, public_key, 8),
  });
  const torsionKey = edge.keys.find((key) => key.case === "torsion")?.public_key ?? "";
  it.each([
    ["seq", { seq: 1 }, "enrol.seq", "/seq"],
    ["letters that base58 lacks", { address: "T0OIl" }, "enrol.address", "base58"],
    ["Bitcoin's", { address: "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa" }, "enrol.address", "T"],
    ["Ethereum's", { address: `0x${"ab".repeat(20)}` }, "enrol.address", "base58"],
    ["a mistyped address", { address: shortened }, "enrol.address", "checksum"],
    [
      "the zero address",
      { address: "T9yD14Nj9j7xAB4dbGeiX9h8unkKHxuWwb" },
      "enrol.address",
      "zero address",
    ],
    ["weak work", { nonce: "00".repeat(8) }, "enrol.proof_of_work", "zero bits"],
    ["an old header", { header_hash: "11".repeat(32) }, "enrol.header_hash", "header_hash"],
    ["a wrong signature", { signature: "00".repeat(64) }, "enrol.signature", "signature"],
    [
      "another wallet's signature",
      { wallet_signature: signMessage("22".repeat(32), "another text") },
      "enrol.wallet_signature",
      "wallet",
    ],
    ["a key of small order", withKey("00".repeat(32)), "enrol.public_key", "small order"],
    ["a key with torsion", withKey(torsionKey), "enrol.public_key", "torsion"],
  ] as const)("is refused for %s", async (_, changes, code, named) => {
    const verdict = await enrol(changes);
    expect(verdict).toMatchObject({ outcome: "refused", code });
    expect(verdict).toHaveProperty("detail", expect.stringContaining(named));
    expect(services.registry.size).toBe(0);
  });

  it("is refused on another network, and when signed for another network", async () => {
    const other = testNetwork(testGenesis({ name: "other" }));
    const foreign = createTestNode(other, "a").enrolment();
    expect(await services.registry.enrol(other.networkId, foreign)).toMatchObject({
      code: "network.wrong",
    });
    const verdict = await services.registry.enrol(network.networkId, {
      ...node.enrolment(),
      signature: foreign.signature,
    });
    expect(verdict).toMatchObject({ code: "enrol.signature" });
  });
});

describe("addresses that nobody may be paid at", () => {
  it("are refused, and the refusal says which it is", async () => {
    const { documents, policies, clock, events } = services;
    const registry = await createRegistry(
      { documents, network, policies, clock, events },
      { refusedAddress: async () => "the treasury of this network" },
    );
    const verdict = await registry.enrol(network.networkId, node.enrolment());
    expect(verdict).toMatchObject({ code: "enrol.address" });
    expect(verdict).toHaveProperty("detail", expect.stringContaining("the treasury"));
  });
});

describe("an enrolment that was cut short", () => {
  it.each(["nodes", "owners", "standings", "address_claims"])(
    "is completed when %s failed",
    async (collection) => {
      const faulty = createFaultyDocuments();
      await using broken = await createTestServices({ network, decorate: faulty.decorate });
      const send = () => broken.registry.enrol(network.networkId, node.enrolment());
      faulty.break(collection, "fails");
      await expect(send()).rejects.toMatchObject({ code: "documents.full" });
      faulty.break(collection, null);
      expect(await send()).toHaveProperty("node.nodeId", node.nodeId);
      expect(broken.registry.standingAt(node.nodeId, 451)).toBe("active");
      expect(broken.registry.owners()).toHaveLength(1);
    },
  );

  it.each(["owners", "standings"])(
    "is completed at the next start when %s failed",
    async (name) => {
      const faulty = createFaultyDocuments();
      await using broken = await createTestServices({ network, decorate: faulty.decorate });
      faulty.break(name, "fails");
      const sent = broken.registry.enrol(network.networkId, node.enrolment());
      await expect(sent).rejects.toMatchObject({ code: "documents.full" });
      faulty.break(name, null);
      const { registry } = await broken.restarted();
      expect(registry.standingAt(node.nodeId, 451)).toBe("active");
      expect(registry.ownerOfAddress(node.address)?.nodeIds).toEqual([node.nodeId]);
    },
  );

  it("is read again when the store's answer was lost", async () => {
    const faulty = createFaultyDocuments();
    await using broken = await createTestServices({ network, decorate: faulty.decorate });
    for (const collection of ["nodes", "owners", "standings"])
      faulty.break(collection, "loses_reply");
    const verdict = await broken.registry.enrol(network.networkId, node.enrolment());
    expect(verdict).toHaveProperty("node.nodeId", node.nodeId);
    expect(broken.registry.standingAt(node.nodeId, 451)).toBe("active");
  });
});

describe("standing", () => {
  const change = (standing: "active" | "suspended" | "retired") =>
    services.registry.changeStanding(node.nodeId, { standing, reason: "test", by: "operator" });

  it("waits for approval where admission is by approval", async () => {
    await using strict = await createTestServices({
      network,
      policy: testPolicy(network, { admission: "approval" }),
    });
    const { nodeId } = await strict.enrol("a");
    expect(strict.registry.standingAt(nodeId, 1000)).toBe("pending");
    await strict.registry.changeStanding(nodeId, {
      standing: "active",
      reason: "approved",
      by: "operator",
    });
    expect(strict.registry.standingAt(nodeId, 451)).toBe("active");
    expect((await strict.restarted()).registry.standingAt(nodeId, 451)).toBe("active");
  });

  it("holds from the slot after the one it was decided in", async () => {
    await enrol();
    await services.goTo(455, 100);
    expect(await change("suspended")).toMatchObject({ outcome: "changed" });
    expect(await change("suspended")).toMatchObject({ outcome: "unchanged" });
    await services.goTo(457);
    await change("active");
    const { registry } = services;
    const standings = [455, 456, 457, 458].map((slot) => registry.standingAt(node.nodeId, slot));
    expect(standings).toEqual(["active", "suspended", "suspended", "active"]);
    expect(countBits(registry.activeSlots(node.nodeId, 30))).toBe(5 + 7);
  });

  it("is final once retired", async () => {
    await enrol();
    await change("retired");
    expect(await change("active")).toMatchObject({ code: "nodes.standing" });
    expect(await change("retired")).toMatchObject({ outcome: "unchanged" });
  });

  it("is one decision at a time, whoever asks", async () => {
    await enrol();
    const outcomes = await Promise.all([change("suspended"), change("retired"), change("active")]);
    const { registry } = await services.restarted();
    expect(registry.latestChange(node.nodeId)).toEqual(services.registry.latestChange(node.nodeId));
    expect(outcomes.some(({ outcome }) => outcome === "changed")).toBe(true);
  });
});
