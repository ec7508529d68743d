import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runProgram } from "@lucid/agent";
import { expect, test } from "vitest";
import { createHints } from "../../agent/src/program/started-as.ts";
import { createTestFolder } from "../../agent/src/testing/folder.ts";
import { createTestIo } from "../../agent/src/testing/io.ts";
import { createProgram } from "./program.ts";

const lucid = async (args: string[], env: Record<string, string> = {}) => {
  const io = createTestIo({ env });
  const code = await runProgram(createProgram(io), args, io);
  return { code, io };
};

test("help and version are no errors, and help documents the exit codes", async () => {
  const help = await lucid(["--help"]);
  expect(help.code).toBe(0);
  for (const command of ["demo", "init", "up", "node", "config"])
    expect(help.io.out()).toContain(command);
  expect(help.io.out()).toContain("Exit codes:");
  expect((await lucid(["--version"])).io.out()).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test("help fits into a narrow terminal", async () => {
  const io = { ...createTestIo(), columns: () => 60 };
  for (const command of ["payouts", "admin", "node", "signer"])
    await runProgram(createProgram(io), [command, "--help"], io);
  const lines = io.out().split("\n");
  expect(lines.length).toBeGreaterThan(100);
  expect(lines.filter((line) => line.length > 60)).toEqual([]);
});

test("every command is named in hints as its reader can type it", () => {
  const toTyped = createHints({ script: "/opt/lucid.mjs", env: {}, cwd: "/" });
  const names = createProgram(createTestIo()).commands.map((command) => command.name());
  for (const name of names)
    expect(toTyped(`Next: lucid ${name}`)).toBe(`Next: node opt/lucid.mjs ${name}`);
});

test("a misspelt command is answered with the nearest one", async () => {
  const { code, io } = await lucid(["dmeo"]);
  expect(code).toBe(2);
  expect(io.err()).toContain("Did you mean demo?");
});

test.each([
  [["status"], "There is lucid signer status and lucid node status."],
  [["complete", "tcsh"], "Allowed choices are zsh, bash, fish, powershell. See lucid --help."],
  [["payouts", "lst"], "(Did you mean list?). See lucid payouts --help."],
  [
    ["payouts", "list", "--page", "0"],
    "Write a whole number from 1. See lucid payouts list --help.",
  ],
  [["blocks", "list", "--limit", "101"], "Write a whole number from 1 to 100."],
])("%j is answered with one line that helps", async (args, help) => {
  const { code, io } = await lucid(args);
  expect(code).toBe(2);
  expect(io.err().trimEnd().split("\n")).toEqual([expect.stringContaining(help)]);
});

test.each([
  ["--port", "0"],
  ["--port", "http"],
  ["--timeout", "-5"],
])("demo refuses %s %s", async (flag, value) => {
  const { code, io } = await lucid(["demo", flag, value]);
  expect(code).toBe(2);
  expect(io.err()).toContain(flag);
});

test("demo leaves a real network's folder as it is", async () => {
  await using folder = await createTestFolder();
  const data = join(folder.path, "mine");
  expect((await lucid(["init", "--data", data, "--name", "mine"])).code).toBe(0);
  const before = await readdir(data);
  const { code, io } = await lucid(["demo", "--data", data]);
  expect(code).toBe(4);
  expect(io.err()).toContain("holds the network mine, which is not a demo network");
  expect(await readdir(data)).toEqual(before);
});

test("config check shows each setting with its origin", async () => {
  await using folder = await createTestFolder();
  await writeFile(
    join(folder.path, "lucid.yaml"),
    "TRON_NETWORK: none\nNODE_MANAGEMENT_PORT: 8096\n",
  );
  await writeFile(join(folder.path, "network.json"), "{}");
  const { code, io } = await lucid(
    ["config", "check", "--json", "--data", folder.path, "--set", "NODE_MANAGEMENT_PORT=8099"],
    { LOG_LEVEL: "warn", TRON_API_KEY: "a-secret-of-the-operator" },
  );
  expect(code).toBe(0);
  const settings = io.lines()[0]?.["settings"];
  expect(settings).toEqual(
    expect.arrayContaining([
      { name: "NODE_MANAGEMENT_PORT", value: "8099", origin: "flag" },
      { name: "LOG_LEVEL", value: "warn", origin: "environment" },
      { name: "TRON_NETWORK", value: "none", origin: "lucid.yaml" },
      expect.objectContaining({ name: "PAYOUT_PROCESSING_INTERVAL", origin: "default" }),
    ]),
  );
  expect(io.lines()[0]?.["block_manager"]).toContainEqual({
    name: "METRICS_PORT",
    value: "9091",
    origin: "beside node-management",
  });
  expect(io.out()).not.toContain("a-secret-of-the-operator");
  const { io: table } = await lucid(["config", "check", "--data", folder.path]);
  expect(table.out()).toMatch(/^NODE_ADDRESS +not set +default$/m);
});

test("config check says when there is no network", async () => {
  await using folder = await createTestFolder();
  const { code, io } = await lucid(["config", "check", "--data", join(folder.path, "none")]);
  expect(code).toBe(4);
  expect(io.err()).toContain("there is no network in ");
});

test("config check names every misspelt setting and the closest known one", async () => {
  const { code, io } = await lucid(["config", "check"], {
    LUCID_DATA_PAHT: "x",
    NODE_MANAGEMENT_PROT: "1",
  });
  expect(code).toBe(2);
  expect(io.err()).toContain("LUCID_DATA_PATH");
  expect(io.err()).toContain("NODE_MANAGEMENT_PORT");
  expect(io.err()).not.toContain("?.");
  expect(io.err().trimEnd().split("\n")).toHaveLength(1);
});

test.each([
  [{ JWKS_URL: "https://sign-in.example/jwks" }, "JWKS_URL needs JWT_ISSUER"],
  [{ PREVIOUS_JWT_SECRET: "s".repeat(32) }, "PREVIOUS_JWT_SECRET needs JWT_SECRET"],
  [{ MONGODB_URI: "mongodb://ann:hushhush@db/lucid?w=1" }, "MONGODB_URI says w=1"],
  [{ TRON_NETWORK: "local" }, "TRON_TOKEN and TRON_GENESIS_BLOCK"],
  [{ TRON_NETWORK: "nile", SIGNER_SOCKET: "/s" }, "SIGNER_SOCKET needs NODE_ADDRESS"],
  [{ BLOCK_MANAGER_MODE: "follow" }, "BLOCK_MANAGER_PEERS"],
])("config check refuses %o as the start would", async (env, words) => {
  await using folder = await createTestFolder();
  await writeFile(join(folder.path, "network.json"), "{}");
  const { code, io } = await lucid(["config", "check", "--data", folder.path], env);
  expect(code).toBe(2);
  expect(io.err()).toContain(words);
  expect(io.err()).not.toContain("hushhush");
});

test("config check says where a setting of another program stands", async () => {
  await using folder = await createTestFolder();
  await writeFile(
    join(folder.path, "lucid.yaml"),
    "BLOCK_MANAGER_PORT: 8087\nSIGNER_DAY_COUNT: 5\n",
  );
  const { code, io } = await lucid(["config", "check", "--data", folder.path]);
  expect(code).toBe(2);
  expect(io.err()).toContain(
    "BLOCK_MANAGER_PORT (lucid.yaml) belongs elsewhere: under block_manager:",
  );
  expect(io.err()).toContain(
    "SIGNER_DAY_COUNT (lucid.yaml) belongs elsewhere: in signer/signer.yaml",
  );
});

test("up without a network says how to make one", async () => {
  await using folder = await createTestFolder();
  const { code, io } = await lucid(["up", "--data", folder.path]);
  expect(code).toBe(4);
  expect(io.err()).toContain("lucid init");
});

test("an unexpected fault is one line, and its stack comes with LOG_LEVEL=debug", async () => {
  const broken = async (env: Record<string, string>) => {
    const io = createTestIo({ env });
    const program = createProgram(io);
    program.command("break").action(() => {
      throw new TypeError("something unforeseen");
    });
    return { code: await runProgram(program, ["break"], io), err: io.err() };
  };
  const quiet = await broken({});
  expect(quiet.code).toBe(1);
  expect(quiet.err.trimEnd().split("\n")).toHaveLength(1);
  expect((await broken({ LOG_LEVEL: "debug" })).err).toContain("at ");
});
