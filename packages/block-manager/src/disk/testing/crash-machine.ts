import { createDisk } from "../disk.ts";
import { DiskError } from "../disk-error.ts";
import { folderOf } from "../paths.ts";
import type { Disk } from "../port.ts";
import type { Primitives } from "../primitives.ts";
import { applyNames, createFolder, filesIn, folderOfFiles, nodeAt } from "./file-tree.ts";
import type { FileNode, FolderNode, NameChange, TreeNode } from "./file-tree.ts";

/**
 * What is left after a stop. `kill`: the process died, the machine did not. `lost`: the power failed, and nothing that
 * was not synced is there. `torn`: the power failed, and each change that was not synced is there or not, content whole,
 * cut off, zeroed or old.
 */
export type Loss = "kill" | "lost" | "torn";

/** A machine with a disk in memory that can stop at any step. */
export type CrashMachine = {
  /** The disk as a process sees it that starts now. */
  disk(): Disk;
  /** How many steps were taken since the last start. */
  steps(): number;
  /** Stops the machine after so many more steps: whatever is asked of the disk then throws `PowerLoss`. */
  stopAfter(steps: number): void;
  /** Lets one step fail with an error of the disk; what comes after works. */
  failOnce(step: number, error: DiskError): void;
  /** Ends the process, or the power, and starts again. */
  restart(loss: Loss, random: () => number): void;
  /** Every file by its path. */
  files(): Map<string, Uint8Array>;
  /** Overwrites a file behind the back of everybody. */
  put(path: string, bytes: Uint8Array): void;
};

/** Nothing happens any more. */
export class PowerLoss extends Error {
  constructor() {
    super("the machine has stopped");
    this.name = "PowerLoss";
  }
}

export function createCrashMachine(
  given: ReadonlyMap<string, Uint8Array> = new Map(),
): CrashMachine {
  let root = folderOfFiles(given);
  let pending: NameChange[] = [];
  let taken = 0;
  let lastStep = Number.POSITIVE_INFINITY;
  let failing: { step: number; error: DiskError } | null = null;
  const locked = new Set<string>();
  let life = 0;

  return {
    disk: () => createDisk(primitivesOf(life)),
    steps: () => taken,
    stopAfter: (steps) => void (lastStep = taken + steps),
    failOnce: (step, error) => void (failing = { step: taken + step, error }),
    files: () => new Map(Array.from(filesIn(root), ([path, { content }]) => [path, content])),
    put: (path, bytes) => {
      const file = nodeAt(root, path);
      if (file?.kind !== "file") throw new Error(`there is no file ${path}`);
      file.content = bytes;
      file.synced = bytes;
    },
    restart: (loss, random) => {
      life++;
      [taken, lastStep, failing] = [0, Number.POSITIVE_INFINITY, null];
      locked.clear();
      if (loss === "kill") return;
      for (const change of pending)
        if (loss === "torn" && random() < 0.5) applyNames(change, "synced");
      pending = [];
      root = survivorOf(root, loss, random) as FolderNode;
    },
  };

  /** A process that was ended can do nothing any more, whatever it had under way. */
  function primitivesOf(born: number): Primitives {
    const step = (): void => {
      if (life !== born || taken >= lastStep) throw new PowerLoss();
      taken++;
      if (failing?.step !== taken) return;
      const { error } = failing;
      failing = null;
      throw error;
    };
    const alive = (): void => {
      if (life !== born || taken >= lastStep) throw new PowerLoss();
    };
    const change = (changes: NameChange): void => {
      step();
      applyNames(changes, "entries");
      pending.push(changes);
    };

    return {
      name: "memory",
      read: async (path) => {
        alive();
        const node = nodeAt(root, path);
        return node?.kind === "file" ? node.content.slice() : null;
      },
      look: async (path) => {
        alive();
        const node = nodeAt(root, path);
        if (node === null) return null;
        return { kind: node.kind, bytes: node.kind === "file" ? node.content.length : 0 };
      },
      list: async (path) => {
        alive();
        const node = nodeAt(root, path);
        if (node?.kind !== "folder") return [];
        return Array.from(node.entries, ([name, { kind }]) => ({ name, kind }));
      },
      writeSynced: async (path, bytes) => {
        const found = nodeAt(root, path);
        const file: FileNode =
          found?.kind === "file" ? found : { kind: "file", content: bytes, synced: null };
        if (found !== file) change([{ ...placeOf(path), node: file }]);
        file.content = bytes.slice(0, bytes.length / 2);
        step();
        file.content = bytes.slice();
        step();
        file.synced = file.content;
      },
      rename: async (from, to) => {
        const node = nodeAt(root, from);
        if (node === null) throw new DiskError("disk.failed", from, `${from} is not there`);
        change([
          { ...placeOf(from), node: null },
          { ...placeOf(to), node },
        ]);
      },
      makeFolder: async (path) => {
        if (nodeAt(root, path) === null) change([{ ...placeOf(path), node: createFolder() }]);
      },
      syncFolder: async (path) => {
        step();
        const folder = folderAt(path);
        for (const changes of pending)
          if (changes.at(-1)?.folder === folder) applyNames(changes, "synced");
        pending = pending.filter((changes) => changes.at(-1)?.folder !== folder);
      },
      removeFile: async (path) => {
        if (nodeAt(root, path) !== null) change([{ ...placeOf(path), node: null }]);
      },
      removeFolder: async (path) => change([{ ...placeOf(path), node: null }]),
      freeBytes: async () => null,
      lock: async (path) => {
        alive();
        if (locked.has(path)) throw new DiskError("disk.locked", path, "another process has it");
        locked.add(path);
        return { release: async () => void locked.delete(path) };
      },
    };
  }

  function folderAt(path: string): FolderNode {
    const node = nodeAt(root, path);
    if (node?.kind === "folder") return node;
    throw new DiskError("disk.failed", path, `the folder ${path} is not there`);
  }

  function placeOf(path: string): { folder: FolderNode; name: string } {
    const folder = folderOf(path);
    return { folder: folderAt(folder), name: path.slice(path.lastIndexOf("/") + 1) };
  }
}

/** What is on the disk when the power is back. */
function survivorOf(node: TreeNode, loss: Loss, random: () => number): TreeNode {
  if (node.kind === "file") {
    const content = node.content === node.synced ? node.synced : remainsOf(node, loss, random);
    return { kind: "file", content, synced: content };
  }
  const kept = Array.from(
    node.synced,
    ([name, child]) => [name, survivorOf(child, loss, random)] as const,
  );
  return { kind: "folder", entries: new Map(kept), synced: new Map(kept) };
}

function remainsOf({ content, synced }: FileNode, loss: Loss, random: () => number): Uint8Array {
  const old = synced ?? new Uint8Array(0);
  if (loss === "lost") return old;
  const remains = [
    old,
    content,
    content.slice(0, Math.floor(random() * content.length)),
    new Uint8Array(content.length),
  ];
  return remains[Math.floor(random() * remains.length)] as Uint8Array;
}
