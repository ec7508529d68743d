import { chmodSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createRemoteSigner, readSignerStatus } from "./client.ts";
import { serveSigner } from "./server.ts";
import { createSignerWorld, type SignerProcess, type SignerWorld } from "./testing/world.ts";

let world: SignerWorld;
let signer: SignerProcess;
let path: string;
let server: AsyncDisposable;
const faults: unknown[] = [];
const serve = (gid?: number): Promise<AsyncDisposable> =>
  serveSigner({ signing: signer.signing, onFault: (error) => faults.push(error) }, { path, gid });

beforeEach(async () => {
  world = await createSignerWorld();
  signer = world.start();
  path = join(world.dir, "run", "signer.sock");
  server = await serve();
  faults.length = 0;
});
afterEach(async () => {
  await server[Symbol.asyncDispose]();
  signer[Symbol.dispose]();
  await world[Symbol.asyncDispose]();
});

type Answer = { readonly status: number; readonly body: Record<string, unknown> };

const post = (body: string, to = "/sign"): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const asked = request({ socketPath: path, method: "POST", path: to }, (response) => {
      let text = "";
      response.on("data", (chunk: Buffer) => (text += chunk.toString("utf8")));
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          body: JSON.parse(text) as Record<string, unknown>,
        }),
      );
    });
    asked.on("error", reject);
    asked.end(body);
  });

describe("the signer's socket", () => {
  it("can be reached by the signer's own user alone", async () => {
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(join(world.dir, "run")).mode & 0o777).toBe(0o700);
    await server[Symbol.asyncDispose]();
    server = await serve(process.getgid?.());
    expect(statSync(path).mode & 0o777).toBe(0o660);
    expect(statSync(join(world.dir, "run")).mode & 0o777).toBe(0o750);
  });

  it.each([0o755, 0o777, 0o770])("is not opened in a folder with mode %o", async (mode) => {
    const folder = join(world.dir, "open");
    mkdirSync(folder);
    chmodSync(folder, mode);
    path = join(folder, "signer.sock");
    await expect(serve()).rejects.toMatchObject({ code: "signer.socket.open" });
  });

  it("is taken over from a signer that was killed, and from nobody else", async () => {
    await expect(serve()).rejects.toMatchObject({ code: "signer.socket.taken" });
    path = join(world.dir, "run", "file.sock");
    writeFileSync(path, "mine");
    await expect(serve()).rejects.toMatchObject({ code: "signer.socket.taken" });
    path = `/${"x".repeat(120)}`;
    await expect(serve()).rejects.toMatchObject({ code: "config.signer_socket" });
  });
});

describe("requests", () => {
  it.each([
    ["", "not JSON"],
    ["{", "not JSON"],
    ["null", "the request"],
    ["[]", "the request"],
    ["{}", "payout_id"],
  ])("that say %j are refused with what is wrong", async (body, part) => {
    const answer = await post(body);
    expect(answer).toMatchObject({ status: 400, body: { ok: false, code: "signer.request" } });
    expect(answer.body["detail"]).toContain(part);
  });

  it.each([
    ["attempt", 0],
    ["attempt", 1.5],
    ["fence", -1],
    ["fence", 2 ** 53],
    ["net_micro", "1e6"],
    ["net_micro", "9223372036854775808"],
    ["net_micro", 9_900_000],
    ["gross_micro", "0x10"],
    ["txid", "AB".repeat(32)],
    ["raw_data", "0".repeat(5000)],
    ["payout_id", "payout_1"],
    ["extra", true],
  ])("with %s %j are refused", async (field, value) => {
    const honest = await world.ask(world.debit(world.owner("ann")));
    expect(await post(JSON.stringify({ ...honest, [field]: value }))).toMatchObject({
      status: 400,
      body: { code: "signer.request" },
    });
  });

  it("that are huge, of another operation or no HTTP at all leave it as it was", async () => {
    expect(await post("x".repeat(5_000_000))).toMatchObject({ status: 413 });
    expect(await post("{}", "/status")).toMatchObject({ status: 404 });
    expect(await post("{}", "/../sign")).toMatchObject({ status: 404 });
    await new Promise<void>((resolve) => {
      const socket = connect(path, () => socket.end("\u0000\u0001nonsense\r\n\r\n"));
      socket.once("close", () => resolve());
      socket.resume();
    });
    expect(await readSignerStatus({ socketPath: path })).toMatchObject({
      address: world.binding.wallet,
    });
    expect(faults).toEqual([]);
  });

  it("of many clients at once come to one signature", async () => {
    const text = JSON.stringify(await world.ask(world.debit(world.owner("ann"))));
    const answers = await Promise.all(Array.from({ length: 24 }, () => post(text)));
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(answers[0]).toMatchObject({ status: 200, body: { ok: true } });
    expect(signer.signing.status().journal.signed).toBe(1);
  });
});

describe("whoever asks", () => {
  const order = { payoutId: `payout_${"a".repeat(26)}`, attempt: 1, fence: 1 };
  const debit = { account: "owner:x", seq: 0, hash: "00".repeat(32), grossMicro: 1n, policy: 1 };
  const ask = async (socketPath: string) =>
    createRemoteSigner({ socketPath, address: world.binding.wallet, timeoutMs: 2000 }).sign(
      await world.transfer(),
      { ...order, debit, head: { seq: 0, hash: debit.hash } },
    );

  it("hears what the signer refuses, and that it cannot be asked", async () => {
    world.seal();
    await expect(ask(path)).rejects.toMatchObject({
      code: "tron.signer.refused",
      details: { code: "signer.debit_missing" },
    });
    await expect(ask(join(world.dir, "none"))).rejects.toMatchObject({
      code: "tron.signer.unreachable",
    });
  });

  it.each([
    ["silence", ""],
    ["HTML", "HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\n<html>"],
    [
      "another transaction",
      'HTTP/1.1 200 OK\r\ncontent-length: 31\r\n\r\n{"ok":true,"signed":"0a020801"} ',
    ],
    ["too much", `HTTP/1.1 200 OK\r\n\r\n${"x".repeat(100_000)}`],
  ])("believes no %s", async (_, bytes) => {
    const elsewhere = join(world.dir, "other.sock");
    const impostor = createServer((socket) => {
      socket.on("error", () => socket.destroy());
      socket.once("data", () => (bytes === "" ? socket.destroy() : socket.end(bytes)));
    });
    await new Promise<void>((resolve) => impostor.listen(elsewhere, resolve));
    await expect(ask(elsewhere)).rejects.toMatchObject({ code: "tron.signer.unreachable" });
    await new Promise((resolve) => impostor.close(resolve));
  });
});
