import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ApiError, createClient, type Client } from "@lucid/api/client";
import { createTestClock, type TestClock } from "@lucid/platform/clock";
import { loadConfig } from "@lucid/platform/config";
import { createLog } from "@lucid/platform/log";
import { ed25519PublicKey, type Policy, signObject, slotStart, toHex } from "@lucid/protocol";
import { createNodeManagement, type NodeManagement, type NodeManagementDeps } from "../app.ts";
import { configSchema } from "../config.ts";
import type { Network } from "../shared/network.ts";
import { createTestLog, type TestLog } from "./log.ts";
import { createTestNode, testNetwork, testPolicy, testSeed, type TestNode } from "./network.ts";

export const adminSeed = new Uint8Array(32).fill(7);

/** What signs tokens in a test folder. */
export const testTokenKey = "1".repeat(64);

export type TestFolder = AsyncDisposable & { readonly path: string };

/** A data folder as `lucid init` makes it. */
export const createTestFolder = async (
  network: Network = testNetwork(),
  policy: Policy = testPolicy(network),
): Promise<TestFolder> => {
  const path = await mkdtemp(join(tmpdir(), "lucid-test-"));
  await mkdir(join(path, "keys"), { mode: 0o700 });
  await writeFile(join(path, "network.json"), JSON.stringify(network.genesis));
  await writeFile(join(path, "policy.json"), JSON.stringify(policy));
  await writeFile(join(path, "keys", "token.key"), `${testTokenKey}\n`);
  await writeFile(join(path, "keys", "network.key"), `${toHex(testSeed("network"))}\n`);
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
};

export const testConfig = (path: string, settings: Record<string, string> = {}) =>
  loadConfig(configSchema, {
    flags: {
      LUCID_DATA_PATH: path,
      NODE_MANAGEMENT_HOST: "127.0.0.1",
      NODE_MANAGEMENT_PORT: "0",
      METRICS_PORT: "0",
      ADMIN_KEYS: toHex(ed25519PublicKey(adminSeed)),
      ...settings,
    },
  }).values;

export type TestService = AsyncDisposable & {
  readonly service: NodeManagement;
  readonly client: Client;
  readonly clock: TestClock;
  readonly network: Network;
  readonly folder: string;
  /** Where sealed slots go unless `send` says otherwise. */
  readonly publicLog: TestLog;
  /** A node that is enrolled, active and committed for the epoch of the open slot. */
  join(name: string): Promise<TestNode>;
  goTo(slot: number, afterMs?: number): Promise<void>;
  signIn(seed: Uint8Array): Promise<Client>;
};

export type TestServiceOptions = {
  readonly network?: Network;
  readonly policy?: Policy;
  readonly settings?: Record<string, string>;
  readonly payer?: NodeManagementDeps["payer"];
  readonly clock?: TestClock;
  /** What takes sealed slots; a log in memory unless told otherwise, also by a setting. */
  readonly send?: NodeManagementDeps["send"];
};

/** The whole service on real sockets with a clock that the test drives, in the first slot of its network. */
export const startTestService = async (options: TestServiceOptions = {}): Promise<TestService> => {
  const { network = testNetwork(), settings, payer = null } = options;
  const publicLog = createTestLog(network);
  await using stack = new AsyncDisposableStack();
  const folder = stack.use(await createTestFolder(network, options.policy));
  const { genesis } = network;
  const { clock = createTestClock(slotStart(genesis, genesis.first_slot)) } = options;
  const takesSlots = settings?.["BLOCK_MANAGER_URL"] === undefined ? publicLog.send : undefined;
  const service = stack.use(
    await createNodeManagement(testConfig(folder.path, settings), {
      clock,
      log: createLog({ level: "silent", name: "test" }),
      payer,
      send: options.send ?? takesSlots,
    }),
  );
  const client = createClient({ baseUrl: service.url });
  const goTo = async (slot: number, afterMs = 0) =>
    clock.advance(slotStart(genesis, slot) + afterMs - clock.now());

  const signIn = async (seed: Uint8Array): Promise<Client> => {
    const { challenge, expires_at } = await client.call("createChallenge", {});
    const signed = { challenge, expires_at, public_key: toHex(ed25519PublicKey(seed)) };
    const signature = signObject("token", network.networkId, signed, seed);
    const { token } = await client.call("createToken", { body: { ...signed, signature } });
    return createClient({ baseUrl: service.url, token: () => token });
  };

  const join = async (name: string): Promise<TestNode> => {
    const node = createTestNode(network, name);
    const network_id = network.networkId;
    await client.call("enrolNode", { body: { network_id, ...node.enrolment() } });
    const slot = Math.floor((clock.now() - genesis.origin_ms) / genesis.slot_ms) + 1;
    await goTo(slot);
    const epoch = Math.floor(slot / genesis.slots_per_epoch);
    await client.call("commitBeacons", { body: node.commitment(epoch) });
    return node;
  };

  const running = stack.move();
  return {
    service,
    client,
    clock,
    network,
    folder: folder.path,
    publicLog,
    join,
    goTo,
    signIn,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
};

/** Status and code of a call that was refused. */
export const refusalOf = async (call: Promise<unknown>): Promise<string> => {
  const error = await call.then(
    () => null,
    (reason: unknown) => reason as ApiError,
  );
  return error === null ? "200" : `${error.status} ${error.code}`;
};
