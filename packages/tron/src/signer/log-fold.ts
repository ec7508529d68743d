import {
  type AddressBook,
  type AddressChange,
  type AddressChangeCancellation,
  type BlockNetwork,
  checkAddressChange,
  checkCancellation,
  checkEnrolment,
  type Enrolment,
  entryHash,
  isCancellation,
  type LedgerEntry,
  ownerAccount,
  payoutId,
  payoutKey,
} from "@lucid/protocol";
import type { LogBlock } from "@lucid/verify";
import { SignerFault } from "./fault.ts";
import type { LogStore } from "./log-store.ts";

type Deps = {
  readonly network: BlockNetwork;
  readonly store: LogStore;
  readonly book: AddressBook;
};

/**
 * Takes in what a block says about owners' addresses and payouts. Everything that a wallet or a node must have signed is
 * checked here: whoever seals blocks cannot name a recipient. Throws `signer.log.lie` for a record that does not hold.
 */
export const createLogFold = ({ network, store, book }: Deps) => {
  const { genesis, networkId } = network;

  const enrol = (data: Enrolment, slot: number): string | null => {
    const checked = checkEnrolment(genesis, networkId, data, {
      headerHashes: new Set([data.header_hash]),
    });
    if (!checked.ok) return checked.detail;
    if (store.node(checked.nodeId) !== null) return `${checked.nodeId} is enrolled already`;
    const owner = book.enrol(data.address, slot);
    if (!owner.ok) return owner.detail;
    store.addNode(checked.nodeId, { publicKey: data.public_key, ownerId: owner.ownerId });
    store.addFact({ kind: "enrol", slot, data: data.address });
    return null;
  };

  const change = (data: AddressChange, slot: number): string | null => {
    const node = store.node(data.node_id);
    if (node?.ownerId !== data.owner_id) return `${data.node_id} is no node of ${data.owner_id}`;
    const signed = checkAddressChange(networkId, data, node.publicKey);
    if (!signed.ok) return signed.detail;
    book.change(data, slot);
    store.addFact({ kind: "change", slot, data });
    return null;
  };

  const cancel = (data: AddressChangeCancellation, slot: number): string | null => {
    const meant = book.changeOf(data);
    if (meant === null) return null;
    const signed = checkCancellation(networkId, data, meant.old_address);
    if (!signed.ok) return signed.detail;
    book.cancel(data, slot);
    store.addFact({ kind: "cancel", slot, data });
    return null;
  };

  const enter = (entry: LedgerEntry, slot: number): string | null => {
    if (entryHash(entry) !== entry.hash) return "its hash is not that of what it says";
    if (entry.kind === "payout_reversal")
      store.addReversal(entry.key.slice("payout_reversal:".length));
    if (entry.kind !== "payout") return null;
    if (entry.key !== payoutKey(payoutId(networkId, entry.account, entry.seq)))
      return `its key is not that of ${entry.account}#${entry.seq}`;
    const isNew = store.addDebit({ entry, slot });
    return isNew ? null : `${entry.account}#${entry.seq} stands in the log already`;
  };

  return ({ height, header: { slot }, body }: LogBlock): void => {
    for (const [index, { leaf }] of body.entries()) {
      if (leaf.kind !== "record") continue;
      const problem =
        leaf.record === "enrolment"
          ? enrol(leaf.data, slot)
          : leaf.record === "address_change"
            ? isCancellation(leaf.data)
              ? cancel(leaf.data, slot)
              : change(leaf.data, slot)
            : leaf.record === "ledger_entry"
              ? enter(leaf.data, slot)
              : null;
      if (problem === null) continue;
      throw new SignerFault(
        "signer.log.lie",
        `block ${height} of the log, leaf ${index}: this ${leaf.record} does not hold: ${problem}`,
      );
    }
  };
};

/** The owners' addresses as far as they were taken in before. */
export const replayFacts = ({ store, book }: Pick<Deps, "store" | "book">): void => {
  for (const { kind, slot, data } of store.facts()) {
    if (kind === "enrol") book.enrol(data, slot);
    else if (kind === "change") book.change(data, slot);
    else book.cancel(data, slot);
  }
};

export const ownerOf = (account: string): string | null => {
  const id = account.replace(/^owner:/, "");
  return ownerAccount(id) === account ? id : null;
};
