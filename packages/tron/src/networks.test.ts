import { expect, test } from "vitest";
import { assertSignable, networkProfile } from "./networks.ts";
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

test("signing is for local and nile", () => {
  expect(() => assertSignable(localProfile())).not.toThrow();
  expect(() => assertSignable(networkProfile("nile"))).not.toThrow();
  expect(() => assertSignable(networkProfile("mainnet"))).toThrow(/refused on mainnet/);
});

test("a public network keeps its genesis block and token", () => {
  const mainnet = networkProfile("mainnet");
  for (const override of [{ genesisBlockId: mainnet.genesisBlockId }, { token: mainnet.token }]) {
    expect(() => networkProfile("nile", override)).toThrow(
      expect.objectContaining({ code: "tron.network.fixed" }),
    );
  }
});

test("mainnet is recognised under the name of another network", () => {
  const { genesisBlockId } = networkProfile("mainnet");
  expect(() => assertSignable({ ...localProfile(), genesisBlockId })).toThrow(/refused on mainnet/);
});
