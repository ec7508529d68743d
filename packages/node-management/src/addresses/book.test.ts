import { createAddressBook, decodeBody, isCancellation, slotAt } from "@lucid/protocol";
import * as fc from "fast-check";
import { expect, it } from "vitest";
import type { Owner } from "../registry/index.ts";
import {
  createTestNode,
  createTestServices,
  signCancellation,
  signChange,
  slowNetwork,
  type TestNode,
  type TestServices,
} from "../testing/index.ts";

const network = slowNetwork(12 * 3_600_000);
const { genesis } = network;
const wallets = ["a", "b", "c", "d"].map((name) => createTestNode(network, name));

const step = fc.record({
  what: fc.constantFrom("enrol", "change", "change", "change", "cancel"),
  who: fc.nat({ max: wallets.length - 1 }),
  to: fc.nat({ max: wallets.length - 1 }),
  withOld: fc.boolean(),
  slots: fc.constantFrom(0, 0, 1, 1, 3, 5, 61),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const walletAt = (position: number) => wallets[position] as (typeof wallets)[number];

/** Whoever is asked may refuse; nothing that is wrong may come of what is accepted. */
const take = async (services: TestServices, one: Step, position: number): Promise<void> => {
  const { registry, addresses } = services;
  if (one.what === "enrol" || position === 0) {
    const node = createTestNode(network, `node ${position}`, { owner: "abcd"[one.who] ?? "" });
    const header_hash = services.sealing.headerHash();
    await registry.enrol(network.networkId, node.enrolment({ header_hash }));
    return;
  }
  const owners = registry.owners();
  const { ownerId, nodeIds, address } = owners[one.who % owners.length] as Owner;
  const wallet = wallets.find((known) => known.address === address) as TestNode;
  if (one.what === "cancel") {
    const seq = Math.max(0, addresses.nextSeq(ownerId) - 1);
    await addresses.cancel(signCancellation(network, { ownerId, seq, from: wallet }));
    return;
  }
  const name = signers.get(nodeIds[0] ?? "") ?? "";
  await addresses.change(
    signChange(network, {
      node: createTestNode(network, name),
      ownerId,
      from: wallet,
      to: walletAt(one.to),
      seq: addresses.nextSeq(ownerId),
      withOld: one.withOld,
    }),
  );
};
const signers = new Map(
  Array.from({ length: 40 }, (_, n) => `node ${n}`).map((name) => [
    createTestNode(network, name).nodeId,
    name,
  ]),
);

/** The book of whoever reads the blocks alone; throws for an enrolment that does not hold. */
const bookOfLog = ({ publicLog }: TestServices) => {
  const book = createAddressBook(network);
  for (const [height, body] of publicLog.bodies.entries()) {
    const slot = genesis.first_slot + height;
    for (const { leaf } of decodeBody(body)) {
      if (leaf.kind !== "record") continue;
      if (leaf.record === "enrolment") expect(book.enrol(leaf.data.address, slot).ok).toBe(true);
      if (leaf.record !== "address_change") continue;
      if (isCancellation(leaf.data)) book.cancel(leaf.data, slot);
      else book.change(leaf.data, slot);
    }
  }
  return book;
};

it("whatever owners do, the registry tells the addresses that follow from the blocks, also after a restart", async () => {
  let changes = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
      await using services = await createTestServices({ network });
      for (const [position, one] of steps.entries()) {
        await take(services, one, position);
        const slot = slotAt(genesis, services.clock.now()) + one.slots;
        if (one.slots > 0) await services.goTo(slot, genesis.grace_ms);
        await services.seal();
      }
      await services.goTo(slotAt(genesis, services.clock.now()) + 2, genesis.grace_ms);
      await services.seal();
      const book = bookOfLog(services);
      const nowMs = services.clock.now();
      const { registry } = await services.restarted();
      for (const { ownerId, address } of services.registry.owners()) {
        expect(address).toBe(book.addressAt(ownerId, nowMs));
        expect(registry.owner(ownerId)?.address).toBe(address);
        const history = book.historyOf(ownerId);
        expect(services.registry.addresses.historyOf(ownerId)).toEqual(history);
        expect(registry.addresses.historyOf(ownerId)).toEqual(history);
        changes += history?.changes.length ?? 0;
      }
      for (const { address } of wallets) {
        const use = book.useAt(address, nowMs);
        const owner = use?.use === "in_force" ? use.owner : undefined;
        expect(services.registry.ownerOfAddress(address)?.ownerId).toBe(owner);
      }
    }),
    { numRuns: 30 },
  );
  expect(changes).toBeGreaterThan(20);
});
