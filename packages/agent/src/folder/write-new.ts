import { existsSync } from "node:fs";
import { chmod, mkdir, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";

/**
 * Makes a folder, and those above it that are missing, that only this user can read.
 * One by one: Node's own recursive mkdir never ends where the system takes no folders (/proc).
 */
export const makePrivateFolder = async (path: string): Promise<void> => {
  if (existsSync(path)) return;
  await makePrivateFolder(dirname(path));
  await mkdir(path, { mode: 0o700 });
};

/** Writes a file that must not exist yet (EEXIST when it does), readable by this user only, and syncs it. */
export const writeNewSecret = async (path: string, text: string): Promise<void> => {
  const file = await open(path, "wx", 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await chmod(path, 0o600); // whatever the umask said
};

/** Replaces a file whole or not at all: a crash leaves the old one. */
export const replaceFile = async (path: string, text: string): Promise<void> => {
  const temporary = `${path}.new`;
  await rm(temporary, { force: true });
  await writeNewSecret(temporary, text);
  await rename(temporary, path);
};
