import { expect, test } from "vitest";
import { settingsToProfile } from "./settings.ts";
import { TOKEN } from "./testing/transfers.ts";

const GENESIS = "ab".repeat(32);
const local = {
  TRON_NETWORK: "local",
  TRON_ENDPOINTS: ["http://a:1/", "http://b:2"],
  TRON_TOKEN: TOKEN,
  TRON_GENESIS_BLOCK: GENESIS,
};

test("one URL opens all doors of a node, and the history stands beside the first", () => {
  const settings = { ...local, TRON_HISTORY: "http://c/", TRON_API_KEY: "k", TRON_REHEARSAL: true };
  const [first, second] = settingsToProfile(settings).endpoints;
  expect(first).toEqual({
    full: "http://a:1",
    solidity: "http://a:1",
    jsonrpc: "http://a:1/jsonrpc",
    history: "http://c",
    apiKey: "k",
  });
  expect(second).not.toHaveProperty("history");
  expect(settingsToProfile(settings).requiresCheck).toBe(true);
  expect(settingsToProfile(local).requiresCheck).toBe(false);
});

test.each([
  ["TRON_TOKEN", { ...local, TRON_TOKEN: undefined }],
  ["TRON_ENDPOINTS", { ...local, TRON_ENDPOINTS: [] }],
  ["one node twice", { ...local, TRON_ENDPOINTS: ["http://a", "http://a/"] }],
  ["TRON_GENESIS_BLOCK", { ...local, TRON_NETWORK: "mainnet" }],
])("settings that make no chain name %s", (part, settings) => {
  expect(() => settingsToProfile(settings)).toThrow(
    expect.objectContaining({
      code: "tron.network.settings",
      message: expect.stringContaining(part) as string,
    }),
  );
});
