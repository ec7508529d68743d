import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { addressOfKey } from "@lucid/protocol";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runLucid } from "../testing/run-lucid.ts";

const key = "11".repeat(32);
let dir: string;
beforeEach(() => {
  dir = join(mkdtempSync(join(tmpdir(), "lucid-signer-")), "signer");
  mkdirSync(dir, { mode: 0o700 });
  writeFileSync(join(dir, "wallet.key"), key);
  chmodSync(join(dir, "wallet.key"), 0o600);
  const settings = [
    `NODE_ADDRESS: ${addressOfKey(key)}`,
    `SIGNER_NETWORK_ID: "${"ab".repeat(32)}"`,
    "SIGNER_LOG_URL: http://127.0.0.1:9",
    "TRON_NETWORK: nile",
  ];
  writeFileSync(join(dir, "signer.yaml"), settings.join("\n"));
});
afterEach(() => rmSync(join(dir, ".."), { recursive: true }));

const lucid = (...words: string[]) => runLucid(["signer", ...words]);

describe("lucid signer", () => {
  it("makes a journal once, and lowers its token with a reason", async () => {
    const before = await lucid("lower", "3", "a reason", "--data", dir);
    expect([before.code, before.err]).toEqual([4, expect.stringContaining("lucid signer init")]);
    const made = await lucid("init", "--data", dir, "--since", "2026-01-31T12:00:00Z");
    expect([made.code, made.out]).toEqual([0, expect.stringContaining("journal.sqlite")]);
    expect((await lucid("init", "--data", dir)).code).toBe(4);
    expect(await lucid("lower", "3", "the store was put back", "--data", dir)).toMatchObject({
      code: 0,
      out: expect.stringContaining("from 3 on") as string,
    });
  });

  it("goes on with an earlier journal, and with a Transfer that is not in it, on a person's word", async () => {
    await lucid("init", "--data", dir);
    rmSync(join(dir, "journal.sqlite.mark"));
    const refused = await lucid("lower", "3", "a reason", "--data", dir);
    expect([refused.code, refused.err]).toEqual([
      4,
      expect.stringContaining("lucid signer accept"),
    ]);
    expect((await lucid("accept", "the disk is lost", "--data", dir)).code).toBe(0);
    const known = ["--transfer", "ab".repeat(32), "--payout", `payout_${"a".repeat(26)}`];
    expect(await lucid("accept", "it is hers", ...known, "--data", dir)).toMatchObject({
      code: 0,
      out: expect.stringContaining("is known") as string,
    });
  });

  it.each([
    [2, ["accept", "a reason", "--payout", "x"], "--transfer"],
    [2, ["accept", "a reason", "--transfer", "x"], "64 hex digits"],
    [2, ["init", "--since", "yesterday"], "2026-01-31T12:00:00Z"],
    [2, ["init", "--set", "SIGNER_DAY_COUNT=x"], "SIGNER_DAY_COUNT"],
    [2, ["init", "--set", "SIGNER_DAY_COUNT"], "NAME=value"],
    [2, ["lower", "x", "a reason"], "whole number"],
    [3, ["init", "--set", `NODE_ADDRESS=${addressOfKey("22".repeat(32))}`], "belongs to"],
    [3, ["status"], "cannot be asked"],
  ])("ends with %i for %j", async (exit, args, part) => {
    const { code, err } = await lucid(...args, "--data", dir);
    expect([code, err]).toEqual([exit, expect.stringContaining(part)]);
  });
});
