import vectors from "../../../../vectors/addresses.json" with { type: "json" };
import { createAddressBook } from "../addresses/book.ts";
import type { AddressBook } from "../addresses/book.ts";
import { checkAddressChange, checkCancellation } from "../addresses/check.ts";
import { parseGenesis } from "../genesis.ts";
import type { AddressChange, AddressChangeCancellation } from "../records/types.ts";
import { codeOf } from "./verdict-code.ts";

type Book = (typeof vectors.books)[number];
type Step = { slot: number; kind: string; data: object };

export function recomputeAddresses() {
  return {
    changes: vectors.changes.map(({ case: name, network_id, public_key, change }) => ({
      case: name,
      network_id,
      public_key,
      change,
      ...codeOf(checkAddressChange(network_id, change, public_key)),
    })),
    cancellations: vectors.cancellations.map((given) => ({
      case: given.case,
      network_id: given.network_id,
      old_address: given.old_address,
      cancellation: given.cancellation,
      ...codeOf(checkCancellation(given.network_id, given.cancellation, given.old_address)),
    })),
    books: vectors.books.map(recomputeBook),
  };
}

function recomputeBook({ case: name, network_id, genesis, steps, addresses }: Book) {
  const book = createAddressBook({ genesis: parseGenesis(genesis), networkId: network_id });
  return {
    case: name,
    network_id,
    genesis,
    steps: steps.map(({ slot, kind, data }) => ({
      slot,
      kind,
      data,
      ...take(book, { slot, kind, data }),
    })),
    addresses: addresses.map(({ owner_id, at }) => ({
      owner_id,
      at,
      address: book.addressAt(owner_id, at),
    })),
  };
}

function take(book: AddressBook, { slot, kind, data }: Step) {
  if (kind === "address_change") return codeOf(book.change(data as AddressChange, slot));
  if (kind === "cancellation") return codeOf(book.cancel(data as AddressChangeCancellation, slot));
  const enrolled = book.enrol((data as { address: string }).address, slot);
  return enrolled.ok ? { owner_id: enrolled.ownerId } : { code: enrolled.code };
}
