import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  enrolNode,
  Failure,
  makePrivateFolder,
  openNodeFolder,
  walletFromKeyFile,
  writeNewSecret,
  type AgentEvent,
  type Io,
} from "@lucid/agent";
import { ApiError, type Client } from "@lucid/api/client";
import { addressOfKey, ownerId, toHex } from "@lucid/protocol";
import { locatePrograms, startChild, type Child } from "../programs/index.ts";
import type { DemoFolder } from "./folder.ts";
import { parseObject } from "./listening.ts";
import { childEnv } from "./machinery.ts";

const TRY_AGAIN_MS = 1000;
const MOST_TRIES = 60;

export const roles = ["steady-1", "steady-2", "steady-3", "flaky", "leaver"] as const;
export type Role = (typeof roles)[number];

/** One node of the demo with an owner and a wallet of its own. */
export type Actor = {
  readonly role: Role;
  readonly nodeId: string;
  readonly ownerId: string;
  readonly address: string;
  /** The leaver left in an earlier run. */
  readonly hasLeft: boolean;
};

const walletOf = async (io: Io, folder: string): Promise<{ file: string; address: string }> => {
  const file = join(folder, "wallet.key");
  const known = await readFile(file, "utf8").catch(() => null);
  const key = known?.trim() ?? toHex(io.random(32));
  if (known === null) await writeNewSecret(file, `${key}\n`);
  return { file, address: addressOfKey(key) };
};

/** Makes the node's key and wallet on the first start, and enrols it unless it is. */
export const prepareActor = async (
  io: Io,
  demo: DemoFolder,
  { client, url }: { readonly client: Client; readonly url: string },
  role: Role,
): Promise<Actor> => {
  const path = demo.agent(role);
  await makePrivateFolder(path);
  const wallet = await walletOf(io, path);
  const node = openNodeFolder(path);
  const key = await node.readKey().catch((error: unknown) => {
    if (error instanceof Failure && error.code === "node.no_key")
      return node.createKey(io.random(32));
    throw error;
  });
  const deps = {
    client,
    folder: node,
    now: () => io.clock.now(),
    wallet: await walletFromKeyFile(wallet.file, wallet.address),
    passed: () => {},
    working: () => {},
    warn: () => {},
  };
  await onceCaughtUp(io, () =>
    enrolNode(deps, { service: url, address: wallet.address, networkId: demo.networkId }),
  );
  return {
    role,
    nodeId: key.nodeId,
    ownerId: ownerId(demo.networkId, wallet.address),
    address: wallet.address,
    hasLeft: await hasLeft(demo, role),
  };
};

/** A network that goes on after a pause seals first what it missed; until then no header that it has is recent. */
const onceCaughtUp = async (io: Io, enrol: () => Promise<unknown>): Promise<void> => {
  for (let left = MOST_TRIES; ; left -= 1)
    try {
      await enrol();
      return;
    } catch (error) {
      const isEarly = error instanceof ApiError && error.code === "enrol.header_hash";
      if (!isEarly || left === 0 || io.signal.aborted) throw error;
      await io.clock.sleep(TRY_AGAIN_MS, io.signal);
    }
};

const hasLeft = (demo: DemoFolder, role: Role): Promise<boolean> =>
  readFile(join(demo.agent(role), "left")).then(
    () => true,
    () => false,
  );

/** So that a later start does not bring it back. */
export const rememberLeft = (demo: DemoFolder, role: Role): Promise<void> =>
  writeFile(join(demo.agent(role), "left"), "");

export const startAgent = (
  io: Io,
  demo: DemoFolder,
  role: Role,
  onEvent: (event: AgentEvent) => void,
): Child =>
  startChild({
    args: [locatePrograms().agent, "run", "--data", demo.agent(role), "--json"],
    env: childEnv(io),
    logFile: demo.logFile(role),
    onLine: (line) => {
      const event = parseObject(line);
      if (typeof event?.["event"] === "string") onEvent(event as AgentEvent);
    },
  });
