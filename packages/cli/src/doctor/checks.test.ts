import { chmod, chown, mkdir, utimes, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { getuid } from "node:process";
import { systemClock } from "@lucid/platform/clock";
import { openDocuments } from "@lucid/platform/documents";
import { networkProfile } from "@lucid/tron";
import { startDevnet } from "@lucid/tron-devnet";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestFolder } from "../../../agent/src/testing/folder.ts";
import { hasRedis, startRedis } from "../../../platform/src/cache/testing/server.ts";
import { testGenesis } from "../../../agent/src/testing/world.ts";
import { createTestIo } from "../../../agent/src/testing/io.ts";
import { loadServicesConfig } from "../services/index.ts";
import { checkCache } from "./checks/cache.ts";
import { checkFolder, checkKeys } from "./checks/folder.ts";
import { checkNetwork } from "./checks/network.ts";
import { checkPorts } from "./checks/ports.ts";
import { checkChores, checkLog, checkService } from "./checks/services.ts";
import { checkSigner } from "./checks/signer.ts";
import { checkStore } from "./checks/store.ts";
import { checkTron } from "./checks/tron.ts";
import type { DoctorContext } from "./context.ts";
import type { Ready } from "./ready.ts";

let folder: Awaited<ReturnType<typeof createTestFolder>>;
beforeEach(async () => {
  folder = await createTestFolder();
});
afterEach(() => folder[Symbol.asyncDispose]());

const io = { clock: systemClock, env: {} };

const contextOf = (settings: string[] = [], changes: Partial<DoctorContext> = {}) => ({
  io,
  config: loadServicesConfig(createTestIo(), {
    data: folder.path,
    set: ["NODE_MANAGEMENT_PORT=0", "METRICS_PORT=0", "BLOCK_MANAGER_PORT=0", ...settings],
  }),
  folder: folder.path,
  serviceUrl: "http://one",
  logUrl: "http://two",
  service: null,
  log: null,
  profile: null,
  fetch,
  ...changes,
});

const ready: Ready = [
  { name: "store", ok: true, detail: "fine" },
  { name: "log", ok: true, detail: "fine" },
  { name: "append", ok: true, detail: "4 blocks" },
  { name: "chores", ok: true, detail: "sealing idle, done 3 s ago, scrub idle, done 9 s ago" },
];
const without = (name: string): Ready =>
  ready.map((check) => (check.name === name ? { ...check, ok: false, detail: "it broke" } : check));

describe("the folder", () => {
  it("is failed when it is not there, warned of when others may look, else ok", async () => {
    expect((await checkFolder({ folder: join(folder.path, "none") })).state).toBe("failed");
    await chmod(folder.path, 0o755);
    expect((await checkFolder({ folder: folder.path })).state).toBe("warning");
    await chmod(folder.path, 0o700);
    expect((await checkFolder({ folder: folder.path })).state).toBe("ok");
  });

  it.skipIf(getuid?.() !== 0)(
    "of a container is looked at by root, who is told what root left there",
    async () => {
      const left = join(folder.path, "store.lock");
      await chown(folder.path, 65_532, 65_532);
      expect((await checkFolder({ folder: folder.path })).state).toBe("ok");
      await writeFile(left, "");
      expect(await checkFolder({ folder: folder.path })).toEqual({
        state: "failed",
        detail: `${left} belongs to user 0, the folder to 65532`,
        fix: `chown -R 65532 ${folder.path}`,
      });
    },
  );
});

describe("the network", () => {
  const serve =
    (body: object): typeof fetch =>
    async () =>
      Response.json(body);

  it("is the one that the folder holds, also behind the addresses of the services", async () => {
    const gone = contextOf([], { folder: join(folder.path, "none") });
    expect((await checkNetwork(gone)).state).toBe("unknown");
    expect((await checkNetwork(contextOf())).detail).toContain("there is no network in");
    await writeFile(join(folder.path, "closed"), "");
    expect(
      await checkNetwork(contextOf([], { folder: join(folder.path, "closed") })),
    ).toMatchObject({
      state: "unknown",
      detail: expect.stringContaining("cannot be looked into (ENOTDIR)") as string,
    });
    const [mine, other] = ["mine", "other"].map((name) => ({ ...testGenesis(), name }));
    await writeFile(join(folder.path, "network.json"), JSON.stringify(mine));
    expect((await checkNetwork(contextOf())).detail).toMatch(/^mine [0-9a-f]{64}$/);
    const beside = (genesis: object = {}) => contextOf([], { log: ready, fetch: serve(genesis) });
    expect((await checkNetwork(beside(mine))).state).toBe("ok");
    expect(await checkNetwork(beside(other))).toMatchObject({
      state: "failed",
      detail: expect.stringContaining("http://two serves the network") as string,
    });
    await writeFile(join(folder.path, "network.json"), "{");
    expect((await checkNetwork(contextOf())).state).toBe("failed");
  });
});

describe("keys", () => {
  const make = async (name: string, mode = 0o600): Promise<string> => {
    const path = join(folder.path, "keys", name);
    await mkdir(join(folder.path, "keys"), { recursive: true });
    await writeFile(path, "11", { mode });
    await chmod(path, mode);
    return path;
  };
  const look = () => checkKeys({ folder: folder.path, io });

  it("are asked for their modes, their ages and where the roots' are", async () => {
    expect((await look()).state).toBe("unknown");
    const path = await make("admin.key");
    expect((await look()).state).toBe("ok");
    await utimes(path, 0, 0);
    expect(await look()).toMatchObject({
      state: "warning",
      detail: expect.stringContaining("oldest is admin.key") as string,
    });
    await make("root-1.key");
    expect((await look()).detail).toContain("root-1.key");
    await make("token.key", 0o640);
    expect(await look()).toMatchObject({ state: "failed", detail: "others can read token.key" });
  });
});

describe("the services", () => {
  it("are asked what they say of themselves", () => {
    expect(checkService(contextOf()).state).toBe("warning");
    expect(checkService(contextOf([], { service: ready })).state).toBe("ok");
    expect(checkService(contextOf([], { service: without("store") }))).toMatchObject({
      state: "failed",
      detail: "store: it broke",
    });
  });

  it("the log has to answer and to keep up", () => {
    expect(checkLog(contextOf()).state).toBe("warning");
    expect(checkLog(contextOf([], { service: ready })).state).toBe("failed");
    const behind = { service: without("log"), log: ready };
    expect(checkLog(contextOf([], behind))).toMatchObject({ state: "failed", detail: "it broke" });
    expect(checkLog(contextOf([], { service: ready, log: ready }))).toMatchObject({
      state: "ok",
      detail: "4 blocks",
    });
  });

  it("their chores have to get on", () => {
    expect(checkChores(contextOf()).state).toBe("unknown");
    expect(checkChores(contextOf([], { service: without("chores") })).state).toBe("failed");
    expect(checkChores(contextOf([], { service: ready }))).toMatchObject({
      state: "ok",
      detail: "2 get on; the longest ago is scrub, 9 s",
    });
  });
});

describe("the store", () => {
  it("is unknown before there is one, ok when it is in order, failed when it is damaged", async () => {
    const path = join(folder.path, "node-management.sqlite");
    expect((await checkStore(contextOf())).state).toBe("unknown");
    const store = await openDocuments({ engine: "sqlite", path, create: true }, []);
    expect((await checkStore(contextOf())).state).toBe("ok");
    await store[Symbol.asyncDispose]();
    const other = new DatabaseSync(path);
    other.exec("INSERT INTO _collections (name, version, layout) VALUES ('ledger', 99, '')");
    other.close();
    expect(await checkStore(contextOf())).toMatchObject({
      state: "failed",
      detail: expect.stringContaining("at schema version 99") as string,
    });
    await writeFile(path, "this is no database, whatever its name says".repeat(100));
    expect((await checkStore(contextOf())).state).toBe("failed");
    const away = contextOf([
      "MONGODB_URI=mongodb://127.0.0.1:9/lucid?serverSelectionTimeoutMS=100",
    ]);
    expect((await checkStore(away)).state).toBe("failed");
  });
});

describe.skipIf(!hasRedis)("the cache", () => {
  it("is in memory, or a Redis that is there, lets us in and forgets nothing", async () => {
    const look = (url: string) => checkCache(contextOf([`REDIS_URL=${url}`]));
    expect((await checkCache(contextOf())).state).toBe("ok");
    await using redis = await startRedis(["--requirepass", "right"]);
    const withPassword = redis.url.replace("//", "//:right@");
    expect(await look(withPassword)).toMatchObject({
      state: "ok",
      detail: expect.stringMatching(/^Redis [0-9.]+ answers in [0-9.]+ ms$/) as string,
    });
    const wrong = await look(redis.url.replace("//", "//:wrong@"));
    expect(wrong).toMatchObject({ state: "failed" });
    expect(wrong.detail).toContain("WRONGPASS");
    await redis.kill();
    expect(await look(withPassword)).toMatchObject({ state: "unknown" });

    await using forgetful = await startRedis([
      "--maxmemory",
      "64mb",
      "--maxmemory-policy",
      "allkeys-lru",
    ]);
    expect(await look(forgetful.url)).toMatchObject({
      state: "warning",
      detail: expect.stringContaining("above 64 MiB (maxmemory-policy allkeys-lru)") as string,
    });
  });
});

describe("ports", () => {
  it("are free, ours, or taken by somebody else", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const settings = ["NODE_MANAGEMENT_HOST=127.0.0.1", `NODE_MANAGEMENT_PORT=${port}`];
    expect(await checkPorts(contextOf(settings))).toMatchObject({
      state: "failed",
      detail: `NODE_MANAGEMENT_PORT ${port} on 127.0.0.1: it is taken`,
    });
    const elsewhere = [`BLOCK_MANAGER_PORT=${port}`, "BLOCK_MANAGER_URL=http://log.example"];
    expect((await checkPorts(contextOf(elsewhere))).state).toBe("ok");
    const running = contextOf(settings, { service: ready, log: ready });
    expect((await checkPorts(running)).detail).toBe("in use by the services");
    await new Promise((resolve) => server.close(resolve));
    expect((await checkPorts(contextOf(settings))).state).toBe("ok");
  });
});

describe("the chain and the signer", () => {
  it("are asked, and what is there is compared with what is set", async () => {
    expect((await checkTron(contextOf())).state).toBe("ok");
    expect((await checkSigner(contextOf())).state).toBe("ok");
    await using devnet = await startDevnet({ dir: join(folder.path, "chain"), accounts: [] });
    const of = (urls: string[], genesisBlockId: string = devnet.genesisBlockId) =>
      networkProfile("local", {
        genesisBlockId,
        token: devnet.token,
        endpoints: urls.map((url) => ({ full: url, solidity: url })),
      });
    const tron = (...args: Parameters<typeof of>) => checkTron({ io, profile: of(...args) });
    const urls = [devnet.nodeUrl("a"), devnet.nodeUrl("b")];
    expect((await tron(urls)).state).toBe("ok");
    expect((await tron(urls.slice(0, 1))).state).toBe("warning");
    expect((await tron(["http://127.0.0.1:9"])).state).toBe("unknown");
    expect((await tron(urls, "ab".repeat(32))).detail).toContain("serves another chain");

    const profile = of(urls);
    expect((await checkSigner(contextOf([], { profile }))).state).toBe("warning");
    const away = contextOf([`SIGNER_SOCKET=${join(folder.path, "none.sock")}`], { profile });
    expect((await checkSigner(away)).state).toBe("unknown");
  });
});
