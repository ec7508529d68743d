import { addressOfKey } from "@lucid/protocol";
import { loadConfig } from "@lucid/platform/config";
import { describe, expect, it } from "vitest";
import { configSchema } from "./config.ts";
import { createPayer } from "./payer.ts";

const address = addressOfKey("11".repeat(32));
const base = {
  TRON_NETWORK: "local",
  TRON_ENDPOINTS: "http://127.0.0.1:9",
  TRON_TOKEN: "TXYZopYRdj2D9XRtbG411XZZ3kM5VkAeBf",
  TRON_GENESIS_BLOCK: "00".repeat(32),
  SIGNER_SOCKET: "/run/lucid/signer.sock",
};
const create = (settings: Record<string, string>) =>
  createPayer(loadConfig(configSchema, { env: { ...base, ...settings } }).values);

describe("what pays, with a signer of its own", () => {
  it("reads no key, and needs none to start", async () => {
    const payer = await create({ NODE_ADDRESS: address, LUCID_DATA_PATH: "/nowhere" });
    expect(payer?.signer.address).toBe(address);
  });

  it.each([
    ["a key beside it", { NODE_ADDRESS: address, TREASURY_KEY_FILE: "/k" }, "TREASURY_KEY_FILE"],
    ["no address to expect", {}, "NODE_ADDRESS"],
  ])("refuses to start with %s", async (_, settings, part) => {
    await expect(create(settings)).rejects.toMatchObject({
      code: "config.signer",
      message: expect.stringContaining(part) as string,
    });
  });
});
