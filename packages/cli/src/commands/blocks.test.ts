import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fromHex, leafHash, verifyProofFile } from "@lucid/protocol";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestService, type TestService } from "../../../block-manager/src/testing/service.ts";
import { runLucid } from "../testing/run-lucid.ts";

const lucid = (...words: string[]) => runLucid(["blocks", ...words]);

describe("lucid blocks", () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startTestService();
    await service.grow(12);
  });
  afterAll(() => service[Symbol.asyncDispose]());
  const at = (): [string, string] => ["--service", service.url];

  it("lists pages, the latest first", async () => {
    const { out } = await lucid("list", ...at(), "--limit", "5");
    const lines = out.trimEnd().split("\n");
    expect(lines[0]).toContain("header hash");
    expect(lines.slice(1, 6).map((line) => Number(line.trim().split(" ")[0]))).toEqual([
      11, 10, 9, 8, 7,
    ]);
    expect(lines.at(-1)).toBe("page 1 of 3, 12 in all; next: --page 2");
    const some = await lucid("list", ...at(), "--json", "--from", "3", "--to", "4");
    expect(some.lines[0]?.["items"]).toMatchObject([{ height: 4 }, { height: 3 }]);
  });

  it("shows a block by height or hash, proven and with its leaves by kind", async () => {
    const { lines } = await lucid("show", "7", ...at(), "--json");
    const shown = lines[0] as Record<string, unknown>;
    expect(shown).toMatchObject({
      event: "block",
      height: 7,
      log_size: 12,
      signed_by_genesis_key: true,
      leaves: { beacon: 2 },
    });
    const { code, out } = await lucid("show", String(shown["header_hash"]), ...at());
    expect(code).toBe(0);
    expect(out).toMatch(/^block +7$/m);
    expect(out).toMatch(/^ +2 {2}beacon$/m);
    expect(out).toMatch(/^signed +by the network key$/m);
  });

  it("proves, and keeps the proof of a block as others read it", async () => {
    const file = join(service.folder, "block.tlog-proof");
    const { code, lines } = await lucid("proof", "5", ...at(), "--out", file, "--json");
    expect(code).toBe(0);
    const { entry } = lines[0] as { entry: { bytes: string } };
    const { log_origin: origin, log_key } = service.network.genesis;
    const log = { origin, logKey: fromHex(log_key) };
    const verdict = verifyProofFile(await readFile(file), leafHash(fromHex(entry.bytes)), log);
    expect(verdict).toMatchObject({ ok: true, checkpoint: { size: 12 } });
    await rm(file);
    const { out } = await lucid("proof", "5", ...at(), "--leaf", "1");
    expect(out).toContain("leaf 1 (beacon) stands in block 5: 1 hashes");
  });

  it.each([
    [6, ["show", "99"], "ends at height 11"],
    [6, ["show", "ab".repeat(32)], "ab".repeat(32)],
    [2, ["show", "latest"], "neither a height nor a header hash"],
    [6, ["proof", "3", "--leaf", "2"], "there is no leaf 2"],
    [2, ["list", "--page", "x"], "whole number"],
    [2, ["list", "--limit", "0"], "from 1 to 100"],
  ])("ends with %i for %j", async (exit, args, part) => {
    const { code, err } = await lucid(...args, ...at());
    expect([code, err]).toEqual([exit, expect.stringContaining(part)]);
  });

  it("knows another service, and what is no address", async () => {
    const other = await lucid("list", "--service", `${service.url}/log`);
    expect([other.code, other.err]).toEqual([6, expect.stringContaining("no block manager at")]);
    const none = await lucid("list", "--service", "localhost:8086");
    expect([none.code, none.err]).toEqual([2, expect.stringContaining("Write it like http://")]);
  });

  it("says where nobody answers", async () => {
    const { code, err } = await lucid("show", "1", "--service", "http://127.0.0.1:9");
    expect([code, err]).toEqual([7, expect.stringContaining("--service")]);
  });

  it("checks the folder, beside the service and after it", async () => {
    const { folder } = service;
    const beside = await lucid("fsck", "--data", folder);
    expect([beside.code, beside.out]).toEqual([0, expect.stringContaining("clean")]);
    const { code, lines } = await lucid("fsck", "--json", "--data", join(folder, "log"));
    expect([code, lines[0]]).toMatchObject([0, { event: "fsck", clean: true, size: 12 }]);
    const body = join(folder, "log", "body", "4");
    const bytes = await readFile(body);
    await writeFile(body, bytes.fill(1, 8, 9));
    const damaged = await lucid("fsck", "--data", folder);
    expect([damaged.code, damaged.err]).toEqual([1, ""]);
    expect(damaged.out).toContain("damaged     body/4");
    expect((await lucid("fsck", "--data", join(folder, "none"))).code).toBe(2);
    expect((await lucid("fsck", "--data", join(folder, "keys"))).code).toBe(2);
  });
});
