import { execFileSync } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Client, createClient } from "@lucid/api/client";
import {
  addressOfKey,
  demoPolicy,
  epochOf,
  type Genesis,
  networkId,
  slotAt,
  type Policy,
} from "@lucid/protocol";
import { runLucid } from "../../packages/cli/src/testing/run-lucid.ts";
import { findFreePort } from "../../packages/cli/src/programs/free-port.ts";
import { lucid, type Running, start, type User } from "../e2e/lucid.ts";
import { enrolLive } from "../enrol-live.ts";
import { startCrowd } from "../faults/crowd.ts";

/** Users and a group that nobody else has; they need no names. */
const GROUP = 61_500;
export const SERVICE_USER: User = { uid: 61_501, gid: GROUP };
export const SIGNER_USER: User = { uid: 61_502, gid: GROUP };

/** The wallet that is paid from in the end. */
export const NEXT_WALLET = addressOfKey("77".repeat(32));

const GENESIS = { slot_ms: 1000, slots_per_epoch: 8, grace_ms: 250, leader_window_ms: 150 };
const BLOCK_MS = 200;
const SOLID_AFTER = 3;

export type Rehearsal = AsyncDisposable & {
  readonly client: Client;
  readonly wallet: string;
  startSigner(): Promise<Running>;
  /** A command of the founder against this network, with the folder's keys. */
  founder(...args: readonly string[]): Promise<{ code: number; out: string; err: string }>;
};

/** A network as a founder rehearses mainnet: every program a process, the signer and the services under user ids of their own. */
export const prepareRehearsal = async (): Promise<Rehearsal> => {
  await using stack = new AsyncDisposableStack();
  const dir = mkdtempSync(join(tmpdir(), "rehearsal-"));
  stack.defer(() => rmSync(dir, { recursive: true, force: true }));
  chmodSync(dir, 0o755);
  const folder = join(dir, "network");
  const made = await lucid(["init", "--data", folder, "--demo", "--json"]).ended;
  if (made.code !== 0) throw new Error(made.err);
  const { genesis, wallet } = fit(folder);
  const chain = await startChain(stack, join(dir, "chain"), wallet);
  const ports = { service: await findFreePort(18_195), log: await findFreePort(18_186) };
  const url = `http://127.0.0.1:${ports.service}`;
  const signerDir = join(dir, "signer");
  const socket = join(dir, "run", "signer.sock");
  prepareSigner(signerDir, {
    folder,
    socket,
    settings: {
      NODE_ADDRESS: wallet,
      SIGNER_NETWORK_ID: networkId(genesis),
      SIGNER_LOG_URL: `http://127.0.0.1:${ports.log}`,
      SIGNER_DELAY_SLOTS: 0,
      SIGNER_SOCKET: socket,
      SIGNER_SOCKET_GROUP: GROUP,
      SIGNER_MARK_FILE: join(dir, "run", "signer.mark"),
      ...chain.settings,
    },
  });
  setAll(join(folder, "lucid.yaml"), {
    ...chain.settings,
    TRON_REHEARSAL: true,
    TRON_HISTORY: chain.historyUrl,
    SIGNER_SOCKET: socket,
    NODE_MANAGEMENT_HOST: "127.0.0.1",
    NODE_MANAGEMENT_PORT: ports.service,
    METRICS_PORT: 0,
    PAYOUT_PROCESSING_INTERVAL: 1,
  });
  give(folder, SERVICE_USER);
  const services = startAs(
    stack,
    ["up", "--data", folder, "--json", "--set", `BLOCK_MANAGER_PORT=${ports.log}`],
    SERVICE_USER,
  );
  await services.line((line) => line.includes('"listening"'));

  const init = await lucidAs(SIGNER_USER, ["signer", "init", "--data", signerDir]).ended;
  if (init.code !== 0) throw new Error(init.err);
  const startSigner = async (): Promise<Running> => {
    const signer = startAs(running, ["signer", "--data", signerDir, "--json"], SIGNER_USER);
    await signer.line((line) => line.includes('"listening"'));
    return signer;
  };

  const client = createClient({ baseUrl: url });
  await populate(stack, client, genesis);
  const running = stack.move();
  return {
    client,
    wallet,
    startSigner,
    founder: (...words) => runLucid([...words, "--data", folder, "--service", url]),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
};

/** Without `bin/lucid.mjs`, which builds the console in a folder that is not theirs. */
const lucidAs = (user: User, args: readonly string[]): Running =>
  start(process.execPath, ["packages/cli/src/main.ts", ...args], { user });

const startAs = (stack: AsyncDisposableStack, args: readonly string[], user: User): Running => {
  const running = lucidAs(user, args);
  stack.defer(async () => {
    running.kill("SIGKILL");
    await running.ended;
  });
  return running;
};

/** Days of seconds, and the caps of a real network: a demo's are none. */
const fit = (folder: string): { genesis: Genesis; wallet: string } => {
  const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), "utf8"));
  const write = (name: string, value: object): void =>
    writeFileSync(join(folder, name), JSON.stringify(value));
  const genesis: Genesis = { ...(read("network.json") as Genesis), ...GENESIS };
  genesis.first_slot = slotAt(genesis, Date.now()) + 1;
  write("network.json", genesis);
  const policy = read("policy.json") as Policy;
  const fromEpoch = epochOf(genesis, genesis.first_slot);
  const { payout } = demoPolicy({ fromEpoch, epochBudgetMicro: BigInt(policy.epoch_budget_micro) });
  write("policy.json", { ...policy, from_epoch: fromEpoch, payout });
  const key = readFileSync(join(folder, "keys", "treasury.key"), "utf8").trim();
  return { genesis, wallet: addressOfKey(key) };
};

/** One chain, which answers under several addresses of this machine: two nodes and an account history. */
const startChain = async (stack: AsyncDisposableStack, dir: string, wallet: string) => {
  const args = [
    "packages/tron-devnet/src/main.ts",
    `--dir=${dir}`,
    "--host=0.0.0.0",
    `--fund=${wallet}:1000000:100000`,
    `--fund=${NEXT_WALLET}:1000000:100000`,
    `--block-ms=${BLOCK_MS}`,
    `--solid-after=${SOLID_AFTER}`,
  ];
  const running = start(process.execPath, args);
  stack.defer(() => running.kill("SIGKILL"));
  const said = JSON.parse(await running.line(() => true)) as Record<string, string>;
  const { port } = new URL(said["url"] ?? "");
  return {
    historyUrl: `http://127.0.0.3:${port}`,
    settings: {
      TRON_NETWORK: "local",
      TRON_ENDPOINTS: `http://127.0.0.1:${port},http://127.0.0.2:${port}`,
      TRON_TOKEN: said["token"] ?? "",
      TRON_GENESIS_BLOCK: said["genesis_block_id"] ?? "",
    },
  };
};

type SignerPlan = {
  readonly folder: string;
  readonly socket: string;
  readonly settings: Settings;
};

/** As docs/signer.md says: the key leaves the network's folder, and the socket is in a folder that the services' group enters. */
const prepareSigner = (dir: string, { folder, socket, settings }: SignerPlan): void => {
  mkdirSync(dir, { mode: 0o700 });
  mkdirSync(join(socket, ".."), { mode: 0o750 });
  renameSync(join(folder, "keys", "treasury.key"), join(dir, "wallet.key"));
  writeFileSync(join(dir, "signer.yaml"), yamlOf(settings));
  for (const path of [dir, join(socket, "..")]) give(path, SIGNER_USER);
};

type Settings = Readonly<Record<string, string | number | boolean>>;

/** Replaces the lines of these settings in a file of them. */
const setAll = (path: string, settings: Settings): void => {
  const lines = readFileSync(path, "utf8").split("\n");
  const kept = lines.filter((line) => !((line.split(":")[0] ?? "") in settings));
  writeFileSync(path, `${kept.join("\n")}\n${yamlOf(settings)}`);
};

const yamlOf = (settings: Settings): string =>
  Object.entries(settings)
    .map(([name, value]) => `${name}: ${JSON.stringify(value)}\n`)
    .join("");

const give = (path: string, { uid, gid }: User): void =>
  void execFileSync("chown", ["-R", `${uid}:${gid}`, path]);

/** Three nodes of three owners, which are there in every slot from now on. */
const populate = async (
  stack: AsyncDisposableStack,
  client: Client,
  genesis: Genesis,
): Promise<void> => {
  const network = { genesis, networkId: networkId(genesis) };
  const nodes = await enrolLive(client, network, ["one", "two", "three"]);
  const stop = new AbortController();
  const { ended } = startCrowd(client, { ...network, nodes }, stop.signal);
  stack.defer(async () => {
    stop.abort();
    await ended;
  });
};
