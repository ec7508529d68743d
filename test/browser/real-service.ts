import { createClient, type Client } from "@lucid/api/client";
import { createTestClock } from "@lucid/platform/clock";
import { createTokens } from "@lucid/platform/http";
import { createLog } from "@lucid/platform/log";
import { fromHex, slotAt, slotStart } from "@lucid/protocol";
import { createBlockManager } from "../../packages/block-manager/src/index.ts";
import { createTestFolder as createLogFolder } from "../../packages/block-manager/src/testing/folder.ts";
import { testConfig as logConfig } from "../../packages/block-manager/src/testing/service.ts";
import { createNodeManagement } from "../../packages/node-management/src/app.ts";
import {
  createTestFolder,
  testConfig,
  testTokenKey,
} from "../../packages/node-management/src/testing/service.ts";
import {
  createTestNode,
  testNetwork,
  testSeed,
  type TestNode,
} from "../../packages/node-management/src/testing/network.ts";

export type RealService = AsyncDisposable & {
  readonly url: string;
  readonly client: Client;
  /** The slot that is open by the service's clock. */
  slot(): number;
  nowMs(): number;
  /** A token that speaks for somebody for an hour. */
  token(kind: "person" | "owner" | "node", id: string, role: string): Promise<string>;
  goTo(slot: number, afterMs?: number): Promise<void>;
  /** A node that is enrolled, active and committed for the open epoch, or for a later one. */
  join(name: string): Promise<TestNode>;
  commit(node: TestNode): Promise<void>;
  /** Sends the node's beacon of the open slot. */
  beacon(node: TestNode): Promise<void>;
};

/** node-management and block-manager on fresh data folders, with the pages, and one clock that the test drives. */
export const startRealService = async (pagesDir: string): Promise<RealService> => {
  const network = testNetwork();
  const { genesis, networkId } = network;
  await using stack = new AsyncDisposableStack();
  const folder = stack.use(await createTestFolder(network));
  const clock = createTestClock(slotStart(genesis, genesis.first_slot));
  const log = createLog({ level: "silent", name: "test" });
  const seeds = {
    network: testSeed("network"),
    log: testSeed("log"),
    token: fromHex(testTokenKey, 32),
  };
  const logFolder = stack.use(await createLogFolder({ ...network, seeds }));
  const blockManager = stack.use(
    await createBlockManager(logConfig(logFolder.path), { clock, log }),
  );
  const settings = { BLOCK_MANAGER_URL: blockManager.url };
  const service = stack.use(
    await createNodeManagement(testConfig(folder.path, settings), {
      clock,
      log,
      payer: null,
      consoleDir: pagesDir,
    }),
  );
  const client = createClient({ baseUrl: service.url });
  const tokens = createTokens({ key: seeds.token, issuer: networkId, clock });
  const slot = () => slotAt(genesis, clock.now());
  const goTo = (to: number, afterMs = 0) =>
    clock.advance(slotStart(genesis, to) + afterMs - clock.now());
  const commit = async (node: TestNode) => {
    const epoch = Math.floor(slot() / genesis.slots_per_epoch);
    await client.call("commitBeacons", { body: node.commitment(epoch) });
  };
  const running = stack.move();
  return {
    url: service.url,
    client,
    slot,
    nowMs: () => clock.now(),
    token: async (kind, id, role) =>
      (await tokens.issue({ kind, id, roles: [role] }, 3_600_000)).token,
    goTo,
    commit,
    join: async (name) => {
      const node = createTestNode(network, name);
      await client.call("enrolNode", { body: { network_id: networkId, ...node.enrolment() } });
      await goTo(slot() + 1);
      await commit(node);
      return node;
    },
    beacon: async (node) => {
      await client.call("sendBeacon", { body: node.beacon(slot()) });
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
};
