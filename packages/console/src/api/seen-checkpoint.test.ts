import { openLog } from "@lucid/verify";
import { describe, expect, it } from "vitest";
import {
  filesToSource,
  logFiles,
  sealBlocks,
  testNetwork,
} from "../../../verify/src/testing/index.ts";
import { compareWithSeen } from "./seen-checkpoint.ts";

const network = testNetwork();
const openWith = (size: number, backlog = 0) => {
  const drafts = Array.from({ length: size }, () => ({ leaves: [], backlog }));
  return openLog(filesToSource(logFiles(network, sealBlocks(network, drafts))));
};

const createMemory = () => {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
};

describe("what a browser has seen of a log", () => {
  it("is nothing at first, then what it has gone on from", async () => {
    const memory = createMemory();
    expect(await compareWithSeen(await openWith(3), memory)).toEqual({ kind: "first" });
    expect(await compareWithSeen(await openWith(8), memory)).toEqual({ kind: "extends", size: 3 });
    expect(await compareWithSeen(await openWith(8), memory)).toEqual({ kind: "extends", size: 8 });
  });

  it("is not forgotten for a shorter log", async () => {
    const memory = createMemory();
    await compareWithSeen(await openWith(8), memory);
    expect(await compareWithSeen(await openWith(5), memory)).toEqual({ kind: "shorter", size: 8 });
    expect(await compareWithSeen(await openWith(9), memory)).toEqual({ kind: "extends", size: 8 });
  });

  it("finds out a log that was written anew, and is kept", async () => {
    const memory = createMemory();
    await compareWithSeen(await openWith(8), memory);
    for (const size of [8, 12])
      await expect(compareWithSeen(await openWith(size, 1), memory)).rejects.toMatchObject({
        code: "consistency",
      });
    expect(await compareWithSeen(await openWith(12), memory)).toEqual({ kind: "extends", size: 8 });
  });

  it("is nothing when somebody spoiled it, or while the log is empty", async () => {
    const memory = createMemory();
    await compareWithSeen(await openWith(0), memory);
    expect(memory.kept.size).toBe(0);
    memory.setItem(`lucid log ${network.networkId}`, "-3 nonsense");
    expect(await compareWithSeen(await openWith(2), memory)).toEqual({ kind: "first" });
  });
});
