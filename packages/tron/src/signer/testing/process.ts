import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type ServiceProcess, startProcess } from "@lucid/platform/program/testing";
import { initSigner } from "../program.ts";
import { readSettings, socketPath } from "../settings.ts";

const main = fileURLToPath(new URL("../main.ts", import.meta.url));

export type SignerFolder = {
  readonly env: Readonly<Record<string, string>>;
  readonly socket: string;
  /** The signer as a process of its own, from its sources or from a bundle. */
  readonly start: (changes?: Readonly<Record<string, string>>, program?: string) => ServiceProcess;
};

/** A folder as an operator prepares it: key, settings, journal. */
export const prepareSigner = (
  dir: string,
  { key, settings, sinceMs }: { key: string; settings: Record<string, string>; sinceMs: number },
): SignerFolder => {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const file = join(dir, "wallet.key");
  writeFileSync(file, `${key}\n`);
  chmodSync(file, 0o600);
  const env = { SIGNER_DATA_PATH: dir, ...settings };
  const config = readSettings({ env });
  initSigner(config, { clock: { now: () => sinceMs } });
  return {
    env,
    socket: socketPath(config),
    start: (changes = {}, program = main) => startProcess(program, { ...env, ...changes }),
  };
};
