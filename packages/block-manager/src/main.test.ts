import { writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createTestFolder } from "./testing/folder.ts";
import { testNetwork } from "./testing/network.ts";
import { startServiceProcess } from "./testing/process.ts";

const refusalOf = async (folder: string, settings: Record<string, string> = {}) => {
  const service = startServiceProcess(folder, settings);
  const exit = await service.exit;
  return { exit, line: service.lines.at(-1) ?? "" };
};

const rejected = (exit: number, part: string) => ({
  exit,
  line: expect.stringContaining(part) as string,
});

describe("the program refuses to start", () => {
  it("without a network, with 4", async () => {
    await using folder = await createTestFolder(testNetwork());
    expect(await refusalOf(join(folder.path, "nowhere"))).toEqual(rejected(4, "lucid init"));
  });

  it.each([
    [{ LUCID_DATA_PTAH: "x" }, "did you mean LUCID_DATA_PATH"],
    [{ BLOCK_MANAGER_MODE: "mirror" }, "not one of append, follow"],
    [{ BLOCK_MANAGER_HOST: "192.0.2.7" }, "not an address of this machine"],
    [{ TOKEN_KEYS: "abc" }, "64 lower-case hex digits"],
    [{ WITNESS_KEYS: "someone" }, "WITNESS_KEYS"],
  ])("with wrong settings %j, with 2", async (settings, part) => {
    await using folder = await createTestFolder(testNetwork());
    expect(await refusalOf(folder.path, settings)).toEqual(rejected(2, part));
  });

  it("with keys that are not the network's, with 3", async () => {
    await using folder = await createTestFolder(testNetwork());
    const other = join(folder.path, "other.key");
    await writeFile(other, "12".repeat(32));
    for (const name of ["LOG_KEY_FILE", "NETWORK_KEY_FILE"])
      expect(await refusalOf(folder.path, { [name]: other })).toEqual(rejected(3, "put back"));
    await writeFile(other, "not a key");
    const { exit, line } = await refusalOf(folder.path, { LOG_KEY_FILE: other });
    expect([exit, line.includes("not a key")]).toEqual([4, false]);
  });

  it("on the log of another network, with 3", async () => {
    const network = testNetwork();
    await using folder = await createTestFolder(network);
    const service = startServiceProcess(folder.path);
    await service.url;
    service.signal("SIGTERM");
    await service.exit;
    const renamed = { ...network.genesis, name: "renamed" };
    await writeFile(join(folder.path, "network.json"), JSON.stringify(renamed));
    expect(await refusalOf(folder.path)).toEqual(rejected(3, "belongs to network"));
  });

  it("on a folder that another process has, with 4, and on a port that is taken, with 5", async () => {
    await using folder = await createTestFolder(testNetwork());
    const service = startServiceProcess(folder.path);
    const { port } = new URL(await service.url);
    expect(await refusalOf(folder.path)).toEqual(rejected(4, "lock"));
    await using other = await createTestFolder(testNetwork());
    const taken = await refusalOf(other.path, { BLOCK_MANAGER_PORT: port });
    expect(taken).toEqual(rejected(5, "taken"));
    service.signal("SIGTERM");
    expect(await service.exit).toBe(0);
  });

  it("when the port of the metrics is taken, with 5", async () => {
    await using folder = await createTestFolder(testNetwork());
    const server = createServer().listen(0, "127.0.0.1");
    await new Promise((listening) => server.once("listening", listening));
    const { port } = server.address() as { port: number };
    const refusal = await refusalOf(folder.path, { METRICS_PORT: String(port) });
    expect(refusal).toEqual(rejected(5, "METRICS_PORT"));
    server.close();
  });
});
