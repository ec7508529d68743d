import { randomBytes } from "node:crypto";
import { appendFile, mkdir, readdir, readFile, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { lucid } from "../e2e/lucid.ts";
import { run } from "./command.ts";

/** Something that must not be found in an image. */
export type Secret = { readonly name: string; readonly value: string };

/** What the images are built of, and what lies around there that is nobody's business. */
export type Source = {
  readonly folder: string;
  readonly version: string;
  readonly revision: string;
  /** ISO 8601 */
  readonly created: string;
  readonly secrets: readonly Secret[];
};

const PUBLIC_REGISTRY = "registry.npmjs.org";

/** A checkout of the last commit as a founder's looks: with a network's folder, settings and passwords in it. */
export const prepareSource = async (folder: string): Promise<Source> => {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const [revision = "", created = ""] = (await run("git", ["log", "-1", "--format=%H %cI"])).out
    .trim()
    .split(" ");
  const archive = `${folder}.tar`;
  await run("git", ["archive", "--output", archive, revision]);
  await run("tar", ["--extract", "--file", archive, "--directory", folder]);
  await rm(archive);
  const { version } = JSON.parse(await readFile(join(folder, "package.json"), "utf8")) as {
    version: string;
  };
  const secrets = [...(await plantSecrets(folder)), ...(await findHost())];
  return { folder, version, revision, created, secrets };
};

/** Where passwords and tokens lie in a checkout that is in use, and the line that holds one. */
const passwords: Readonly<Record<string, (password: string) => string>> = {
  "deploy/.env": (password) => `JWT_SECRET=${password}\n`,
  "deploy/secrets/mongodb_password": (password) => password,
  "deploy/secrets/redis_users": (password) => `user default on >${password} ~* &* +@all\n`,
  ".npmrc": (password) => `//registry.invalid/:_authToken=${password}\n`,
  "packages/node-management/.env.local": (password) => `JWT_SECRET=${password}\n`,
  ".git/config": (password) => `[http]\n  extraHeader = "Authorization: Bearer ${password}"\n`,
};

const plantSecrets = async (folder: string): Promise<Secret[]> => {
  const secrets: Secret[] = [];
  for (const [path, lineOf] of Object.entries(passwords)) {
    const value = randomBytes(32).toString("hex");
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await appendFile(join(folder, path), lineOf(value));
    secrets.push({ name: path, value });
  }
  const data = "packages/node-management/data";
  const made = await lucid(["init", "--demo", "--data", join(folder, data)]).ended;
  if (made.code !== 0) throw new Error(made.err);
  return [...secrets, ...(await readKeys(folder, join(data, "keys")))];
};

const readKeys = async (folder: string, keys: string): Promise<Secret[]> => {
  const names = (await readdir(join(folder, keys))).map((file) => join(keys, file));
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), "utf8")));
  return names.map((name, index) => ({ name, value: (texts[index] ?? "").trim() }));
};

/** Where this machine gets its packages from says who built an image. */
const findHost = async (): Promise<Secret[]> => {
  const registry = (await run("npm", ["config", "get", "registry"])).out.trim();
  const { host } = new URL(registry);
  return host === PUBLIC_REGISTRY ? [] : [{ name: "npm's registry", value: host }];
};
