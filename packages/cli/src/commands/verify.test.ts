import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createTestFolder } from "../../../agent/src/testing/folder.ts";
import { writeFiles, type Files } from "../../../verify/src/testing/index.ts";
import { createWorld, fullPlan, type Lies } from "../../../verify/src/testing/world/index.ts";
import { runLucid } from "../testing/run-lucid.ts";

const lucid = (...words: string[]) => runLucid(words);

const plan = { ...fullPlan, blocks: 40 };
const world = createWorld(plan);
const lie: Lies = {
  drafts: (drafts) => drafts.slice(0, 30),
  files: (files) => files.delete("body/7"),
};

const writeWorld = async (path: string, files: Files): Promise<string> => {
  await writeFiles(path, files);
  return path;
};

const serve = async (answer: (path: string) => Uint8Array | string | undefined) => {
  const server: Server = createServer((request, response) => {
    const found = answer(request.url ?? "");
    const type = typeof found === "string" ? "text/html" : "application/octet-stream";
    response.writeHead(found === undefined ? 404 : 200, { "content-type": type }).end(found);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => void server.close(() => resolve())),
  };
};

describe("lucid verify", () => {
  test("a folder whose books follow ends with 0, and with the three classes", async () => {
    await using folder = await createTestFolder();
    const log = await writeWorld(folder.path, world.files);
    const { code, out, err } = await lucid("verify", log);
    expect(err).toBe("");
    expect(code).toBe(0);
    expect(out).toContain("The books follow from the evidence");
    for (const part of ["Recomputed", "On the operator's word", "Not checkable", "--network-id"])
      expect(out).toContain(part);
  });

  test("with --json the last line is the report", async () => {
    await using folder = await createTestFolder();
    const log = await writeWorld(folder.path, world.files);
    const { networkId } = world.network;
    const { code, lines } = await lucid("verify", log, "--network-id", networkId, "--json");
    expect(code).toBe(0);
    expect(Object.keys(lines.at(-1) ?? {})).toEqual([
      "follows",
      "height",
      "checked",
      "attested",
      "not_checkable",
      "first_mismatch",
      "seconds",
    ]);
    expect(lines.at(-1)).toMatchObject({ follows: true, first_mismatch: null });
  });

  test("a copy whose checkpoint is newer than its tiles is told how to be made", async () => {
    await using folder = await createTestFolder();
    const files: Files = new Map(world.files);
    files.delete(`tile/0/000.p/${plan.blocks}`);
    const { code, out } = await lucid("verify", await writeWorld(folder.path, files));
    expect(code).toBe(1);
    expect(out).toContain("log.tile_missing");
    expect(out).toContain("checkpoint was copied before the rest");
  });

  test("a chain that nobody knows, or a local one without its token, is wrong usage", async () => {
    for (const [network, named] of [
      ["somewhere", "mainnet, nile, local"],
      ["local", "--tron-token"],
    ] as const) {
      const asked = ["--tron", "http://127.0.0.1:1", "--tron-network", network];
      const { code, err } = await lucid("verify", "nowhere", ...asked);
      expect(code).toBe(2);
      expect(err).toContain(named);
    }
  });

  test("a mismatch ends with 1 and says where", async () => {
    await using folder = await createTestFolder();
    const log = await writeWorld(folder.path, createWorld(plan, lie).files);
    const { code, out, err } = await lucid("verify", log);
    expect(code).toBe(1);
    expect(err).toBe("");
    expect(out).toContain("block 7, log.body_missing");
    const json = await lucid("verify", log, "--json");
    expect(json.code).toBe(1);
    expect(json.lines.at(-1)).toMatchObject({ follows: false, first_mismatch: { height: 7 } });
  });

  test("another network than the one that was asked for is a mismatch", async () => {
    await using folder = await createTestFolder();
    const log = await writeWorld(folder.path, world.files);
    const { code, lines } = await lucid("verify", log, "--network-id", "ab".repeat(32), "--json");
    expect(code).toBe(1);
    expect(lines.at(-1)).toMatchObject({
      first_mismatch: { code: "log.network_id", height: null },
    });
  });

  test("a network's folder holds its log below it", async () => {
    await using folder = await createTestFolder();
    await writeWorld(join(folder.path, "log"), world.files);
    await writeWorld(folder.path, new Map([["network.json", new TextEncoder().encode("{}")]]));
    expect((await lucid("verify", folder.path)).code).toBe(0);
  });

  test("an address is read as well, and a service passes its log on", async () => {
    await using files = await serve((path) => world.files.get(path.slice(1)));
    expect((await lucid("verify", files.url)).code).toBe(0);
    await using service = await serve((path) =>
      path.startsWith("/log/") ? world.files.get(path.slice(5)) : "<html>the console</html>",
    );
    expect((await lucid("verify", service.url)).code).toBe(0);
  });

  test("what cannot be read ends with 2 and one clear line", async () => {
    await using folder = await createTestFolder();
    await using page = await serve(() => "<html>hello</html>");
    const gone = await serve(() => undefined);
    await gone[Symbol.asyncDispose]();
    const unreadable: [source: string, says: RegExp][] = [
      [join(folder.path, "nowhere"), /there is no folder/],
      [folder.path, /not the folder or address of a log/],
      [page.url, /web page/],
      [gone.url, /ECONNREFUSED/],
      ["ftp://example.org", /http or https/],
    ];
    for (const [source, says] of unreadable) {
      const { code, err } = await lucid("verify", source);
      expect(err).toMatch(says);
      expect(err.trim().split("\n")).toHaveLength(1);
      expect(code, source).toBe(2);
    }
    const malformed = await lucid("verify", folder.path, "--network-id", "12");
    expect(malformed.code).toBe(2);
    expect(malformed.err).toContain("--network-id 12");
  });
});
