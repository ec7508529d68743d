import { existsSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { syncAll } from "./sync.ts";
import { UNFINISHED } from "./layout.ts";
import { type Manifest, readManifest } from "./manifest.ts";

type Earlier = { readonly folder: string; readonly manifest: Manifest };

/** The whole backups of a network in a folder, the latest first. */
export const listBackups = async (parent: string, networkId: string): Promise<Earlier[]> => {
  const names = (await readdir(parent)).filter((name) => !isUnfinished(name));
  const found: Earlier[] = [];
  for (const name of names) {
    const folder = join(parent, name);
    if (!existsSync(join(folder, "manifest.json"))) continue;
    const manifest = await readManifest(folder).catch(() => null); // of another format, or damaged: not ours to touch
    if (manifest?.network_id === networkId) found.push({ folder, manifest });
  }
  return found.toSorted((a, b) => (a.manifest.made_at < b.manifest.made_at ? 1 : -1));
};

/** Removes all but the latest `keep` backups of a network; answers which. Files that later ones share stay with them. */
export const removeOlder = async (
  parent: string,
  networkId: string,
  keep: number,
): Promise<string[]> => {
  const older = (await listBackups(parent, networkId)).slice(keep).map(({ folder }) => folder);
  for (const folder of older) await rm(folder, { recursive: true });
  await syncAll(parent, { deep: false });
  return older;
};

/** Removes what backups left that were cut off. */
export const removeUnfinished = async (parent: string): Promise<void> => {
  for (const name of await readdir(parent))
    if (isUnfinished(name)) await rm(join(parent, name), { recursive: true });
};

const isUnfinished = (name: string): boolean => name.endsWith(UNFINISHED);
