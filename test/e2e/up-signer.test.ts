import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { readSignerStatus } from "@lucid/tron";
import { startDevnet } from "@lucid/tron-devnet";
import { afterAll, beforeAll, expect, test } from "vitest";
import { jsonLines, lucid, type Running } from "./lucid.ts";

const stack = new AsyncDisposableStack();
afterAll(() => stack.disposeAsync());

let folder: string;
let settings: string[];

beforeAll(async () => {
  const dir = await mkdtemp(join(tmpdir(), "up-signer-"));
  stack.defer(() => rm(dir, { recursive: true, force: true }));
  folder = join(dir, "network");
  const made = await lucid(["init", "--data", folder, "--demo", "--json"]).ended;
  if (made.code !== 0) throw new Error(made.err);
  const devnet = stack.use(await startDevnet({ dir: join(dir, "chain"), accounts: [] }));
  settings = [
    "TRON_NETWORK=local",
    `TRON_ENDPOINTS=${devnet.url}`,
    `TRON_TOKEN=${devnet.token}`,
    `TRON_GENESIS_BLOCK=${devnet.genesisBlockId}`,
    "NODE_MANAGEMENT_HOST=127.0.0.1",
    "NODE_MANAGEMENT_PORT=0",
    "METRICS_PORT=0",
    "BLOCK_MANAGER_PORT=0",
  ];
});

const up = (): Running => {
  const network = lucid(["up", "--data", folder, "--json", "--set", ...settings]);
  stack.defer(() => network.kill("SIGKILL"));
  return network;
};
const socketPath = (): string => join(folder, "signer", "run", "signer.sock");
const status = () => readSignerStatus({ socketPath: socketPath() });

/** The process of the signer that is named last, once it is another than `before`. */
const signerPid = async (network: Running, before = 0): Promise<number> => {
  const isNext = (line: string): boolean => {
    const { event, pid } = JSON.parse(line) as { event?: string; pid?: number };
    return event === "signer" && pid !== before;
  };
  return (JSON.parse(await network.line(isNext)) as { pid: number }).pid;
};

const answers = async (): Promise<Record<string, unknown>> => {
  for (;;) {
    const found = await status().catch(() => null);
    if (found !== null) return found;
    await wait(100);
  }
};

test("its signer is started again when it is killed, with its mark apart from its journal", async () => {
  const network = up();
  const first = await signerPid(network);
  expect(await answers()).toMatchObject({ network: "local", journal: { signed: 0 } });
  expect(readFileSync(join(folder, "signer.mark"), "utf8")).toMatch(/^[0-9]+ [0-9a-f]{64}\n$/);
  process.kill(first, "SIGKILL");
  const second = await signerPid(network, first);
  expect(second).not.toBe(first);
  await answers();
  network.kill("SIGTERM");
  const { code, err } = await network.ended;
  expect(code).toBe(0);
  expect(err).toContain("the signer ended, so nothing is signed; it is started again");
  await expect(status()).rejects.toThrow(/signer/);
});

test("a journal that is gone is for people to judge: nothing starts, and the line says what to do", async () => {
  await rm(join(folder, "signer", "journal.sqlite"));
  const { code, out, err } = await up().ended;
  expect(code).not.toBe(0);
  const said = [...jsonLines(out), ...jsonLines(err)].at(-1);
  expect(JSON.stringify(said)).toContain("signer.journal.missing");
  expect(JSON.stringify(said)).toContain("docs/signer.md");
});
