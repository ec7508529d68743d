import { expect, test } from "vitest";
import { assertKeyInProcess, assertSignable, networkProfile } from "./networks.ts";
import { localProfile, TOKEN } from "./testing/transfers.ts";

test("public networks carry their genesis block, token and endpoint", () => {
  for (const name of ["mainnet", "nile", "shasta"]) {
    const profile = networkProfile(name);
    expect(profile).toMatchObject({
      name,
      genesisBlockId: expect.stringMatching(/^0{16}[0-9a-f]{48}$/) as string,
    });
    expect(profile.endpoints).toHaveLength(1);
  }
});

test("overrides replace endpoints and keep the rest", () => {
  const endpoints = [{ full: "http://a", solidity: "http://b" }];
  expect(networkProfile("nile", { endpoints })).toEqual({ ...networkProfile("nile"), endpoints });
});

test("names an unknown network and what to use instead", () => {
  expect(() => networkProfile("testnet")).toThrow(/"testnet".*local, nile, shasta or mainnet/);
});

test.each([
  ["genesisBlockId", { token: TOKEN, endpoints: localProfile().endpoints }],
  ["token", { genesisBlockId: "0".repeat(64), token: "T", endpoints: localProfile().endpoints }],
  ["endpoints", { genesisBlockId: "0".repeat(64), token: TOKEN }],
])("a local network needs its %s", (field, overrides) => {
  expect(() => networkProfile("local", overrides)).toThrow(
    expect.objectContaining({ code: "tron.network.incomplete", details: { field } }),
  );
});

const refused = expect.objectContaining({ code: "tron.network.signing_refused" }) as Error;

test("a key in this process is for local and nile, a signer of its own for mainnet too", () => {
  for (const profile of [localProfile(), networkProfile("nile")]) {
    expect(() => assertKeyInProcess(profile)).not.toThrow();
    expect(() => assertKeyInProcess({ ...profile, requiresCheck: true })).toThrow(refused);
  }
  expect(() => assertSignable(networkProfile("mainnet"))).not.toThrow();
  expect(() => assertKeyInProcess(networkProfile("mainnet"))).toThrow(refused);
  expect(() => assertSignable(networkProfile("shasta"))).toThrow(refused);
});

test("mainnet requires its checks, whatever is asked for", () => {
  expect(networkProfile("mainnet").requiresCheck).toBe(true);
  expect(() => networkProfile("mainnet", { requiresCheck: false })).toThrow(
    expect.objectContaining({ code: "tron.network.fixed", details: { field: "requiresCheck" } }),
  );
  expect(networkProfile("nile", { requiresCheck: true }).requiresCheck).toBe(true);
});

test("a public network keeps its genesis block and token", () => {
  const mainnet = networkProfile("mainnet");
  for (const override of [{ genesisBlockId: mainnet.genesisBlockId }, { token: mainnet.token }]) {
    expect(() => networkProfile("nile", override)).toThrow(
      expect.objectContaining({ code: "tron.network.fixed" }),
    );
  }
});

test("mainnet under the name of another network is signed for by nobody", () => {
  const { genesisBlockId } = networkProfile("mainnet");
  const hidden = { ...localProfile(), genesisBlockId };
  expect(() => assertSignable(hidden)).toThrow(/this is mainnet/);
  expect(() => assertKeyInProcess(hidden)).toThrow(refused);
});
