import { open, readdir } from "node:fs/promises";
import { join } from "node:path";

/** Makes durable what lies in a folder, and its name in it; `deep` unless only the names matter. */
export const syncAll = async (folder: string, { deep = true } = {}): Promise<void> => {
  const items = deep ? await readdir(folder, { withFileTypes: true }) : [];
  for (const item of items) {
    const path = join(folder, item.name);
    if (item.isDirectory()) await syncAll(path);
    else await sync(path);
  }
  await sync(folder);
};

const sync = async (path: string): Promise<void> => {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};
