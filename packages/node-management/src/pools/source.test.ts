import type { Documents } from "@lucid/platform/documents";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { addPool, createPoolWorld, type PoolWorld } from "../testing/pool-world.ts";
import { type SeatDocument, seatCollection } from "./documents.ts";
import type { Pools } from "./index.ts";
import { createSeats, type Seats } from "./seats.ts";

const consent = "work_credits" as const;
let world: PoolWorld;
let pools: Pools;
let seats: Seats;
let read: SeatDocument[] = [];

/** Notes which seats are read. */
const reading = (documents: Documents): Pick<Documents, "collection"> => ({
  collection: (definition) => {
    const collection = documents.collection(definition);
    if (definition.name !== seatCollection.name) return collection;
    return {
      ...collection,
      find: async (query) => {
        const found = await collection.find(query);
        read.push(...(found as unknown as SeatDocument[]));
        return found;
      },
    };
  },
});

beforeEach(async () => {
  world = await createPoolWorld(40);
  pools = world.start(reading(world.store));
  seats = createSeats({ collection: world.store.collection(seatCollection), clock: world.clock });
  await addPool(pools, "pool_a");
  for (const nodeId of world.nodes) await pools.join("pool_a", { nodeId, consent });
  read = [];
});
afterEach(() => world[Symbol.asyncDispose]());

describe("sealing", () => {
  it("reads seats of which the blocks do not yet say what they say, and no others", async () => {
    const [leaver = "", mover = ""] = world.nodes;
    for (const count of [40, 40, 0]) {
      read = [];
      await world.seal(pools);
      expect(read).toHaveLength(count);
    }
    await pools.leave("pool_a", leaver);
    await addPool(pools, "pool_b");
    await pools.join("pool_b", { nodeId: mover, consent, from: "pool_a" });
    read = [];
    expect(await world.seal(pools)).toHaveLength(2);
    expect(read).toHaveLength(3);
    expect(await world.seal(pools)).toHaveLength(1);
    await world.seal(pools);
    read = [];
    await world.seal(pools);
    expect(read).toEqual([]);
    expect(world.replay().members().size).toBe(39);
  });

  it("looks at a seat again that somebody slow calls told after a block said something else", async () => {
    await world.seal(pools);
    const [slow] = await seats.untold();
    if (slow === undefined) throw new Error("nobody has looked at them since their block");
    await seats.noteSaid(slow.id, world.network.genesis.first_slot + 1);
    await seats.told(slow);
    expect((await seats.untold()).map(({ id }) => id)).toContain(slow.id);
    await seats.noteSaid(slow.id, world.network.genesis.first_slot);
    await world.seal(pools);
    expect(await seats.untold()).toEqual([]);
    await seats.noteSaid(slow.id, world.network.genesis.first_slot + 1);
    expect(await seats.untold()).toEqual([]);
  });
});
