import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { addressOfKey, addressText, signMessage } from "@lucid/protocol";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  startTestService,
  type TestService,
} from "../../../node-management/src/testing/service.ts";
import { runLucid } from "../testing/run-lucid.ts";

const [OLD, NEW, OTHER] = ["11", "22", "33"].map((byte) => byte.repeat(32)) as [
  string,
  string,
  string,
];
const [from, to] = [addressOfKey(OLD), addressOfKey(NEW)];

let folder: string;
let service: TestService;
let ownerId: string;

const lucid = (...words: string[]) => runLucid(["node", ...words, "--data", folder]);
const keyFile = (name: string): string => join(folder, `${name}.key`);
const nextSlot = async (): Promise<void> => {
  const { genesis } = service.network;
  const slot = Math.floor((service.clock.now() - genesis.origin_ms) / genesis.slot_ms) + 1;
  await service.goTo(slot, genesis.grace_ms);
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "address-"));
  service = await startTestService();
  const keys = { old: OLD, new: NEW, other: OTHER };
  for (const [name, key] of Object.entries(keys)) await writeFile(keyFile(name), key);
  await lucid("init");
  const place = ["--service", service.service.url, "--address", from];
  await lucid("enrol", ...place, "--wallet-key-file", keyFile("old"));
  const shown = await lucid("address", "show", "--json");
  ownerId = String(shown.lines[0]?.["owner_id"]);
});
afterEach(async () => {
  await service[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

test("an owner changes the address with both wallets, and is told what comes when", async () => {
  expect((await lucid("address", "show")).out).toContain(from);
  const wallets = [
    "--new-wallet-key-file",
    keyFile("new"),
    "--old-wallet-key-file",
    keyFile("old"),
  ];
  const changed = await lucid("address", "change", "--to", to, ...wallets);
  expect(changed.out).toContain("signature of the old wallet");
  expect(changed.out).toMatch(new RegExp(`Payouts go to ${from} until .* UTC, and .* to ${to}`));
  await nextSlot();
  await nextSlot();
  const { out } = await lucid("address", "show");
  expect(out).toContain(`change 0, pending: ${from} -> ${to}`);
  expect((await lucid("address", "cancel", "--json")).code).toBe(2);
});

test("who has not signed reads the exact text and what comes next; nothing is sent", async () => {
  const asked = await lucid("address", "change", "--to", to, "--without-old-wallet");
  const { networkId } = service.network;
  const text = addressText({ networkId, ownerId, from, to, seq: 0 });
  expect(asked.code).toBe(2);
  expect(asked.out).toContain(text);
  expect(asked.out).toContain("--new-wallet-signature <hex> --without-old-wallet");
  const signed = ["--new-wallet-signature", signMessage(NEW, text), "--without-old-wallet"];
  const changed = await lucid("address", "change", "--to", to, ...signed, "--json");
  expect(changed.lines.at(-1)).toMatchObject({ event: "address_change", with_old_wallet: false });
});

test("the old wallet takes a change back that was made without it", async () => {
  const wallet = ["--new-wallet-key-file", keyFile("new"), "--without-old-wallet"];
  await lucid("address", "change", "--to", to, ...wallet);
  const wrong = await lucid("address", "cancel", "--wallet-key-file", keyFile("other"));
  expect(wrong.code).toBe(2);
  expect(wrong.err).toContain(from);
  const cancelled = await lucid("address", "cancel", "--wallet-key-file", keyFile("old"));
  expect(cancelled.out).toContain("takes it back with the next block");
  for (let slot = 0; slot < 3; slot++) await nextSlot();
  const shown = await lucid("address", "show", "--json");
  expect(shown.lines[0]).toMatchObject({ address: from, changes: [{ state: "cancelled" }] });
});

test("another wallet's signature is refused before anything is sent", async () => {
  const wrong = signMessage(OTHER, "another text");
  const signed = ["--new-wallet-signature", wrong, "--without-old-wallet"];
  const { code, err } = await lucid("address", "change", "--to", to, ...signed);
  expect(code).toBe(6);
  expect(err).toContain(`not by ${to}`);
  const shown = await lucid("address", "show", "--json");
  expect(shown.lines[0]).toMatchObject({ changes: [] });
});
