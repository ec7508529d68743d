import { DiskError } from "./disk-error.ts";
import { inParallel } from "./in-parallel.ts";
import { assertPath, chainOf, folderOf, joinPath } from "./paths.ts";
import { nextOf, temporaryOf } from "./port.ts";
import type { Disk, DiskFile } from "./port.ts";
import type { Primitives } from "./primitives.ts";

/** The file that `lock` takes. */
export const LOCK = "lock";

const AT_ONCE = 16;

/** Durable files out of single steps. */
export function createDisk(primitives: Primitives): Disk {
  /** Folders whose own name this process knows to be durable; one that merely exists may have been made and not synced. */
  const durable = new Set<string>();
  return diskAt("");

  function diskAt(root: string): Disk {
    const place = (path: string): string => {
      assertPath(path);
      return joinPath(root, path);
    };

    return {
      name: root === "" ? primitives.name : `${primitives.name}/${root}`,
      folder: (name) => diskAt(place(name)),
      freeBytes: () => primitives.freeBytes(),

      read: async (path) => {
        if (path === LOCK)
          throw new DiskError("disk.path", path, "lock is not read: that would let go of it");
        return primitives.read(place(path));
      },
      size: async (path) => {
        const found = await primitives.look(place(path));
        return found?.kind === "file" ? found.bytes : null;
      },
      list: async (folder) => {
        const items = await primitives.list(folder === "" ? root : place(folder));
        return items.sort((a, b) => (a.name < b.name ? -1 : 1));
      },

      write: async (files) => {
        const placed = files.map(({ path, bytes }) => ({ path: place(path), bytes }));
        const folders = new Set(placed.map(({ path }) => folderOf(path)));
        const made = await makeFolders(folders);
        await inParallel(placed, AT_ONCE, writeOne);
        await syncFolders([...folders, ...made.map(folderOf)]);
        for (const folder of made) durable.add(folder);
      },

      publish: async ({ path, bytes }) => {
        const target = place(path);
        const folder = folderOf(target);
        const made = await makeFolders([folder]);
        await primitives.writeSynced(nextOf(target), bytes);
        await syncFolders([folder, ...made.map(folderOf)]);
        await primitives.rename(nextOf(target), target);
        await primitives.syncFolder(folder);
        for (const one of made) durable.add(one);
      },

      move: async (from, to) => {
        const [source, target] = [place(from), place(to)];
        const made = await makeFolders([folderOf(target)]);
        await primitives.rename(source, target);
        await syncFolders([folderOf(target), folderOf(source), ...made.map(folderOf)]);
        for (const folder of made) durable.add(folder);
      },

      remove: async (paths) => {
        const placed = paths.map(place);
        const folders = new Set<string>();
        await inParallel(placed, AT_ONCE, async (path) => {
          if (await removeAll(path)) folders.add(folderOf(path));
        });
        await syncFolders(folders);
      },

      lock: async () => {
        const made = await makeFolders([root]);
        await syncFolders(made.map(folderOf));
        for (const folder of made) durable.add(folder);
        return primitives.lock(joinPath(root, LOCK));
      },
    };
  }

  /** Makes folders with all above them; answers those whose names are not known to be durable. */
  async function makeFolders(folders: Iterable<string>): Promise<string[]> {
    const chain = new Set(Array.from(folders).flatMap(chainOf));
    const unsure = [...chain].filter((folder) => !durable.has(folder)).sort();
    for (const folder of unsure) await primitives.makeFolder(folder);
    return unsure;
  }

  async function syncFolders(folders: Iterable<string>): Promise<void> {
    await inParallel(new Set(folders), AT_ONCE, (folder) => primitives.syncFolder(folder));
  }

  async function writeOne({ path, bytes }: DiskFile): Promise<void> {
    try {
      await primitives.writeSynced(temporaryOf(path), bytes);
      await primitives.rename(temporaryOf(path), path);
    } catch (error) {
      // The first fault counts; what cannot be removed now is swept away at the next start.
      await Promise.allSettled([primitives.removeFile(temporaryOf(path))]);
      throw error;
    }
  }

  /** Whether there was anything. */
  async function removeAll(path: string): Promise<boolean> {
    const found = await primitives.look(path);
    if (found === null) return false;
    if (found.kind === "file") {
      await primitives.removeFile(path);
      return true;
    }
    for (const { name } of await primitives.list(path)) await removeAll(joinPath(path, name));
    await primitives.removeFolder(path);
    durable.delete(path);
    return true;
  }
}
