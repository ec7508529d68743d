import type { Documents } from "@lucid/platform/documents";
import { toHex } from "@lucid/protocol";
import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { followAll } from "./sharing.ts";
import {
  createTestNode,
  createTestServices,
  signChange,
  type TestNode,
  type TestServices,
} from "./testing/index.ts";

const first = 450;
const epoch = 30;
const by = "operator";
const connection = () => ({ failures: 0 });
type Replica = Awaited<ReturnType<TestServices["replica"]>>;

let services: TestServices;
let a: Replica;
let b: Replica;

beforeEach(async () => {
  services = await createTestServices();
  a = await startReplica("a");
  b = await startReplica("b");
});
afterEach(() => services[Symbol.asyncDispose]());

const startReplica = async (name: string): Promise<Replica> => {
  const replica = await services.replica(name);
  await replica.beacons.hearing.announce();
  return replica;
};
const enrol = ({ registry }: Replica, node: TestNode) =>
  registry.enrol(services.network.networkId, node.enrolment());
const enrolAt = async (replica: Replica, name: string): Promise<TestNode> => {
  const node = createTestNode(services.network, name);
  expect(await enrol(replica, node)).toMatchObject({ outcome: "enrolled" });
  return node;
};
const commit = ({ beacons }: Replica, node: TestNode) =>
  beacons.commit(node.commitment(epoch), connection());
const send = async ({ beacons }: Replica, node: TestNode, slot: number) =>
  (await beacons.accept(node.beacon(slot), connection())).verdict;
/** Notes what the store is asked: operation, collection, and the id where there is one. */
const noting =
  (asked: string[]) =>
  (documents: Documents): Documents => ({
    ...documents,
    collection: (definition) => {
      const collection = documents.collection(definition);
      const note = (operation: string, id = "") =>
        void asked.push(`${operation} ${definition.name} ${id}`.trimEnd());
      return {
        ...collection,
        insert: (document) => {
          note("insert", document.id);
          return collection.insert(document);
        },
        get: (id) => {
          note("get", id);
          return collection.get(id);
        },
        find: (query) => {
          note("find");
          return collection.find(query);
        },
        update: (id, ...rest) => {
          note("update", id);
          return collection.update(id, ...rest);
        },
      };
    },
  });
const seal = ({ sealing }: Replica, token: number) =>
  sealing.run(new AbortController().signal, token);
/** The reveals in the block of a slot, as they stand there. */
const sealedIn = async ({ sealing }: Replica, slot: number): Promise<string[]> =>
  ((await sealing.body(slot)) ?? []).flatMap(({ leaf }) =>
    leaf.kind === "beacon" ? [toHex(leaf.reveal)] : [],
  );

describe("what one replica was given", () => {
  it("is found by the other at once where it is asked for", async () => {
    const node = await enrolAt(a, "one");
    await services.goTo(first + 1);
    expect(await commit(b, node)).toMatchObject({ outcome: "stored" });
    expect(await send(a, node, first + 1)).toBe("accepted");
    expect(await commit(a, node)).toMatchObject({ outcome: "found" });
  });

  it("is in the memory of the other after it looked", async () => {
    const node = await enrolAt(a, "one");
    await services.goTo(first + 1);
    await commit(a, node);
    await send(a, node, first + 1);
    expect(b.registry.node(node.nodeId)).toBeNull();
    await followAll(b);
    expect(b.registry.standingAt(node.nodeId, first + 1)).toBe("active");
    expect(b.beacons.recent(node.nodeId)).toMatchObject({ lastSlot: first + 1, committed: true });
    expect(await send(b, node, first + 1)).toBe("duplicate");
  });

  it("is decided about on top of what the other decided", async () => {
    const { nodeId } = await enrolAt(a, "one");
    await followAll(b);
    await a.registry.changeStanding(nodeId, { standing: "suspended", reason: "late", by });
    const again = { standing: "active", reason: "good", by } as const;
    expect(await b.registry.changeStanding(nodeId, again)).toMatchObject({ outcome: "changed" });
    expect(await a.registry.changeStanding(nodeId, again)).toMatchObject({ outcome: "unchanged" });
  });

  it("holds from the slot after its block for both, whoever sealed it", async () => {
    const { nodeId } = await enrolAt(a, "one");
    await followAll(b);
    await services.goTo(first + 4);
    await a.registry.changeStanding(nodeId, { standing: "suspended", reason: "late", by });
    await services.goTo(first + 6);
    await seal(a, 1);
    await followAll(b);
    expect(b.registry.latestChange(nodeId)).toEqual(a.registry.latestChange(nodeId));
    expect(b.sealing.last()).toEqual(a.sealing.last());
  });

  it("is a change of address that both know of, before and after its block", async () => {
    const node = await enrolAt(a, "one");
    const to = createTestNode(services.network, "two");
    await services.goTo(first + 2);
    await seal(a, 1);
    await followAll(b);
    const ownerId = a.registry.node(node.nodeId)?.ownerId ?? "";
    const change = signChange(services.network, { node, ownerId, to });
    expect(await a.addresses.change(change)).toMatchObject({ outcome: "announced" });
    await followAll(b);
    const holder = () => b.registry.addresses.holderOf(to.address, services.clock.now());
    expect(holder()).toMatchObject({ owner: ownerId, use: "pending" });
    expect(b.registry.addresses.historyOf(ownerId)?.changes).toEqual([]);
    await services.goTo(first + 4);
    await seal(a, 1);
    await followAll(b);
    expect(b.registry.addresses.historyOf(ownerId)?.changes).toHaveLength(1);
    expect(b.registry.addresses.historyOf(ownerId)).toEqual(
      a.registry.addresses.historyOf(ownerId),
    );
  });

  it("is one enrolment when both are asked at the same time", async () => {
    const nodes = ["one", "two", "three"].map((name) => createTestNode(services.network, name));
    const asked = nodes.flatMap((node) => [enrol(a, node), enrol(b, node)]);
    const outcomes = (await Promise.all(asked)).map(({ outcome }) => outcome);
    const counted = Object.groupBy(outcomes, (outcome) => outcome);
    expect(counted).toMatchObject({ enrolled: { length: 3 }, found: { length: 3 } });
    await followAll(a);
    await followAll(b);
    const known = ({ registry }: Replica) =>
      registry.nodes().map(({ nodeId, ownerId, changes }) => ({ nodeId, ownerId, changes }));
    expect(known(a)).toEqual(known(b));
  });

  it("excuses nobody while the other heard", async () => {
    await services.goTo(first + 1);
    await a.beacons.hearing.beat();
    for (const step of [1, 2, 3, 4, 5, 6, 7, 8]) {
      await services.goTo(first + 1, step * 250);
      await a.beacons.hearing.beat();
    }
    await services.goTo(first + 3);
    expect(await b.beacons.closeSlot(first + 1)).toMatchObject({ isObserved: true });
    expect(await b.beacons.hearing.deafMs(first + 1)).toBe(
      await a.beacons.hearing.deafMs(first + 1),
    );
    await followAll(b);
    expect(b.beacons.hearing.isDeaf(first + 1)).toBe(false);
    expect(b.beacons.hearing.isDeaf(first + 1)).toBe(a.beacons.hearing.isDeaf(first + 1));
  });
});

describe("a replica that nobody heard of for too long", () => {
  it("accepts nothing that whoever seals would not look for", async () => {
    const node = await enrolAt(a, "one");
    const { slots_per_epoch } = services.network.genesis;
    await services.goTo(first + slots_per_epoch + 1);
    await b.beacons.commit(node.commitment(epoch + 1), connection());
    const slot = first + slots_per_epoch + 2;
    await services.goTo(slot);
    await expect(send(b, node, slot)).rejects.toMatchObject({ code: "store.refused" });
    await b.beacons.hearing.beat();
    expect(await send(b, node, slot)).toBe("accepted");
  });
});

describe("beacons that land anywhere", () => {
  it("cost one insert under the replica's own name, and ask the store for nothing that others write", async () => {
    const asked: string[] = [];
    await services[Symbol.asyncDispose]();
    services = await createTestServices({ decorate: noting(asked) });
    [a, b] = [await startReplica("a"), await startReplica("b")];
    const nodes = [await enrolAt(a, "one"), await enrolAt(a, "two"), await enrolAt(a, "three")];
    await followAll(b);
    await services.goTo(first + 1);
    for (const node of nodes) await commit(a, node);
    await followAll(b);
    asked.length = 0;
    await Promise.all(nodes.map((node) => send(b, node, first + 1)));
    expect(asked).toEqual([`insert beacon_segments ${first + 1}/b/0`]);
  });

  it("stand in their block once, all that were acknowledged, whoever seals", async () => {
    const nodes: TestNode[] = [];
    for (const name of ["one", "two", "three"]) nodes.push(await enrolAt(a, name));
    await followAll(b);
    await services.goTo(first + 1);
    for (const node of nodes) await commit(a, node);
    let slot = first + 1;
    let token = 0;
    const deed = fc.record({
      node: fc.nat(2),
      to: fc.constantFrom("a", "b", "both"),
      looks: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { maxLength: 6 }), fc.boolean(), async (deeds, isA) => {
        if (slot >= first + 13) return;
        slot += 1;
        await services.goTo(slot);
        await Promise.all([a.beacons.hearing.beat(), b.beacons.hearing.beat()]);
        const acknowledged = new Set<string>();
        for (const { node: at, to, looks } of deeds) {
          const node = nodes[at] as TestNode;
          const replicas = to === "both" ? [a, b] : [to === "a" ? a : b];
          const verdicts = await Promise.all(replicas.map((one) => send(one, node, slot)));
          expect(
            verdicts.every((verdict) => verdict === "accepted" || verdict === "duplicate"),
          ).toBe(true);
          acknowledged.add(node.beacon(slot).reveal);
          if (looks) await followAll(isA ? b : a);
        }
        await services.goTo(slot + 1, 500);
        await seal(isA ? a : b, ++token);
        expect(await sealedIn(isA ? b : a, slot)).toHaveLength(acknowledged.size);
        expect(new Set(await sealedIn(a, slot))).toEqual(acknowledged);
        await followAll(a);
        await followAll(b);
        for (const { nodeId } of nodes)
          expect(a.beacons.marks(nodeId, slot, slot + 1)).toBe(
            b.beacons.marks(nodeId, slot, slot + 1),
          );
      }),
      { numRuns: 12 },
    );
    expect(slot).toBe(first + 13);
  });
});
