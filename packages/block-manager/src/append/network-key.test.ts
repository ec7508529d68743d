import {
  ed25519PublicKey,
  recordLeaf,
  sha256,
  signObject,
  toHex,
  utf8,
  verifyBlockEntry,
} from "@lucid/protocol";
import type { RecordData } from "@lucid/protocol";
import { expect, test } from "vitest";
import { createCrashMachine } from "../disk/testing/crash-machine.ts";
import { fsck } from "../fsck/index.ts";
import { checkKeys } from "./check-keys.ts";
import { network, openLog, sealedSlot, sealedSlots, seedsAtHand } from "./testing/scene.ts";

const { genesis, networkId, seeds } = network;
const root = sha256(utf8("test root"));
const [second, third] = [sha256(utf8("second")), sha256(utf8("third"))];
const keyOf = (seed: Uint8Array) => toHex(ed25519PublicKey(seed));
const log = seedsAtHand(seeds.log);

type KeyChange = RecordData["key_change"];

function change(changes: Partial<KeyChange> = {}, signer = root): Uint8Array {
  const unsigned = {
    role: "network" as const,
    old: genesis.network_key,
    new: keyOf(second),
    seq: 0,
    ...changes,
  };
  const signature = signObject("key_change", networkId, unsigned, signer);
  return recordLeaf("key_change", { ...unsigned, signatures: [{ key: keyOf(signer), signature }] });
}

test("from the block after its change another network key signs", async () => {
  const machine = createCrashMachine();
  const onlyOld = { network: seedsAtHand(seeds.network), log };
  const slots = [sealedSlot(0), sealedSlot(1, [change()]), ...sealedSlots(2, 2)];
  const before = await openLog(machine.disk(), onlyOld);
  const refused = await before.appender.append(slots);
  expect(refused).toMatchObject({ ok: false, code: "log.unavailable", slot: slots[2]?.slot });
  expect(before.store.head().size).toBe(2); // what changes the key has to stand first
  await expect(checkKeys(before.store, onlyOld)).rejects.toMatchObject({ code: "store.key" });
  await before.store[Symbol.asyncDispose]();

  const onlyNew = { network: seedsAtHand(second), log };
  const after = await openLog(machine.disk(), onlyNew);
  expect(await after.appender.append(slots)).toMatchObject({ ok: true, appended: 2 });
  expect(verifyBlockEntry((await after.store.entry(3)).entry, networkId, keyOf(second))).toBe(true);
  const again = [change({ old: keyOf(second), new: keyOf(third), seq: 1 })];
  await after.appender.append([sealedSlot(4, again)]);
  await after.store[Symbol.asyncDispose]();

  const all = { network: seedsAtHand(third), log };
  const last = await openLog(machine.disk(), all);
  await checkKeys(last.store, all);
  expect(await last.appender.append(sealedSlots(5, 3))).toMatchObject({ ok: true, appended: 3 });
  expect((await fsck(last.store.disk)).findings).toEqual([]);
});

test.each([
  ["that the root keys have not signed", change({}, second)],
  ["of another old key", change({ old: keyOf(third) })],
  ["of the log key", change({ role: "log", old: genesis.log_key })],
  ["of a root key", change({ role: "root", old: keyOf(root) })],
])("a change %s is refused", async (_, leaf) => {
  const { appender } = await openLog(createCrashMachine().disk());
  const verdict = await appender.append([sealedSlot(0, [leaf])]);
  expect(verdict).toMatchObject({ ok: false, code: "blocks.body", leaf: 0 });
});

test("a wrong log key is noticed before anything is signed", async () => {
  const { store, appender } = await openLog(createCrashMachine().disk(), {
    network: seedsAtHand(seeds.network),
    log: seedsAtHand(second),
  });
  await expect(appender.append(sealedSlots(0, 1))).rejects.toMatchObject({ code: "store.key" });
  expect(store.head().size).toBe(0);
});
