import { lstat, readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { ContainerImage } from "./container.ts";
import type { Secret } from "./source.ts";

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

type Entry = { readonly path: string; readonly size: number; readonly text: string };

/** Every file and link of a folder; links have no text, as they lead out of it. */
const listFiles = async (root: string): Promise<Entry[]> => {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return Promise.all(
    entries
      .filter((entry) => !entry.isDirectory())
      .map(async (entry) => {
        const path = join(entry.parentPath, entry.name);
        const { size } = await lstat(path);
        const text = entry.isFile() ? await readFile(path, "latin1") : "";
        return { path: path.slice(root.length), size, text };
      }),
  );
};

/** What the files of an image weigh, and what must not be in it: `secrets`, and anything that looks like one. */
export const inspectImage = async (
  { root, config }: ContainerImage,
  secrets: readonly Secret[],
): Promise<Inspection> => {
  const entries = await listFiles(root);
  const bytes = entries.reduce((sum, { size }) => sum + size, 0);
  const shells = entries.map(({ path }) => path).filter((path) => SHELLS.test(basename(path)));
  const found = entries.flatMap(({ path, text }) => [
    ...(SECRET_NAMES.test(path) ? [path] : []),
    ...findSecrets(text, secrets).map((what) => `${path}: ${what}`),
  ]);
  const told = findSecrets(JSON.stringify(config), secrets);
  const variables = config.Env.filter((text) => SECRET_VARIABLES.test(text));
  const leaks = [...found, ...told, ...variables];
  return {
    size_mib: Math.round((bytes / 2 ** 20) * 10) / 10,
    shell_found: shells.length > 0,
    secrets_found: leaks.length > 0,
    findings: [...shells, ...leaks],
  };
};

const findSecrets = (text: string, secrets: readonly Secret[]): string[] => [
  ...SECRET_TEXTS.filter((pattern) => pattern.test(text)).map(String),
  ...secrets.filter(({ value }) => text.includes(value)).map(({ name }) => name),
];
