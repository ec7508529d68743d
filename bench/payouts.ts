import { execFileSync } from "node:child_process";
import { setTimeout as wait } from "node:timers/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { leanEnvironment } from "@lucid/platform/program";
import { addressOfKey } from "@lucid/protocol";
import { WALLET_KEY } from "../packages/node-management/src/testing/payer-world.ts";
import { createRemoteSigner } from "../packages/tron/src/signer/client.ts";
import { prepareSigner } from "../packages/tron/src/signer/testing/process.ts";
import { createSignerWorld } from "../packages/tron/src/signer/testing/world.ts";
import { startServer } from "../packages/tron/src/testing/server.ts";
import { start } from "../test/e2e/lucid.ts";
import { startChild } from "./child.ts";
import { bundler, readRssMib, withFolder } from "./measure.ts";
import type { PayerArguments, Settled } from "./servers/payer.ts";

const PAYOUTS = 200;
const SIGNATURES = 50;
const BLOCK_MS = 200;
const SOLID_AFTER = 3;

const devnet = fileURLToPath(new URL("../packages/tron-devnet/src/main.ts", import.meta.url));

/**
 * Payouts from due to confirmed per minute, on a chain of 200 ms blocks in a process of its own and a store on disk, with
 * the key in the payer; signatures per minute of the bundled signer; resident memory of both in MiB.
 */
export async function benchPayouts(): Promise<Record<string, number>> {
  return withFolder(async (directory) => ({
    ...(await settle(directory)),
    ...(await sign(join(directory, "dist"))),
  }));
}

async function settle(directory: string): Promise<Record<string, number>> {
  const fund = `${addressOfKey(WALLET_KEY)}:100000:100000`;
  const block = `--block-ms ${BLOCK_MS} --solid-after ${SOLID_AFTER}`.split(" ");
  const place = ["--dir", join(directory, "chain"), "--fund", fund];
  const chain = start(process.execPath, [devnet, ...block, ...place]);
  try {
    const said = JSON.parse(await chain.line(() => true)) as Record<string, string>;
    const { url = "", genesis_block_id: genesisBlockId = "", token = "" } = said;
    await wait(BLOCK_MS * (SOLID_AFTER + 2));
    const asked: PayerArguments = {
      path: join(directory, "payer.sqlite"),
      payouts: PAYOUTS,
      chain: { url, genesisBlockId, token },
    };
    await using payer = await startChild("payer", [JSON.stringify(asked)]);
    const { seconds, confirmed } = await payer.ask<Settled>("pay");
    if (confirmed !== PAYOUTS) throw new Error(`${confirmed} of ${PAYOUTS} were confirmed`);
    return {
      payouts: confirmed,
      seconds,
      payouts_per_minute: (confirmed / seconds) * 60,
      payer_rss_mib: readRssMib(payer.pid),
    };
  } finally {
    chain.kill("SIGKILL");
    await chain.ended;
  }
}

async function sign(dist: string): Promise<Record<string, number>> {
  execFileSync(process.execPath, [bundler, dist], { stdio: "ignore" });
  await using world = await createSignerWorld({ startMs: Date.now() });
  await using log = await startServer(({ url = "" }, response) => {
    const file = world.files.get(url.slice(1));
    response.writeHead(file === undefined ? 404 : 200).end(file);
  });
  const folder = prepareSigner(join(world.dir, "signer"), {
    key: WALLET_KEY,
    sinceMs: 0,
    settings: settingsOf(world, log.url),
  });
  const owner = world.owner("a");
  const expirationMs = world.time.nowMs + 3_000_000;
  const asked = [];
  for (let n = 0; n < SIGNATURES; n++)
    asked.push(await world.transferOf(world.debit(owner), { expirationMs }));
  const program = folder.start(leanEnvironment, join(dist, "signer.mjs"));
  try {
    await program.url;
    const signer = createRemoteSigner({ socketPath: folder.socket, address: world.binding.wallet });
    const began = performance.now();
    for (const { unsigned, order } of asked) await signer.sign(unsigned, order);
    const seconds = (performance.now() - began) / 1000;
    return {
      signatures_per_minute: (SIGNATURES / seconds) * 60,
      signer_rss_mib: readRssMib(program.pid),
    };
  } finally {
    program.signal("SIGKILL");
    await program.exit;
  }
}

const settingsOf = (
  { dir, network, devnet: chain, binding }: Awaited<ReturnType<typeof createSignerWorld>>,
  logUrl: string,
) => ({
  NODE_ADDRESS: binding.wallet,
  SIGNER_NETWORK_ID: network.networkId,
  SIGNER_LOG_URL: logUrl,
  SIGNER_DELAY_SLOTS: "0",
  SIGNER_MARK_FILE: join(dir, "journal.mark"),
  SIGNER_MAX_LIFETIME: "3600",
  TRON_NETWORK: "local",
  TRON_ENDPOINTS: chain.url,
  TRON_TOKEN: binding.token,
  TRON_GENESIS_BLOCK: binding.chain,
});
