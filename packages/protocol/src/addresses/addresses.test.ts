import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import genesisVectors from "../../../../vectors/genesis.json" with { type: "json" };
import vectors from "../../../../vectors/addresses.json" with { type: "json" };
import { parseGenesis } from "../genesis.ts";
import { ownerId } from "../identity.ts";
import { slotEnd } from "../time.ts";
import { addressOfKey } from "../wallet.ts";
import { createAddressBook } from "./book.ts";
import type { AddressBook } from "./book.ts";
import { ADDRESS_DELAY_MS, checkAddressChange, isCancellation } from "./check.ts";

const genesis = parseGenesis(genesisVectors.networks[1]?.genesis);
const networkId = "5a".repeat(32);
const addresses = Array.from({ length: 6 }, (_, n) => addressOfKey(`${n + 1}`.padStart(64, "0")));
const owners = addresses.map((address) => ownerId(networkId, address));
const LONGEST = ADDRESS_DELAY_MS.withoutOldWallet / genesis.slot_ms;

const fact = fc.record({
  kind: fc.constantFrom("enrol", "change", "cancel"),
  gap: fc.integer({ min: 0, max: LONGEST / 3 }),
  owner: fc.nat({ max: addresses.length - 1 }),
  to: fc.nat({ max: addresses.length - 1 }),
  withOld: fc.boolean(),
});
type Fact = typeof fact extends fc.Arbitrary<infer T> ? T : never;

/** Everything in order; a change is always from the address in force with the right seq. */
function play(facts: readonly Fact[]): { book: AddressBook; lastSlot: number } {
  const book = createAddressBook({ genesis, networkId });
  let slot = genesis.first_slot;
  for (const one of facts) {
    slot += one.gap;
    take(book, one, slot);
  }
  return { book, lastSlot: slot };
}

function take(book: AddressBook, { kind, owner, to, withOld }: Fact, slot: number): void {
  const owner_id = owners[owner] as string;
  const seq = book.nextSeq(owner_id);
  if (kind === "enrol") book.enrol(addresses[to] as string, slot);
  else if (kind === "cancel") {
    book.cancel({ owner_id, seq: Math.max(0, seq - 1), wallet_signature: "" }, slot);
  } else {
    const old_address = book.addressAt(owner_id, slotEnd(genesis, slot)) ?? "";
    const wallets = withOld ? { old_wallet_signature: "" } : {};
    const new_address = addresses[to] as string;
    const signed = { new_wallet_signature: "", signature: "", ...wallets };
    book.change({ owner_id, node_id: "", old_address, new_address, seq, ...signed }, slot);
  }
}

describe("an address book", () => {
  test("never gives one address to two owners", () => {
    fc.assert(
      fc.property(
        fc.array(fact, { maxLength: 30 }),
        fc.nat({ max: 3 * LONGEST }),
        (facts, after) => {
          const { book, lastSlot } = play(facts);
          const atMs = slotEnd(genesis, lastSlot + after);
          const inForce = owners
            .map((id) => book.addressAt(id, atMs))
            .filter((one) => one !== null);
          expect(new Set(inForce).size).toBe(inForce.length);
        },
      ),
      { numRuns: 500 },
    );
  });

  test("does not change what was in force by what is sealed later", () => {
    fc.assert(
      fc.property(fc.array(fact), fc.array(fact), (facts, later) => {
        const { book, lastSlot } = play(facts);
        const atMs = slotEnd(genesis, lastSlot);
        const enrolled = owners.filter((id) => book.addressAt(id, atMs) !== null);
        const before = enrolled.map((id) => book.addressAt(id, atMs));
        let slot = lastSlot + 1;
        for (const one of later) take(book, one, (slot += one.gap));
        expect(enrolled.map((id) => book.addressAt(id, atMs))).toEqual(before);
      }),
    );
  });
});

describe("a change of address", () => {
  const given = vectors.changes[1];

  test.each(Object.keys(given?.change ?? {}))("does not hold when %s is another", (field) => {
    if (given === undefined) throw new Error("there is no vector");
    const { network_id, public_key, change } = given;
    const value = change[field as keyof typeof change];
    const other = typeof value === "number" ? value + 1 : swapDigits(value as string);
    const altered = { ...change, [field]: other };
    expect(checkAddressChange(network_id, altered, public_key)).toMatchObject({ ok: false });
    expect(checkAddressChange(network_id, change, public_key)).toEqual({ ok: true });
  });

  test("is not a cancellation", () => {
    expect(vectors.changes.every(({ change }) => !isCancellation(change))).toBe(true);
    expect(vectors.cancellations.every(({ cancellation }) => isCancellation(cancellation))).toBe(
      true,
    );
  });
});

/** The same characters with the first two that differ in each other's place. */
function swapDigits(text: string): string {
  const at = Array.from(text).findIndex((character, i) => i > 8 && character !== text[i + 1]);
  return `${text.slice(0, at)}${text[at + 1]}${text[at]}${text.slice(at + 2)}`;
}
