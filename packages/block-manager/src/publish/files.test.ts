import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  decodeBundle,
  equalBytes,
  fromHex,
  leafHash,
  openCheckpoint,
  partialTiles,
  rootOfHashes,
  tilePath,
  verifyInclusion,
  verifyProofFile,
} from "@lucid/protocol";
import { describe, expect, it } from "vitest";
import { startTestService } from "../testing/service.ts";

const bytesOf = async (url: string): Promise<Uint8Array> =>
  new Uint8Array(await (await fetch(url)).arrayBuffer());

describe("the log's files", () => {
  it("lead from the entries to the signed root", async () => {
    await using service = await startTestService({ passed: 700 });
    await service.grow(300);
    const { url, network } = service;
    const { log_origin: origin, log_key } = network.genesis;
    const verdict = openCheckpoint(await bytesOf(`${url}/checkpoint`), {
      origin,
      logKey: fromHex(log_key),
    });
    if (!verdict.ok) throw new Error(verdict.detail);
    const entries = [
      ...decodeBundle(await bytesOf(`${url}/tile/entries/000`), 256),
      ...decodeBundle(await bytesOf(`${url}/tile/entries/001.p/44`), 44),
    ];
    const hashes = entries.map(leafHash);
    expect(equalBytes(rootOfHashes(hashes), verdict.checkpoint.root)).toBe(true);
    for (const tile of partialTiles(300))
      expect((await fetch(`${url}/${tilePath(tile)}`)).status).toBe(200);
  });

  it("are open to all pages, and for ever where they never change", async () => {
    await using service = await startTestService();
    await service.grow(257);
    const cacheOf = async (path: string) => {
      const { status, headers } = await fetch(service.url + path);
      expect(headers.get("access-control-allow-origin")).toBe("*");
      return [status, headers.get("content-type"), headers.get("cache-control")];
    };
    const immutable = "public, max-age=31536000, immutable";
    const octets = "application/octet-stream";
    expect(await cacheOf("/tile/0/000")).toEqual([200, octets, immutable]);
    expect(await cacheOf("/tile/entries/000")).toEqual([200, octets, immutable]);
    expect(await cacheOf("/tile/1/000.p/1")).toEqual([200, octets, "public, max-age=60"]);
    expect(await cacheOf("/body/3")).toEqual([200, octets, immutable]);
    expect(await cacheOf("/network.json")).toEqual([200, "application/json", immutable]);
    const text = "text/plain; charset=utf-8";
    expect(await cacheOf("/checkpoint")).toEqual([200, text, "public, max-age=1"]);
    const missing = [404, "application/problem+json; charset=utf-8", "no-store"];
    for (const path of ["/tile/0/001", "/body/257", "/compact/0"])
      expect(await cacheOf(path)).toEqual(missing);
  });

  it("serve the tiles of every smaller size, which another mirror may have published", async () => {
    await using service = await startTestService();
    await service.grow(7);
    for (const level of ["0", "entries"]) {
      const tile = `${service.url}/tile/${level}/000.p`;
      const whole = await bytesOf(`${tile}/7`);
      const part = await bytesOf(`${tile}/5`);
      expect(equalBytes(part, whole.subarray(0, part.length))).toBe(true);
      expect(level === "0" ? part.length / 32 : decodeBundle(part, 5).length).toBe(5);
      expect((await fetch(`${tile}/8`)).status).toBe(404);
    }
  });

  it("answer HEAD with the headers of GET", async () => {
    await using service = await startTestService();
    await service.grow(2);
    for (const path of ["/checkpoint", "/tile/0/000.p/2", "/body/1", "/tile/0/000"]) {
      const got = await fetch(service.url + path);
      const head = await fetch(service.url + path, { method: "HEAD" });
      expect([path, head.status]).toEqual([path, got.status]);
      for (const name of ["content-length", "content-type", "cache-control"])
        expect(head.headers.get(name)).toBe(got.headers.get(name));
      expect(await head.text()).toBe("");
    }
  });

  it("have one path each, and nothing else of the folder is served", async () => {
    await using service = await startTestService();
    await service.grow(1);
    await mkdir(join(service.folder, "log", "quarantine"), { recursive: true });
    await writeFile(join(service.folder, "log", "quarantine", "x"), "x");
    const paths = [
      "/tile/0/0",
      "/tile/00/000.p/1",
      "/tile/0/x000/000.p/1",
      "/tile/0/000.p/01",
      "/tile/0/000.p/256",
      "/tile/0/000.p/0",
      "/tile/8/000.p/1",
      "/tile/0/%2e%2e/checkpoint",
      "/tile/..%2f..%2fkeys/log.key",
      "/body/00",
      "/body/0/",
      "/body/..%2fcheckpoint",
      "/body/0.tmp",
      "/compact/x",
      "/quarantine/x",
      "/lock",
      "/log.json",
      "/keys/log.key",
      "/checkpoint/",
    ];
    for (const path of paths)
      expect([path, (await fetch(service.url + path)).status]).toEqual([path, 404]);
  });

  it("that are damaged are not given away", async () => {
    await using service = await startTestService();
    await service.grow(3);
    await rm(join(service.folder, "log", "body", "1"));
    const answer = await fetch(`${service.url}/api/v1/blocks/1/body`);
    expect([answer.status, await answer.text()]).toEqual([
      503,
      expect.stringContaining("log.unavailable"),
    ]);
  });
});

describe("proofs", () => {
  it("lead from a leaf to the body root and from the entry to the checkpoint", async () => {
    await using service = await startTestService();
    await service.grow(11);
    const { client, network } = service;
    const block = "6";
    const proof = await client.call("getBlockProof", { params: { block }, query: { leaf: 1 } });
    if (proof instanceof Uint8Array || proof.leaf === null) throw new Error("not a leaf's proof");
    const { entry, leaf, checkpoint } = proof;
    const { header } = await client.call("getBlock", { params: { block } });
    const inBody = {
      index: 1,
      size: header.body_count,
      leafHash: leafHash(fromHex(leaf.bytes)),
      proof: leaf.path.map((hash) => fromHex(hash)),
      root: fromHex(header.body_root),
    };
    expect(verifyInclusion(inBody)).toBe(true);
    const inLog = {
      index: 6,
      size: checkpoint.size,
      leafHash: leafHash(fromHex(entry.bytes)),
      proof: entry.path.map((hash) => fromHex(hash)),
      root: fromHex(checkpoint.root),
    };
    expect(verifyInclusion(inLog)).toBe(true);

    const query = { format: "tlog-proof" } as const;
    const file = await client.call("getBlockProof", { params: { block }, query });
    const { log_origin: origin, log_key } = network.genesis;
    const log = { origin, logKey: fromHex(log_key) };
    expect(verifyProofFile(file as Uint8Array, inLog.leafHash, log)).toMatchObject({ ok: true });
    expect(verifyProofFile(file as Uint8Array, inBody.leafHash, log).ok).toBe(false);
  });
});
