import { type AppendRequest, encodeAppend, type Role } from "@lucid/api";
import { createTestClock, type TestClock } from "@lucid/platform/clock";
import { loadConfig } from "@lucid/platform/config";
import { createTokens } from "@lucid/platform/http";
import { createLog } from "@lucid/platform/log";
import { acceptanceWindow } from "@lucid/protocol";
import { type BlockManager, createBlockManager } from "../app.ts";
import { configSchema } from "../config.ts";
import { type ApiError, type BlockClient, createBlockClient } from "@lucid/api/client";
import { createTestFolder } from "./folder.ts";
import { testNetwork, type TestNetwork } from "./network.ts";
import { testSlots } from "./slots.ts";

export const testConfig = (path: string, settings: Record<string, string> = {}) =>
  loadConfig(configSchema, {
    flags: {
      LUCID_DATA_PATH: path,
      BLOCK_MANAGER_HOST: "127.0.0.1",
      BLOCK_MANAGER_PORT: "0",
      METRICS_PORT: "0",
      ...settings,
    },
  }).values;

/** A token of a network for one role, as node-management issues it. */
export const testToken = async (
  { seeds, networkId }: TestNetwork,
  role: Role,
  clock: { now(): number } = { now: () => Date.now() },
): Promise<string> => {
  const tokens = createTokens({ key: seeds.token, issuer: networkId, clock });
  const principal = { kind: "service", id: "node-management", roles: [role] } as const;
  return (await tokens.issue(principal, 3_600_000)).token;
};

/** Sends sealed slots as a stranger may write them. */
export const postSlots = (
  url: string,
  token: string,
  request: AppendRequest | Uint8Array,
): Promise<Response> =>
  fetch(url, {
    method: "POST",
    headers: { "content-type": "application/octet-stream", authorization: `Bearer ${token}` },
    body: new Uint8Array(request instanceof Uint8Array ? request : encodeAppend(request)),
  });

export type TestService = AsyncDisposable & {
  readonly service: BlockManager;
  readonly url: string;
  readonly clock: TestClock;
  readonly network: TestNetwork;
  readonly folder: string;
  /** Speaks with the role service. */
  readonly client: BlockClient;
  /** Appends the next slots, as many as `count`. */
  grow(count: number): Promise<void>;
};

export type TestServiceOptions = {
  readonly network?: TestNetwork;
  readonly settings?: Record<string, string>;
  /** Slots whose windows have closed when it starts. */
  readonly passed?: number;
};

/** The whole service on real sockets with a clock that the test drives. */
export const startTestService = async (options: TestServiceOptions = {}): Promise<TestService> => {
  const { network = testNetwork(), settings, passed = 1000 } = options;
  await using stack = new AsyncDisposableStack();
  const folder = stack.use(await createTestFolder(network));
  const { genesis } = network;
  const clock = createTestClock(acceptanceWindow(genesis, genesis.first_slot + passed - 1).untilMs);
  const log = createLog({ level: "silent", name: "test" });
  const service = stack.use(
    await createBlockManager(testConfig(folder.path, settings), { clock, log }),
  );
  const signIn = async (): Promise<BlockClient> => {
    const token = await testToken(network, "service", clock);
    return createBlockClient({ baseUrl: service.url, token: () => token });
  };
  const client = await signIn();
  const grow = async (count: number): Promise<void> => {
    // The clock may have passed the end of the first token.
    const now = await signIn();
    const { size } = await now.call("getChain");
    const body = encodeAppend({ slots: testSlots(genesis, size, count) });
    await now.call("appendBlocks", { body });
  };
  const running = stack.move();
  return {
    service,
    url: service.url,
    clock,
    network,
    folder: folder.path,
    client,
    grow,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
};

/** Status and code of a call that was refused, `200` for one that was not. */
export const refusalOf = async (call: Promise<unknown>): Promise<string> => {
  const error = await call.then(
    () => null,
    (reason: unknown) => reason as ApiError,
  );
  return error === null ? "200" : `${error.status} ${error.code}`;
};
