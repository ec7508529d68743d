import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from "vitest";
import { defineConfig, loadConfig, type ConfigSources } from "./index.ts";
import { problemsOf, schema } from "./testing/sample.ts";

let directory = "";
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "lucid-config-"));
});
afterAll(() => rmSync(directory, { recursive: true }));

const write = (name: string, text: string): string => {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
};

describe("precedence", () => {
  const file = () => write("lucid.yaml", "node_management_port: 3\nLOG_LEVEL: debug\n");
  const env = { NODE_MANAGEMENT_PORT: "2" };

  it.each([
    [{ flags: { "node-management-port": 1 }, env, file: true }, 1, "flag"],
    [{ flags: { nodeManagementPort: "1" }, env, file: true }, 1, "flag"],
    [{ flags: { NODE_MANAGEMENT_PORT: undefined }, env, file: true }, 2, "environment"],
    [{ file: true }, 3, "lucid.yaml"],
    [{}, 8095, "default"],
  ])(
    "of %j is %i from %s",
    (
      { file: withFile, ...sources }: { file?: boolean } & Omit<ConfigSources, "file">,
      value,
      origin,
    ) => {
      const config = loadConfig(schema, { ...sources, ...(withFile === true && { file: file() }) });
      expect([config.values.NODE_MANAGEMENT_PORT, config.origins.NODE_MANAGEMENT_PORT]).toEqual([
        value,
        origin,
      ]);
    },
  );
});

describe("values", () => {
  it("have the types that the schema says", () => {
    const { values } = loadConfig(schema, {
      env: {
        CORS_ORIGINS: "https://a.example, http://localhost:5173",
        PAYOUT_THRESHOLD_USDT: "8.03",
        PAYOUT_INTERVAL: "90",
        TRUST_PROXY: "true",
        DATABASE_URL: "mongodb://a:b@c/d",
      },
    });
    expect(values).toEqual({
      NODE_MANAGEMENT_PORT: 8095,
      LUCID_DATA_PATH: "data",
      LOG_LEVEL: "info",
      TRUST_PROXY: true,
      CORS_ORIGINS: ["https://a.example", "http://localhost:5173"],
      PAYOUT_THRESHOLD_USDT: 8_030_000n,
      PAYOUT_INTERVAL: 90_000,
      DATABASE_URL: "mongodb://a:b@c/d",
      TREASURY_KEY: undefined,
    });
    expectTypeOf(values.LOG_LEVEL).toEqualTypeOf<"debug" | "info">();
    expectTypeOf(values.PAYOUT_THRESHOLD_USDT).toEqualTypeOf<bigint>();
    expectTypeOf(values.TREASURY_KEY).toEqualTypeOf<string | undefined>();
  });

  it.each([
    ["NODE_MANAGEMENT_PORT", "80a", "not a whole number"],
    ["NODE_MANAGEMENT_PORT", "8095.0", "not a whole number"],
    ["NODE_MANAGEMENT_PORT", "0x10", "not a whole number"],
    ["NODE_MANAGEMENT_PORT", "99999999999999999999", "not a whole number"],
    ["NODE_MANAGEMENT_PORT", "65536", "at most 65535"],
    ["NODE_MANAGEMENT_PORT", "-1", "at least 0"],
    ["NODE_MANAGEMENT_PORT", " ", "is empty"],
    ["LUCID_DATA_PATH", "", "is empty"],
    ["LOG_LEVEL", "INFO", "not one of debug, info"],
    ["TRUST_PROXY", "yes", "not true or false"],
    ["CORS_ORIGINS", "https://a.example,,http://b.example", "empty item"],
    ["CORS_ORIGINS", "example.org", "not a URL"],
    ["PAYOUT_THRESHOLD_USDT", "1e3", "not an amount"],
    ["PAYOUT_THRESHOLD_USDT", "1.0000001", "not an amount"],
    ["PAYOUT_THRESHOLD_USDT", "0.999999", "at least 1.000000 USDT"],
    ["PAYOUT_INTERVAL", "1 hour", "not a duration"],
    ["PAYOUT_INTERVAL", "500ms", "at least 1s"],
    ["DATABASE_URL", "http://a", "starts with mongodb://"],
    ["TREASURY_KEY", "xyz", "does not have the right form"],
  ])("%s=%j is refused: %s", (key, value, reason) => {
    const [problem, ...others] = problemsOf({ env: { [key]: value } });
    expect(problem).toContain(`${key}: `);
    expect(problem).toContain(reason);
    expect(others).toEqual([]);
  });

  it("that are needed and missing are named with what they are for", () => {
    const needing = defineConfig({
      TRON_ENDPOINTS: { type: "list", description: "Where to reach TRON." },
    });
    expect(() => loadConfig(needing, {})).toThrow(
      "TRON_ENDPOINTS (nowhere): is needed: Where to reach TRON.",
    );
  });
});

describe("names", () => {
  it.each([
    ["LUCID_DATA_PTAH", "did you mean LUCID_DATA_PATH?"],
    ["LUCID_WHATEVER", "no such setting: remove it"],
    ["NODE_MANAGMENT_PORT", "did you mean NODE_MANAGEMENT_PORT?"],
    ["node_management_port", "did you mean NODE_MANAGEMENT_PORT?"],
    ["TREASURY_KEYFILE", "did you mean TREASURY_KEY_FILE?"],
    ["PAYOUT_THRESHOLD", "did you mean PAYOUT_THRESHOLD_USDT?"],
    ["LUCID_LOG_LEVEL", "did you mean LOG_LEVEL?"],
  ])("%s in the environment is refused: %s", (name, reason) => {
    expect(problemsOf({ env: { [name]: "1" } })).toEqual([expect.stringContaining(reason)]);
  });

  it("of other programs are left alone", () => {
    expect(
      problemsOf({
        env: { PATH: "/bin", NODE_ENV: "test", LOG_DIR: "x", MANAGEMENT_PORT: "1", NODE_PORT: "1" },
      }),
    ).toEqual([]);
  });

  it("that are unknown are refused in lucid.yaml and as flags", () => {
    const file = write("unknown.yaml", "log_levle: info\n");
    expect(problemsOf({ file, flags: { port: "1" } })).toEqual([
      "port: no such setting: remove it",
      "log_levle: no such setting: did you mean LOG_LEVEL?",
    ]);
  });
});

describe("secrets", () => {
  it("come from a file too, without the line break at its end", () => {
    const config = loadConfig(schema, { env: { TREASURY_KEY_FILE: write("key", "0badf00d\n") } });
    expect(config.values.TREASURY_KEY).toBe("0badf00d");
    expect(config.origins.TREASURY_KEY).toBe("secret file");
  });

  it("from two places at once, or from a file that cannot be read, are refused", () => {
    const path = write("key2", "0badf00d");
    expect(problemsOf({ env: { TREASURY_KEY: "0badf00d", TREASURY_KEY_FILE: path } })).toEqual([
      "TREASURY_KEY_FILE: TREASURY_KEY is set too: keep one of the two",
    ]);
    expect(problemsOf({ env: { TREASURY_KEY_FILE: "/nowhere" } })).toEqual([
      "TREASURY_KEY_FILE: cannot read /nowhere (ENOENT)",
    ]);
  });

  it("are shown nowhere: not printed, not in messages, not in URLs", () => {
    const env = { TREASURY_KEY: "0badf00d", DATABASE_URL: "mongodb://me:hunter2@host/db" };
    const printed = loadConfig(schema, { env }).print();
    expect(printed).toMatch(/TREASURY_KEY +\[redacted\] +environment/);
    expect(printed).toContain("mongodb://me:[redacted]@host/db");
    expect(printed).not.toMatch(/0badf00d|hunter2/);
    expect(problemsOf({ env: { TREASURY_KEY: "not-a-key-but-secret" } }).join()).not.toContain(
      "but-secret",
    );
  });
});

it("reports everything that is wrong in one error", () => {
  const sources = { flags: { nope: 1 }, env: { LUCID_X: "1", LOG_LEVEL: "x" }, file: "/nowhere" };
  expect(() => loadConfig(schema, sources)).toThrow("the configuration has 4 problems:");
});
