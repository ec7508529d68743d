import { chmodSync, watch, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { WALLET, WALLET_KEY } from "../../../tron-devnet/src/testing/network.ts";
import { startServer, type TestServer } from "../testing/server.ts";
import { txidOfSigned } from "../signed.ts";
import { createRemoteSigner, readSignerStatus } from "./client.ts";
import { prepareSigner, type SignerFolder } from "./testing/process.ts";
import { createSignerWorld, type SignerWorld } from "./testing/world.ts";

let world: SignerWorld;
let log: TestServer;
let folder: SignerFolder;

beforeEach(async () => {
  world = await createSignerWorld({ startMs: Date.now() });
  log = await startServer(({ url = "" }, response) => {
    const file = world.files.get(url.slice(1));
    response.writeHead(file === undefined ? 404 : 200);
    response.end(file);
  });
  folder = prepareSigner(join(world.dir, "signer"), {
    key: WALLET_KEY,
    sinceMs: 0,
    settings: {
      NODE_ADDRESS: WALLET,
      SIGNER_NETWORK_ID: world.network.networkId,
      SIGNER_LOG_URL: log.url,
      SIGNER_DELAY_SLOTS: "0",
      SIGNER_MARK_FILE: join(world.dir, "signer", "journal.mark"),
      SIGNER_MAX_LIFETIME: "3600",
      TRON_NETWORK: "local",
      TRON_ENDPOINTS: world.devnet.url,
      TRON_TOKEN: world.devnet.token,
      TRON_GENESIS_BLOCK: world.devnet.genesisBlockId,
    },
  });
});
afterEach(async () => {
  await log[Symbol.asyncDispose]();
  await world[Symbol.asyncDispose]();
});

const lateBy = 600_000;
const askFor = async (entry: ReturnType<SignerWorld["debit"]>, feeLimitSun = 50_000_000n) =>
  world.transferOf(entry, { expirationMs: world.time.nowMs + lateBy, feeLimitSun });

const sign = ({ unsigned, order }: Awaited<ReturnType<typeof askFor>>): Promise<string> =>
  Promise.resolve(
    createRemoteSigner({ socketPath: folder.socket, address: WALLET }).sign(unsigned, order),
  );

describe("the signer as a process", () => {
  it("that is killed while it writes or before it answers signs nothing else afterwards", async () => {
    const owner = world.owner("ann");
    for (const [round, nth] of [1, 4, 6, 8].entries()) {
      const entry = world.debit(owner);
      const asked = await askFor(entry);
      const doomed = folder.start();
      await doomed.url;
      let events = 0;
      const watcher = watch(join(world.dir, "signer"), (_, file) => {
        if (file?.startsWith("journal") === true && ++events === nth) doomed.signal("SIGKILL");
      });
      const first = await sign(asked).catch(() => null);
      watcher.close();
      doomed.signal("SIGKILL");
      await doomed.exit;

      const next = folder.start();
      await next.url;
      const again = await sign(asked);
      expect(txidOfSigned(again)).toBe(asked.unsigned.txid);
      expect(first ?? again).toBe(again);
      await expect(sign(await askFor(entry, 51_000_000n))).rejects.toMatchObject({
        details: { code: "signer.other_txid" },
      });
      expect(await readSignerStatus({ socketPath: folder.socket })).toMatchObject({
        journal: { signed: round + 1 },
      });
      next.signal("SIGTERM");
      expect(await next.exit).toBe(0);
    }
  }, 120_000);

  it("starts with nothing that is wrong, and says what to do", async () => {
    const key = join(world.dir, "signer", "wallet.key");
    const fails = async (changes: Record<string, string> = {}) => {
      const process = folder.start({ ...changes });
      return [await process.exit, process.lines.at(-1)];
    };
    chmodSync(key, 0o640);
    expect(await fails()).toEqual([2, expect.stringContaining("chmod 600")]);
    chmodSync(key, 0o600);
    writeFileSync(key, "11");
    expect(await fails()).toEqual([2, expect.stringContaining("64 lower-case hex digits")]);
    writeFileSync(key, "22".repeat(32));
    expect(await fails()).toEqual([3, expect.stringContaining(WALLET)]);
    writeFileSync(key, WALLET_KEY);
    expect(await fails({ SIGNER_NETWORK_ID: "ab".repeat(32) })).toEqual([
      3,
      expect.stringContaining("network_id"),
    ]);
    const { TRON_TOKEN: _token, TRON_GENESIS_BLOCK: _genesis, ...named } = folder.env;
    expect(await fails({ ...named, TRON_NETWORK: "mainnet" })).toEqual([
      2,
      expect.stringContaining("TRON_NETWORK local"),
    ]);
    expect(
      await fails({ SIGNER_DATA_PATH: join(world.dir, "other"), SIGNER_KEY_FILE: key }),
    ).toEqual([4, expect.stringContaining("lucid signer init")]);
    const running = folder.start();
    await running.url;
    expect(await fails()).toEqual([4, expect.stringContaining("another signer")]);
    running.signal("SIGTERM");
    expect(await running.exit).toBe(0);
  });
});
