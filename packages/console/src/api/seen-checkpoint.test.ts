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

/** Visits a log of so many blocks after another visit, whose memory it goes on with. */
const visit = async (size: number, kept: string | null, backlog = 0) => {
  const drafts = Array.from({ length: size }, () => ({ leaves: [], backlog }));
  const log = await openLog(filesToSource(logFiles(network, sealBlocks(network, drafts))));
  const { since, remember } = await compareWithSeen(log, kept);
  return { since, kept: remember ?? kept };
};

describe("what a browser has seen of a log", () => {
  it("is nothing at first, then what it has gone on from", async () => {
    const first = await visit(3, null);
    expect(first.since).toEqual({ kind: "first" });
    const second = await visit(8, first.kept);
    expect(second.since).toEqual({ kind: "extends", size: 3 });
    expect((await visit(8, second.kept)).since).toEqual({ kind: "extends", size: 8 });
  });

  it("is not forgotten for a shorter log", async () => {
    const long = await visit(8, null);
    const short = await visit(5, long.kept);
    expect(short.since).toEqual({ kind: "shorter", size: 8 });
    expect((await visit(9, short.kept)).since).toEqual({ kind: "extends", size: 8 });
  });

  it.each([8, 12])("finds out a log of %i blocks that was written anew", async (size) => {
    const { kept } = await visit(8, null);
    await expect(visit(size, kept, 1)).rejects.toMatchObject({ code: "consistency" });
  });

  it("is nothing when somebody spoiled it, or while the log is empty", async () => {
    expect((await visit(0, null)).kept).toBeNull();
    expect((await visit(2, "-3 nonsense")).since).toEqual({ kind: "first" });
  });
});
