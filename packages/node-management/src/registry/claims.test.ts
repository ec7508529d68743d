import type { DocumentsOptions } from "@lucid/platform/documents";
import { describe, expect, it } from "vitest";
import { createTestDatabase } from "../../../platform/src/documents/mongodb/testing/server.ts";
import { serverUri } from "../../../platform/src/documents/mongodb/testing/server-uri.ts";
import { createTestNode, createTestServices, signChange, slowNetwork } from "../testing/index.ts";
import { CLAIM_MS } from "./claims.ts";

const network = slowNetwork();
const ROUNDS = 12;

type Store = AsyncDisposable & { readonly options: DocumentsOptions };
const sqlite = (): Store => ({
  options: { engine: "sqlite", path: ":memory:" },
  [Symbol.asyncDispose]: async () => undefined,
});
const mongodb = (): Store => {
  const database = createTestDatabase(serverUri ?? "");
  const options = { engine: "mongodb", uri: database.uri } as const;
  return { options, [Symbol.asyncDispose]: () => database[Symbol.asyncDispose]() };
};
const engines = [
  { name: "SQLite", open: sqlite, isThere: true },
  { name: "MongoDB", open: mongodb, isThere: serverUri !== null },
];

describe.each(engines.filter(({ isThere }) => isThere))("on $name, an address", ({ open }) => {
  it("is enrolled with or changed to, never both, in the same moment on two replicas", async () => {
    await using store = open();
    await using services = await createTestServices({ network, store: store.options });
    const other = await services.replica("other");
    const changing = await Promise.all(
      Array.from({ length: ROUNDS }, (_, n) => services.enrol(`changing ${n}`)),
    );
    const header_hash = services.sealing.headerHash();
    const outcomes = await Promise.all(
      changing.map(async (node, n) => {
        const to = createTestNode(network, `wanted ${n}`);
        const ownerId = services.registry.ownerOfAddress(node.address)?.ownerId ?? "";
        const [changed, enrolled] = await Promise.all([
          services.addresses.change(signChange(network, { node, ownerId, to })),
          other.registry.enrol(network.networkId, to.enrolment({ header_hash })),
        ]);
        return [changed.outcome, enrolled.outcome];
      }),
    );
    for (const outcome of outcomes) {
      expect(outcome).toContain("refused");
      expect(outcome).not.toEqual(["refused", "refused"]);
    }
    // A store in which an address had been taken twice refuses to be loaded.
    await services.goTo(network.genesis.first_slot + 2, network.genesis.grace_ms);
    await services.seal();
    const restarted = await services.restarted();
    expect(restarted.registry.size).toBe(
      ROUNDS + outcomes.filter(([, enrolled]) => enrolled === "enrolled").length,
    );
  });

  it("is claimed by one of many, again by the same, and by another once nothing came of it", async () => {
    await using store = open();
    await using services = await createTestServices({ network, store: store.options });
    const { clock, registry } = services;
    const other = await services.replica("other");
    const holders = Array.from({ length: 9 }, (_, n) => `owner ${n}`);
    const claims = (from = registry) =>
      Promise.all(holders.map((holder) => from.claimAddress("T1", holder)));
    for (let round = 0; round < 3; round++) {
      const [ours, theirs] = await Promise.all([claims(), claims(other.registry)]);
      const winners = holders.filter((_, n) => ours[n] || theirs[n]);
      expect(winners).toHaveLength(1);
      const [winner = ""] = winners;
      await clock.advance(CLAIM_MS - 1);
      expect(await other.registry.claimAddress("T1", winner)).toBe(true);
      await clock.advance(CLAIM_MS - 1);
      expect((await claims()).filter(Boolean)).toHaveLength(1);
      await clock.advance(CLAIM_MS);
    }
  });
});
