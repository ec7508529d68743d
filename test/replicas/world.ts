import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { type Client, createClient } from "@lucid/api/client";
import { openDocuments } from "@lucid/platform/documents";
import { leaseCollection } from "@lucid/platform/leases";
import type { ServiceProcess } from "@lucid/platform/program/testing";
import { verifySource } from "@lucid/verify";
import { openFolder } from "@lucid/verify/folder";
import { startServiceProcess as startLogProcess } from "../../packages/block-manager/src/testing/process.ts";
import { excuseCollection } from "../../packages/node-management/src/beacons/documents.ts";
import { collections } from "../../packages/node-management/src/collections.ts";
import { startServiceProcess } from "../../packages/node-management/src/testing/process.ts";
import { createTestDatabase } from "../../packages/platform/src/documents/mongodb/testing/server.ts";
import { enrolLive } from "../enrol-live.ts";
import { startCrowd } from "../faults/crowd.ts";
import { findUnsealed } from "../faults/sealed.ts";
import { createFixture, type Fixture } from "../fixture.ts";
import { type Balancer, createBalancer } from "./balancer.ts";

const originMs = 1_704_067_200_000;
const fast = { slot_ms: 2000, slots_per_epoch: 12, grace_ms: 500, leader_window_ms: 375 };
/** A node asks again while its slot is open. */
const patienceMs = { node: 1500, person: 20_000 };
const nodeNames = ["one", "two", "three", "four", "five", "six"];

/** A replica as a process. */
export type Replica = {
  readonly process: ServiceProcess;
  readonly url: string;
  /** Under which it holds leases. */
  readonly name: string;
};

/** Two replicas or more of one network: processes of their own on one database, with a log and nodes behind a balancer. */
export type ReplicaWorld = AsyncDisposable & {
  readonly fixture: Fixture;
  readonly client: Client;
  readonly balancer: Balancer;
  readonly databaseUri: string;
  /** Starts a replica, which reaches the store by its own URI if one is given, and waits until it is ready. */
  start(settings?: Readonly<Record<string, string>>): Promise<Replica>;
  /** Asks a replica to stop, as a rolling restart does, and waits for its end. */
  stop(replica: Replica): Promise<void>;
  /** SIGKILL */
  kill(replica: Replica): Promise<void>;
  /** What a replica says of itself. */
  readiness(replica: Replica): Promise<string>;
  /** Who holds which lease. */
  leases(): Promise<Map<string, string | null>>;
  /** Enrols nodes and has them send one beacon a slot from now on; tells their ids. */
  populate(): Promise<string[]>;
  /** Lets the nodes end, every slot be sealed and the log have it; tells what does not follow, as sentences. */
  rest(): Promise<string[]>;
};

export type ReplicaWorldOptions = {
  /** So many are enrolled from the start, besides those that `populate` enrols. */
  readonly nodes?: number;
  /** Makes what stands in front of the replicas, which are at `urls`. */
  readonly balance?: (urls: () => readonly string[]) => Balancer;
};

export const createReplicaWorld = async (
  serverUri: string,
  { nodes = 0, balance = createBalancer }: ReplicaWorldOptions = {},
): Promise<ReplicaWorld> => {
  const stack = new AsyncDisposableStack();
  const directory = mkdtempSync(join(tmpdir(), "lucid-replicas-"));
  stack.defer(() => rmSync(directory, { recursive: true, force: true }));
  const database = stack.use(createTestDatabase(serverUri));
  const fixture = await createFixture({
    directory,
    nodes,
    store: { engine: "mongodb", uri: database.uri },
    genesis: { ...fast, first_slot: Math.ceil((Date.now() - originMs) / fast.slot_ms) },
  });
  const log = startLogProcess(directory);
  const logUrl = await log.url;
  const running = new Set<Replica>();
  stack.defer(async () => {
    const processes = [log, ...[...running].map(({ process }) => process)];
    for (const process of processes) process.signal("SIGKILL");
    await Promise.all(processes.map(({ exit }) => exit));
  });
  const balancer = stack.use(balance(() => [...running].map(({ url }) => url)));
  const clientWithin = (timeoutMs: number): Client =>
    createClient({ baseUrl: "http://replicas.invalid", timeoutMs, fetch: balancer.fetch });
  const client = clientWithin(patienceMs.person);
  const stop = new AbortController();
  let crowd: ReturnType<typeof startCrowd> | null = null;
  const documents = stack.use(
    await openDocuments({ engine: "mongodb", uri: database.uri }, collections),
  );

  return {
    fixture,
    client,
    balancer,
    databaseUri: database.uri,
    start: async (settings = {}) => {
      const process = startServiceProcess(directory, {
        MONGODB_URI: database.uri,
        BLOCK_MANAGER_URL: logUrl,
        ...settings,
      });
      const replica = { process, url: await process.url, name: nameIn(process.lines) };
      running.add(replica);
      await balancer.ready(running.size);
      return replica;
    },
    stop: async (replica) => {
      replica.process.signal("SIGTERM");
      const code = await replica.process.exit;
      if (code !== 0) throw new Error(`a replica stopped with exit code ${code}`);
      running.delete(replica);
    },
    kill: async (replica) => {
      replica.process.signal("SIGKILL");
      await replica.process.exit;
      running.delete(replica);
    },
    readiness: async ({ url }) => (await fetch(`${url}/ready`)).text(),
    leases: async () => {
      const found = await documents.collection(leaseCollection).find();
      return new Map(found.map(({ id, holder }) => [id, holder]));
    },
    populate: async () => {
      const nodes = await enrolLive(client, fixture, nodeNames);
      crowd = startCrowd(clientWithin(patienceMs.node), { ...fixture, nodes }, stop.signal);
      return nodes.map(({ nodeId }) => nodeId);
    },
    rest: async () => {
      stop.abort();
      await crowd?.ended;
      const acknowledged = crowd?.acknowledged ?? new Set<string>();
      const slots = [...acknowledged].map((beacon) => Number(beacon.split(" ")[1]));
      await appended(client, Math.max(...slots) - fixture.genesis.first_slot);
      const excuses = await documents.collection(excuseCollection).find();
      const unheard = excuses.filter(
        ({ slot, deaf_ms }) => slot >= Math.min(...slots) && deaf_ms > fast.slot_ms / 2,
      );
      const folder = join(directory, "log");
      const report = await verifySource(openFolder(folder));
      const lost = await findUnsealed(folder, acknowledged);
      return [
        ...lost.map((beacon) => `acknowledged and not in its block: ${beacon}`),
        ...unheard.map(({ slot, deaf_ms }) => `slot ${slot} was deaf for ${deaf_ms} ms`),
        ...(report.follows ? [] : [JSON.stringify(report.first_mismatch)]),
      ];
    },
    [Symbol.asyncDispose]: async () => {
      stop.abort();
      await crowd?.ended;
      await stack.disposeAsync();
    },
  };
};

/** The name that a service says with its first line. */
const nameIn = (lines: readonly string[]): string =>
  lines
    .map((line) => (JSON.parse(line) as { replica?: string }).replica)
    .find((name) => name !== undefined) ?? "";

const appended = async (client: Client, height: number): Promise<void> => {
  for (;;) {
    const { log } = await client.call("getNetwork").catch(() => ({ log: null }));
    if ((log?.appended_height ?? -1) >= height) return;
    await wait(100);
  }
};
