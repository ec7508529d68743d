import { appendFileSync, cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { addressOfKey, signMessage } from "@lucid/protocol";
import { startDevnet } from "@lucid/tron-devnet";
import { type Block, repository } from "./page.ts";
import type { Scratch } from "./scratch.ts";

const oldWallet = "11".repeat(32);
const newWallet = "22".repeat(32);
const DATA = "/var/lib/lucid";

export type Told = { readonly scratch: Scratch; readonly stack: AsyncDisposableStack };

/** What a page takes for granted, and what happens elsewhere while it is read. */
export type Scene = {
  /** Before the first command. */
  readonly before?: (told: Told) => Promise<void>;
  /** Before a block of this text. */
  readonly meanwhile?: (told: Told, block: Block) => Promise<void>;
};

const isUp = (out: string): boolean => out.includes("Ctrl-C stops it");
const isRunning = (out: string): boolean => out.includes("starts in slot");

const must = async (scratch: Scratch, command: string): Promise<void> => {
  const { code, out } = await scratch.run(command);
  if (code !== 0) throw new Error(`${command}: ${out}`);
};

const startNetwork = async ({ scratch }: Told, folder = "elsewhere"): Promise<void> => {
  await must(scratch, `lucid init --demo --data ${folder}`);
  await scratch.start(`lucid up --data ${folder}`, isUp);
};

const startNode = async ({ scratch }: Told): Promise<void> => {
  writeFileSync(join(scratch.folder, "wallet.key"), oldWallet, { mode: 0o600 });
  const enrol = `lucid node enrol --service http://localhost:8095 --address ${addressOfKey(oldWallet)}`;
  await must(scratch, "lucid node init");
  await must(scratch, `${enrol} --wallet-key-file wallet.key`);
  await scratch.start("lucid node run", isRunning);
};

/** A chain on this machine instead of nile, with a wallet that is funded on it. */
const startChain = async ({ scratch, stack }: Told): Promise<void> => {
  const settings = join(scratch.here(DATA), "lucid.yaml");
  const wallet = /NODE_ADDRESS: (\S+)/.exec(readFileSync(settings, "utf8"))?.[1] ?? "";
  const accounts = [{ address: wallet, trxSun: 10n ** 12n, usdtMicro: 10n ** 12n }];
  const dir = join(scratch.folder, "chain");
  const devnet = stack.use(await startDevnet({ dir, blockMs: 1000, accounts }));
  const local = {
    TRON_NETWORK: "local",
    TRON_ENDPOINTS: devnet.nodeUrl("a"),
    TRON_TOKEN: devnet.token,
    TRON_GENESIS_BLOCK: devnet.genesisBlockId,
  };
  const kept = readFileSync(settings, "utf8").replace(/^TRON_NETWORK.*\n/m, "");
  writeFileSync(settings, kept);
  appendFileSync(
    settings,
    Object.entries(local)
      .map(([name, value]) => `${name}: ${value}\n`)
      .join(""),
  );
};

/** What lies beside a page's reader who has cloned the repository. */
const layDeploy = async ({ scratch }: Told): Promise<void> => {
  const mine = /\/deploy\/(data|signer|secrets|staging|\.env$)/;
  cpSync(`${repository}deploy`, join(scratch.folder, "deploy"), {
    recursive: true,
    filter: (path) => !mine.test(path),
  });
};

export const scenes: Readonly<Record<string, Scene>> = {
  "docs/auditor-guide.md": {
    before: async (told) => {
      await startNetwork(told);
      await startNode(told);
    },
  },
  "docs/containers.md": { before: layDeploy },
  "docs/owner-guide.md": { before: (told) => startNetwork(told) },
  "docs/operations.md": { before: (told) => startNetwork(told, "data") },
  "docs/upgrade.md": { before: (told) => startNetwork(told, "data") },
  "docs/pools.md": {
    before: async (told) => {
      await startNetwork(told, "data");
      await startNode(told);
    },
  },
  "docs/nodes.md": {
    before: async (told) => {
      await startNetwork(told, "data");
      await startNode(told);
    },
  },
  "docs/founder-guide.md": {
    meanwhile: async (told, { text }) => {
      if (text.includes("lucid up")) await startChain(told);
      if (text.includes("--standing pending")) await startNode(told);
    },
  },
};

/** What stands for something that differs on each machine, by its name in a document. */
export const placeholders: Readonly<
  Record<string, (scratch: Scratch, said: string) => Promise<string> | string>
> = {
  address: () => addressOfKey(oldWallet),
  "new-address": () => addressOfKey(newWallet),
  signature: (_, said) => signMessage(oldWallet, textIn(said)),
  "old-signature": (_, said) => signMessage(oldWallet, textIn(said)),
  "new-signature": (_, said) => signMessage(newWallet, textIn(said)),
  slot: async (scratch) => String(Number(await ask(scratch, "network", ".slot")) + 5),
  "later-slot": async (scratch) => String(Number(await ask(scratch, "network", ".slot")) + 6),
  network_id: (scratch) => ask(scratch, "network", ".network_id"),
  node_id: (scratch) => ask(scratch, "nodes", ".items[0].node_id"),
  owner_id: (scratch) => ask(scratch, "owners", ".items[0].owner_id"),
  epoch: (scratch) =>
    ask(
      scratch,
      "epochs?limit=100",
      '[.items[] | select(.state == "closed" and .total_usdt != "0.000000")][0].epoch',
    ),
};

/** The text that a wallet has to sign, out of what was said about it. */
const textIn = (said: string): string => {
  const found = /exactly this text:\n\n([\s\S]*?)\n\nOne signs/.exec(said)?.[1];
  if (found === undefined) throw new Error(`no text to sign in: ${said}`);
  return found;
};

const ask = async (scratch: Scratch, path: string, filter: string): Promise<string> => {
  const url = `http://localhost:8095/api/v1/${path}`;
  const { out } = await scratch.until(`curl -sf '${url}' | jq -er '${filter}'`);
  return out.trim();
};

/** The command with every placeholder filled in. Throws for one that nobody knows. */
export const fillIn = async (text: string, scratch: Scratch, said: string): Promise<string> => {
  const names = new Set([...text.matchAll(/<([a-z][a-z_-]*)>/g)].map(([, name = ""]) => name));
  let filled = text;
  for (const name of names) {
    const value = placeholders[name];
    if (value === undefined) throw new Error(`<${name}> stands for nothing that a test knows`);
    filled = filled.replaceAll(`<${name}>`, await value(scratch, said));
  }
  return filled;
};
