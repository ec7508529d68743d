import { join } from "node:path";
import { Failure, type Io } from "@lucid/agent";
import { createClient, type Client } from "@lucid/api/client";
import { slotIndex } from "@lucid/protocol";
import { locatePrograms, refuseMissingPrograms, type Child } from "../programs/index.ts";
import { prepareActor, roles, startAgent, type Actor } from "./cast.ts";
import { openDemoFolder, type DemoFolder } from "./folder.ts";
import { createLeftovers, type Leftovers } from "./leftovers.ts";
import { lockFolder } from "./lock.ts";
import { childFailure, interrupted, type Listening } from "./listening.ts";
import {
  startChain,
  startLog,
  startService,
  startSigner,
  type Ground,
  type Served,
} from "./machinery.ts";
import { seatActors } from "./pools.ts";
import { createPatientClient } from "./patience.ts";
import type { Stage } from "./stage.ts";
import { createTroupe, type Troupe } from "./troupe.ts";

/** A demo that runs: chain, log, service and agents, each a process of its own. */
export type Scene = {
  readonly io: Io;
  readonly stage: Stage;
  readonly folder: DemoFolder;
  readonly client: Client;
  readonly url: string;
  readonly ground: Ground;
  readonly log: Served;
  readonly troupe: Troupe;
  /** Aborted with a Failure when something ended that should not. */
  readonly trouble: AbortSignal;
};

export type SceneOptions = { readonly data: string; readonly port: number };

const STOP_MS = 10_000;

/** Starts everything; what was started is on the stack and ends with it. `trouble` is aborted when a part ends by itself. */
export const setUp = async (
  io: Io,
  stage: Stage,
  options: SceneOptions,
  stack: AsyncDisposableStack,
  trouble: AbortController,
): Promise<Scene> => {
  refuseMissingPrograms();
  const folder = await openDemoFolder(io, options.data);
  stack.use(lockFolder(folder.path));
  const leftovers = createLeftovers(join(folder.path, "running"), io.clock);
  if (await leftovers.waitForEarlier())
    stage.say("cleaned", {}, "an earlier demo was killed; what it had started is gone");
  stack.defer(() => leftovers.forget());
  introduce(stage, folder);

  const guard = createGuard(folder, leftovers, trouble, stack);
  const { ground, log, url } = await startMachinery(io, stage, folder, {
    port: options.port,
    guard,
  });
  const over = AbortSignal.any([io.signal, trouble.signal]);
  const client = createPatientClient(createClient({ baseUrl: url }), io.clock, over);
  const troupe = await raiseTroupe(io, stage, { folder, client, url, trouble, leftovers });
  stack.defer(() => troupe.stop());
  await seatActors(folder, stage, url, troupe.actors);
  await troupe.start();
  return { io, stage, folder, client, url, ground, log, troupe, trouble: trouble.signal };
};

type MachineryOptions = {
  /** Preferred for the service. */
  readonly port: number;
  readonly guard: (name: string, child: Child) => Promise<void>;
};

/** Chain, log, signer and service, each told of when it answers. */
const startMachinery = async (
  io: Io,
  stage: Stage,
  folder: DemoFolder,
  { port, guard }: MachineryOptions,
): Promise<Pick<Scene, "ground" | "log" | "url">> => {
  const ground = await startChain(io, folder);
  await guard("tron-devnet", ground.child);
  const { url: chainUrl } = ground.announced;
  stage.say(
    "chain",
    { url: chainUrl, token: ground.token },
    `a local chain makes a block every second: ${chainUrl}`,
  );
  const log = await startLog(io, folder);
  await guard("block-manager", log.child);
  const { url: logUrl } = log.announced;
  stage.say("log", { url: logUrl }, `block-manager keeps the public log: ${logUrl}`);
  const [signer, service] = await startBoth(
    startSigner(io, folder, { ground, log }),
    startService(io, folder, { ground, log }, port),
  );
  await guard("signer", signer.child);
  await guard("node-management", service.child);
  stage.say("signer", {}, "the signer, which alone can read the wallet's key, answers on a socket");
  announceService(stage, service.announced.url, service.port, port);
  return { ground, log, url: service.announced.url };
};

/** Two programs at the same time; when one does not come up, the other ends too. */
const startBoth = async <First extends Listening, Second extends Listening>(
  first: Promise<First>,
  second: Promise<Second>,
): Promise<[First, Second]> => {
  const [one, other] = await Promise.allSettled([first, second]);
  if (one.status === "fulfilled" && other.status === "fulfilled") return [one.value, other.value];
  for (const started of [one, other])
    if (started.status === "fulfilled") await started.value.child.stop(STOP_MS);
  return Promise.all([first, second]);
};

/** Ends a program with the stack; before that, its end is trouble. */
const createGuard =
  (
    folder: DemoFolder,
    leftovers: Leftovers,
    trouble: AbortController,
    stack: AsyncDisposableStack,
  ) =>
  async (name: string, child: Child): Promise<void> => {
    let isStopping = false;
    stack.defer(async () => {
      isStopping = true;
      await child.stop(STOP_MS);
    });
    void child.exited.then((exit) => {
      if (!isStopping) trouble.abort(childFailure(name, child, folder.logFile(name), exit));
    });
    await leftovers.record(child.pid);
  };

const introduce = (stage: Stage, { isNew, networkId, genesis, path }: DemoFolder): void => {
  const epochSeconds = (genesis.slot_ms * genesis.slots_per_epoch) / 1000;
  stage.say(
    "network",
    { network_id: networkId, is_new: isNew, data: path },
    `${isNew ? "a new network" : "the earlier network goes on"}: slots of ${genesis.slot_ms / 1000} s, epochs of ${genesis.slots_per_epoch} slots (${epochSeconds} s)`,
    "bold",
  );
  stage.detail(`id   ${networkId}`, `data ${path}`);
  const index = slotIndex(genesis, genesis.first_slot);
  if (isNew && index > 0)
    stage.detail(
      `it begins in slot ${index + 1} of ${genesis.slots_per_epoch} of an epoch, so the first epoch pays only that part of its budget`,
    );
};

const announceService = (stage: Stage, url: string, port: number, preferred: number): void => {
  const why = port === preferred ? "" : ` (port ${preferred} is taken)`;
  stage.say("service", { url, console: `${url}/` }, `node-management answers at ${url}${why}`);
  const { consoleDir, noConsole } = locatePrograms();
  stage.detail(consoleDir === null ? `no console: ${noConsole}` : `open the console: ${url}/`);
};

type TroupeParts = {
  readonly folder: DemoFolder;
  readonly client: Client;
  readonly url: string;
  readonly trouble: AbortController;
  readonly leftovers: Leftovers;
};

const raiseTroupe = async (io: Io, stage: Stage, parts: TroupeParts): Promise<Troupe> => {
  const { folder, client, url, trouble, leftovers } = parts;
  stage.say(
    "enrolling",
    { agents: roles.length },
    folder.isNew
      ? "five owners enrol a node each; node key and wallet both sign"
      : "the five owners and their nodes are found again",
  );
  const actors: Actor[] = [];
  for (const role of roles) {
    if (io.signal.aborted) throw interrupted();
    const actor = await prepareActor(io, folder, { client, url }, role);
    actors.push(actor);
    stage.say(
      "agent",
      {
        agent: role,
        node_id: actor.nodeId,
        owner_id: actor.ownerId,
        address: actor.address,
        has_left: actor.hasLeft,
      },
      null,
    );
    stage.detail(`${role.padEnd(9)} ${actor.nodeId}${actor.hasLeft ? "  left earlier" : ""}`);
  }
  return createTroupe(
    {
      folder,
      stage,
      startAgent: (role, onEvent) => startAgent(io, folder, role, onEvent),
      started: (child) => leftovers.record(child.pid),
      died: (failure) => trouble.abort(failure),
    },
    actors,
  );
};

/** Throws what ended the demo early, if anything did. */
export const throwIfOver = ({ io, trouble }: Scene): void => {
  if (trouble.aborted)
    throw trouble.reason instanceof Failure ? trouble.reason : new Error(String(trouble.reason));
  if (io.signal.aborted) throw interrupted();
};
