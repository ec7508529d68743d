import { encodeText, labelledHash, toHex, utf8 } from "@lucid/protocol";
import type { ClearanceContext } from "./contract.ts";
import type { Scope } from "./documents.ts";
import type { SignerView } from "./signer-view.ts";

/** What is set up now. */
export const readScope = (
  { network, chains, wallet, genesisBlockId, setup }: ClearanceContext,
  signer: SignerView,
): Scope => ({
  network_id: network.networkId,
  chain: genesisBlockId,
  token: chains[0].token,
  wallet,
  endpoints: setup.hosts.toSorted(),
  history: setup.historyHost ?? "",
  signer_socket: signer.socketPath,
  signer_uid: signer.uid,
  signer_since: signer.journal.since,
});

export const scopeToId = (scope: Scope): string =>
  toHex(labelledHash("clearance", utf8(encodeText(scope))));

const words: Record<keyof Scope, string> = {
  network_id: "the network",
  chain: "the chain",
  token: "the token",
  wallet: "the wallet",
  endpoints: "the endpoints",
  history: "the account history",
  signer_socket: "the signer's socket",
  signer_uid: "the signer's user id",
  signer_since: "the signer's journal",
};

/** What is not as it was cleared: "the wallet was A and is B". */
export const scopeChanges = (was: Scope, is: Scope): string =>
  (Object.keys(words) as (keyof Scope)[])
    .filter((field) => String(was[field]) !== String(is[field]))
    .map((field) => `${words[field]} was ${show(was[field])} and is ${show(is[field])}`)
    .join(", ");

const show = (value: Scope[keyof Scope]): string => String(value) || "none";
