import { once } from "node:events";
import { chmod, readFile, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { addressOfKey, enrolText, networkId, signMessage } from "@lucid/protocol";
import { expect, test } from "vitest";
import { createAgentProgram } from "../program.ts";
import { runProgram } from "../program/index.ts";
import { createTestFolder } from "../testing/folder.ts";
import { createTestIo } from "../testing/io.ts";
import { createTestRegistry } from "../testing/registry.ts";
import { testGenesis } from "../testing/world.ts";

const walletKey = "05".repeat(32);
const address = addressOfKey(walletKey);
const genesis = testGenesis();

const lucid = async (...args: string[]) => {
  const io = createTestIo();
  const code = await runProgram(createAgentProgram(io), args, io);
  return { code, out: io.out(), err: io.err(), lines: () => io.lines() };
};

const initialised = async () => {
  const folder = await createTestFolder();
  const data = join(folder.path, "node");
  const { lines } = await lucid("init", "--json", "--data", data);
  return {
    data,
    nodeId: String(lines()[0]?.["node_id"]),
    [Symbol.asyncDispose]: folder[Symbol.asyncDispose],
  };
};

test("init makes a key that only its owner can read, and prints the node id", async () => {
  await using node = await initialised();
  const { mode } = await stat(join(node.data, "node.key"));
  expect(mode & 0o777).toBe(0o600);
  expect(await readFile(join(node.data, "node.key"), "utf8")).toMatch(/^[0-9a-f]{64}\n$/);
  expect(node.nodeId).toMatch(/^node_[a-z2-7]{32}$/);
});

test("without a command it shows its help, which is no error", async () => {
  const { code, err } = await lucid();
  expect(code).toBe(0);
  expect(err).toContain("Commands:");
  expect(err).not.toContain("error:");
});

test("init never overwrites a key", async () => {
  await using node = await initialised();
  const before = await readFile(join(node.data, "node.key"), "utf8");
  const { code, err } = await lucid("init", "--data", node.data);
  expect(code).toBe(4);
  expect(err).toMatch(/^error: .*never overwritten.*\n$/);
  expect(await readFile(join(node.data, "node.key"), "utf8")).toBe(before);
});

test("a key that others can read is refused with the command that helps", async () => {
  await using node = await initialised();
  await chmod(join(node.data, "node.key"), 0o644);
  const { code, err } = await lucid("run", "--data", node.data);
  expect(code).toBe(4);
  expect(err).toContain("chmod 600");
});

test("a damaged key is refused", async () => {
  await using node = await initialised();
  await writeFile(join(node.data, "node.key"), "abc\n");
  const { code, err } = await lucid("status", "--data", node.data);
  expect(code).toBe(4);
  expect(err).toContain("64 hex digits");
});

test("run and status of a node that is not enrolled say how to enrol", async () => {
  await using node = await initialised();
  for (const command of ["run", "status"]) {
    const { code, err } = await lucid(command, "--data", node.data);
    expect(code).toBe(4);
    expect(err).toContain("lucid node enrol");
  }
});

const enrol = (data: string, url: string, ...more: string[]) =>
  lucid("enrol", "--data", data, "--service", url, "--address", address, ...more);

test("enrol signs with a wallet key file and pins the network", async () => {
  await using node = await initialised();
  await using registry = await createTestRegistry(genesis);
  const file = join(node.data, "wallet.key");
  await writeFile(file, `${walletKey}\n`);
  const { code, lines } = await enrol(node.data, registry.url, "--wallet-key-file", file, "--json");
  expect(code).toBe(0);
  expect(lines().at(-1)).toMatchObject({
    event: "enrolled",
    node_id: node.nodeId,
    address,
    standing: "pending",
  });
  expect(registry.enrolled).toHaveLength(1);
  const pinned = JSON.parse(await readFile(join(node.data, "membership.json"), "utf8")) as Record<
    string,
    unknown
  >;
  expect(pinned).toMatchObject({ networkId: networkId(genesis), address });
});

test("enrol takes a signature from a wallet elsewhere, and repeating it changes nothing", async () => {
  await using node = await initialised();
  await using registry = await createTestRegistry(genesis);
  const signature = signMessage(walletKey, enrolText(networkId(genesis), node.nodeId, address, 0));
  expect((await enrol(node.data, registry.url, "--wallet-signature", `0x${signature}`)).code).toBe(
    0,
  );
  expect((await enrol(node.data, registry.url)).code).toBe(0);
  expect(registry.enrolled).toHaveLength(1);
});

test("without a signature enrol prints the exact text to sign and sends nothing", async () => {
  await using node = await initialised();
  await using registry = await createTestRegistry(genesis);
  const { code, out, err } = await enrol(node.data, registry.url);
  expect(code).toBe(2);
  expect(out).toContain(enrolText(networkId(genesis), node.nodeId, address, 0));
  expect(out).toContain(
    `Next: lucid node enrol --data ${node.data} --service ${registry.url} --address ${address} --wallet-signature <hex>`,
  );
  expect(err).not.toContain("error:");
  expect(registry.enrolled).toEqual([]);
});

test("another wallet's signature is refused before anything is sent", async () => {
  await using node = await initialised();
  await using registry = await createTestRegistry(genesis);
  const wrong = signMessage(
    "06".repeat(32),
    enrolText(networkId(genesis), node.nodeId, address, 0),
  );
  const { code, err } = await enrol(node.data, registry.url, "--wallet-signature", wrong);
  expect(code).toBe(6);
  expect(err).toContain(addressOfKey("06".repeat(32)));
  expect(registry.enrolled).toEqual([]);
});

test("a block that is sealed meanwhile makes enrol work again over it", async () => {
  await using node = await initialised();
  await using registry = await createTestRegistry(genesis);
  registry.sealDuringNextEnrolment();
  const signature = signMessage(walletKey, enrolText(networkId(genesis), node.nodeId, address, 0));
  expect((await enrol(node.data, registry.url, "--wallet-signature", signature)).code).toBe(0);
  expect(registry.enrolled[0]?.header_hash).toBe("11".repeat(32));
});

test("a service whose network id is not the hash of its genesis is refused", async () => {
  await using node = await initialised();
  await using registry = await createTestRegistry(genesis);
  registry.claimedNetworkId = "ab".repeat(32);
  const { code, err } = await enrol(node.data, registry.url);
  expect(code).toBe(3);
  expect(err).toContain("not the hash of its genesis");
});

test.each([
  [
    "a mistyped address",
    ["--service", "http://127.0.0.1:1", "--address", `${address.slice(0, -1)}x`],
    2,
    "checksum",
  ],
  ["no URL", ["--service", "localhost:8095", "--address", address], 2, "http://localhost:8095"],
  [
    "nobody there",
    ["--service", "http://127.0.0.1:1", "--address", address],
    7,
    "cannot be reached",
  ],
  ["a missing option", ["--service", "http://127.0.0.1:1"], 2, "--address"],
  ["a misspelt option", ["--sevrice", "http://127.0.0.1:1"], 2, "--service"],
])("enrol refuses %s in one line", async (_, args, code, hint) => {
  await using node = await initialised();
  const answer = await lucid("enrol", "--data", node.data, ...args);
  expect(answer.code).toBe(code);
  expect(answer.err).toContain(hint);
  expect(answer.err.trimEnd().split("\n")).toHaveLength(1);
});

test("with --json an error is one JSON object too", async () => {
  const { code, err } = await lucid("enrol", "--json");
  expect(code).toBe(2);
  expect(JSON.parse(err)).toMatchObject({ event: "error", code: "usage" });
});

test.each(["<html>hello</html>", '{"name":"another program"}'])(
  "something that answers %s and is not Lucid gets a next step",
  async (body) => {
    await using node = await initialised();
    const server = createServer((_, response) => void response.end(body)).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const { code, err } = await enrol(node.data, `http://127.0.0.1:${port}`);
    server.close();
    expect(code).toBe(6);
    expect(err).toContain("This is no Lucid service");
  },
);
