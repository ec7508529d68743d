import { readFileSync } from "node:fs";
import { lstat, readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import type { ContainerImage } from "./container.ts";

export type Inspection = {
  readonly size_mib: number;
  readonly shell_found: boolean;
  readonly secrets_found: boolean;
  /** The files and variables that the two are about. */
  readonly findings: readonly string[];
};

const SHELLS =
  /^(sh|bash|dash|ash|zsh|ksh|fish|busybox|toybox|apt|apt-get|dpkg|apk|npm|npx|corepack|yarn|perl|python\d*|gcc|cc|make)$/;

/** Keys of ours by their names, and what private keys, tokens and settings of package managers look like. */
const SECRET_NAMES =
  /(\.key|\.pem|id_rsa|id_ed25519|\.npmrc|\.netrc|\.env|credentials\.json|\.git)$/;
const SECRET_VARIABLES = /^\w*(SECRET|TOKEN|PASSWORD|KEY)\w*=./;
const SECRET_TEXTS = [
  /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----\s*\n[A-Za-z0-9+/=]{40}/,
  /_authToken\s*=/,
];

export type Entry = { readonly path: string; readonly size: number; readonly stamp: string };

/** Every file of a folder, with what tells whether it was changed. */
export const listFiles = async (root: string): Promise<Entry[]> => {
  const names = await readdir(root, { recursive: true });
  return Promise.all(
    names.map(async (name) => {
      const { size, mtimeMs, ino } = await lstat(join(root, name));
      return { path: `/${name}`, size, stamp: `${mtimeMs} ${ino}` };
    }),
  );
};

/** What the files of an image weigh, and what must not be in it. */
export const inspectImage = async ({ root, config }: ContainerImage): Promise<Inspection> => {
  const entries = await listFiles(root);
  const bytes = entries.reduce((sum, { size }) => sum + size, 0);
  const paths = entries.map(({ path }) => path);
  const shells = paths.filter((path) => SHELLS.test(basename(path)));
  const files = paths.filter((path) => SECRET_NAMES.test(path) || holdsSecret(join(root, path)));
  const secrets = [...files, ...config.Env.filter((text) => SECRET_VARIABLES.test(text))];
  return {
    size_mib: Math.round((bytes / 2 ** 20) * 10) / 10,
    shell_found: shells.length > 0,
    secrets_found: secrets.length > 0,
    findings: [...shells, ...secrets],
  };
};

const holdsSecret = (path: string): boolean => {
  let text: string;
  try {
    text = readFileSync(path, "latin1");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EISDIR") return false;
    throw error;
  }
  return SECRET_TEXTS.some((pattern) => pattern.test(text));
};
