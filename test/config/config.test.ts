import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ConfigError, type ConfigSchema, loadConfig, type Setting } from "@lucid/platform/config";
import { afterAll, describe, expect, it } from "vitest";
import * as blockManager from "../../packages/block-manager/src/config.ts";
import * as nodeManagement from "../../packages/node-management/src/config.ts";
import * as signer from "../../packages/tron/src/signer/config.ts";

const folder = mkdtempSync(join(tmpdir(), "lucid-config-"));
afterAll(() => rmSync(folder, { recursive: true }));

const programs: [string, ConfigSchema][] = [
  ["node-management", nodeManagement.configSchema],
  ["block-manager", blockManager.configSchema],
  ["signer", signer.configSchema],
];

/** Values that a person might write and that mean nothing for a setting. */
const malformedOf = (setting: Setting): string[] => {
  const always = ["", "  ", "a\0b", "a\nb"];
  switch (setting.type) {
    case "integer":
      return [...always, "many", "1.5", "1e3", "0x10", "NaN", "-1", "99999999999999999999", "１２"];
    case "boolean":
      return [...always, "yes", "1", "TRUE", "on"];
    case "usdt":
      return [...always, "ten", "1,5", "1.0000001", "-1", "1e3", "Infinity"];
    case "duration":
      return [...always, "soon", "1 hour", "-1s", "5y"];
    case "enum":
      return [...always, "nonsense", String(setting.values[0]).toUpperCase()];
    case "url":
      return [...always, "example.org", "ftp://example.org", "http://", "//example.org"];
    case "path":
      return ["", "  ", "a\0b"];
    case "list":
      return ["a,,b", ",", "a\0b", ...(isFree(setting) ? [] : ["no such thing", "https://a b"])];
    case "string":
      break;
  }
  return [...always, ...(setting.pattern === undefined ? [] : ["no such thing", "ftp://a b"])];
};

const isFree = (setting: Setting & { readonly type: "list" }): boolean =>
  setting.item !== "url" && setting.pattern === undefined;

type Problems = ConfigError["problems"];

/** What a program says of settings, without those that it needs and that nobody gave. */
const problemsOf = (schema: ConfigSchema, sources: Parameters<typeof loadConfig>[1]): Problems => {
  try {
    loadConfig(schema, sources);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.filter(({ origin }) => origin !== "nowhere");
  }
};

/** A sentence that says more than "wrong": what to write instead. */
const fix =
  /write|at least|at most|remove|give a value|not one of|is not a URL|whole one that starts with/;

const cases = programs.flatMap(([program, schema]) =>
  Object.entries(schema).map(([key, setting]) => [program, key, schema, setting] as const),
);

describe("every setting", () => {
  it.each(cases)(
    "of %s: %s refuses what it cannot mean, and says the fix",
    (_, key, schema, setting) => {
      for (const text of malformedOf(setting)) {
        const [problem, ...others] = problemsOf(schema, { env: { [key]: text } });
        expect({ text, key: problem?.key, others }).toEqual({ text, key, others: [] });
        expect(problem?.detail).toMatch(fix);
        const isTold = text.trim() !== "" && problem?.detail.includes(text) === true;
        expect(isTold && setting.secret === true).toBe(false);
      }
    },
  );

  it.each(cases)("of %s: %s is offered to whoever misspells it", (_, key, schema) => {
    const middle = Math.floor(key.length / 2);
    const lacking = key.slice(0, middle) + key.slice(middle + 1);
    const file = join(folder, "lucid.yaml");
    writeFileSync(file, `${lacking.toLowerCase()}: x\n`);
    const places = [{ env: { [lacking]: "x" } }, { flags: { [lacking]: "x" } }, { file }];
    for (const sources of places)
      expect(problemsOf(schema, sources)).toMatchObject([
        { detail: `no such setting: did you mean ${key}?` },
      ]);
  });
});

it.each([
  ["MONGO_URI", "MONGODB_URI"],
  ["REDIS_URI", "REDIS_URL"],
  ["PAYOUT_THRESHOLD", "PAYOUT_THRESHOLD_USDT"],
  ["PAYOUT_FEE_PERCENT", "PAYOUT_PROCESSING_FEE_PERCENT"],
  ["TREASURY_KEY", "TREASURY_KEY_FILE"],
  ["LUCID_ADMIN_KEYS", "ADMIN_KEYS"],
])("%s, as others may call it, is %s", (name, meant) => {
  expect(problemsOf(nodeManagement.configSchema, { env: { [name]: "x" } })).toMatchObject([
    { detail: `no such setting: did you mean ${meant}?` },
  ]);
});

it.each([
  ["JWKS_ALGORITHMS", "EdDSA,ES265"],
  ["JWKS_ALGORITHMS", "HS256"],
  ["JWKS_ALGORITHMS", "none"],
  ["JWT_ROLES", "ops-team=operater"],
  ["JWT_ROLES", "everybody=node"],
  ["REDIS_URL", "redis://cache:65536/0"],
  ["TRUSTED_HOSTS", "lucid.example.org:99999"],
  ["CORS_ORIGINS", "https://lucid.example.org:65536"],
])("%s refuses %s", (key, text) => {
  expect(problemsOf(nodeManagement.configSchema, { env: { [key]: text } })).toMatchObject([
    { key, detail: expect.stringMatching(/write it like/) as unknown },
  ]);
});

it("everything that is wrong is said at once", () => {
  const env = Object.fromEntries(
    Object.entries(nodeManagement.configSchema).map(([key]) => [key, "a\0b"]),
  );
  const told = new Set(problemsOf(nodeManagement.configSchema, { env }).map(({ key }) => key));
  expect([...told].toSorted()).toEqual(Object.keys(env).toSorted());
});
