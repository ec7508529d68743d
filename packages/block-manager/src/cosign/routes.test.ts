import { join } from "node:path";
import { createBlockClient } from "@lucid/api/client";
import { createTestClock } from "@lucid/platform/clock";
import { createLog } from "@lucid/platform/log";
import {
  cosign,
  ed25519PublicKey,
  formatNote,
  formatVerifierKey,
  fromHex,
  openCheckpoint,
  utf8,
} from "@lucid/protocol";
import { expect, it } from "vitest";
import { createBlockManager } from "../app.ts";
import { openDisk } from "../disk/index.ts";
import { fsck } from "../fsck/index.ts";
import { refusalOf, startTestService, testConfig, type TestService } from "../testing/service.ts";

const seed = new Uint8Array(32).fill(77);
const name = "witness.example";
const key = { name, type: 0x04, publicKey: ed25519PublicKey(seed) } as const;
const settings = { WITNESS_KEYS: formatVerifierKey(key) };

const trusted = ({ network: { genesis } }: TestService) => ({
  origin: genesis.log_origin,
  logKey: fromHex(genesis.log_key),
  cosigners: [key],
});

const openPublished = async (service: TestService, url = service.url) => {
  const bytes = new Uint8Array(await (await fetch(`${url}/checkpoint`)).arrayBuffer());
  const verdict = openCheckpoint(bytes, trusted(service));
  if (!verdict.ok) throw new Error(verdict.detail);
  return verdict;
};

const lineOver = async (service: TestService, timeSeconds = 1000): Promise<string> => {
  const { checkpoint } = await openPublished(service);
  const signature = cosign(checkpoint, { name, seed, timeSeconds });
  const note = new TextDecoder().decode(formatNote({ text: "x\n", signatures: [signature] }));
  return note.slice(3);
};

it("a witness's cosignature is published and outlives a restart", async () => {
  await using service = await startTestService({ settings });
  await service.grow(3);
  const line = await lineOver(service);
  const anyone = createBlockClient({ baseUrl: service.url });
  const { checkpoint } = await anyone.call("addCosignature", { body: { line } });
  expect(openCheckpoint(utf8(checkpoint), trusted(service))).toMatchObject({
    cosignatures: [{ timeSeconds: 1000 }],
  });
  expect((await openPublished(service)).cosignatures).toHaveLength(1);
  expect((await anyone.call("addCosignature", { body: { line } })).checkpoint).toBe(checkpoint);

  await service.service[Symbol.asyncDispose]();
  const { findings } = await fsck(await openDisk(join(service.folder, "log")));
  expect(findings).toEqual([]);
  const clock = createTestClock(service.clock.now());
  const log = createLog({ level: "silent", name: "test" });
  await using again = await createBlockManager(testConfig(service.folder, settings), {
    clock,
    log,
  });
  expect((await openPublished(service, again.url)).cosignatures).toHaveLength(1);
});

it("is refused from strangers and over another checkpoint", async () => {
  await using service = await startTestService({ settings });
  await service.grow(3);
  const line = await lineOver(service);
  const send = (text: string) =>
    refusalOf(service.client.call("addCosignature", { body: { line: text } }));
  expect(await send(line.replace(name, "other.example"))).toBe("403 cosignatures.unknown_key");
  expect(await send(line.slice(0, 20))).toBe("422 cosignatures.malformed");
  await service.grow(1);
  expect(await send(line)).toBe("409 cosignatures.wrong_signature");
  expect((await openPublished(service)).cosignatures).toEqual([]);
});
