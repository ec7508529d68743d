import { access, constants, lstat, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { getuid } from "node:process";
import { failed, type Finding, fine, unknown, warning } from "@lucid/platform/checks";
import type { DoctorContext } from "../context.ts";

const DAY_MS = 86_400_000;
const OLD_DAYS = 730;

/** Whether the folder belongs to whoever runs the services, with all that is in it, and is closed to others. */
export const checkFolder = async ({ folder }: Pick<DoctorContext, "folder">): Promise<Finding> => {
  const found = await stat(folder).catch(() => null);
  if (found === null)
    return failed(`there is no ${folder}`, `make one: lucid init --data ${folder}`);
  const stranger = judgeOwner(folder, found.uid) ?? (await findStranger(folder, found.uid));
  if (stranger !== null) return stranger;
  const isWritable = await access(folder, constants.W_OK).then(
    () => true,
    () => false,
  );
  if (!isWritable) return failed(`${folder} cannot be written`, `chmod u+w ${folder}`);
  if ((found.mode & 0o077) !== 0)
    return warning(`other users can look into ${folder}`, `chmod 700 ${folder}`);
  return fine(`${folder} is for user ${found.uid} alone`);
};

/** Root looks after what belongs to others, such as a container's folder. */
const judgeOwner = (folder: string, owner: number): Finding | null => {
  const uid = getuid?.() ?? owner;
  if (uid === 0 || uid === owner) return null;
  return failed(
    `${folder} belongs to user ${owner}, and you are ${uid}`,
    owner === 0
      ? `give it to the user that runs the services: sudo chown -R ${uid} ${folder}`
      : `ask as that user: sudo -u '#${owner}' lucid doctor --data ${folder}`,
  );
};

/** What somebody else left in the folder, a command run as root for example: the services cannot write it. */
const findStranger = async (folder: string, owner: number): Promise<Finding | null> => {
  const places = [folder, join(folder, "keys"), join(folder, "log")];
  for (const place of places)
    for (const name of await readdir(place).catch(() => [])) {
      const path = join(place, name);
      const uid = (await lstat(path).catch(() => null))?.uid ?? owner;
      if (uid !== owner)
        return failed(
          `${path} belongs to user ${uid}, the folder to ${owner}`,
          `chown -R ${owner} ${folder}`,
        );
    }
  return null;
};

type KeyFile = { readonly name: string; readonly mode: number; readonly days: number };

/** Whether keys are closed to others, none is very old, and those of the roots are somewhere else. */
export const checkKeys = async ({
  folder,
  io,
}: Pick<DoctorContext, "folder" | "io">): Promise<Finding> => {
  const keys = await readKeys(join(folder, "keys"), io.clock.now());
  if (keys.length === 0) return unknown(`there are no keys in ${join(folder, "keys")}`);
  const open = keys.find(({ mode }) => (mode & 0o077) !== 0);
  if (open !== undefined)
    return failed(
      `others can read ${open.name}`,
      `chmod 600 ${join(folder, "keys")}/*, and replace it if somebody did`,
    );
  const roots = keys.filter(({ name }) => name.startsWith("root-"));
  if (roots.length > 0)
    return warning(
      `${roots.map(({ name }) => name).join(", ")} still on this machine`,
      "copy root keys to two places off this machine, then remove them here",
    );
  const oldest = keys.reduce((a, b) => (a.days >= b.days ? a : b));
  const words = `${keys.length} files, mode 600; the oldest is ${oldest.name}, ${oldest.days} days`;
  return oldest.days > OLD_DAYS ? warning(words, "replace it in time") : fine(words);
};

const readKeys = async (folder: string, nowMs: number): Promise<KeyFile[]> => {
  const names = await readdir(folder).catch(() => []);
  const files = await Promise.all(
    names.map(async (name) => ({ name, found: await stat(join(folder, name)) })),
  );
  return files
    .filter(({ found }) => found.isFile())
    .map(({ name, found: { mode, mtimeMs } }) => ({
      name,
      mode,
      days: Math.max(0, Math.floor((nowMs - mtimeMs) / DAY_MS)),
    }));
};
