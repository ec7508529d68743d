import type { Collection } from "@lucid/platform/documents";
import { bindingKey, walletKey } from "@lucid/protocol";
import { Fault } from "../shared/fault.ts";
import { appendEntry } from "./append.ts";
import { entryId, type LedgerDocument } from "./documents.ts";

const NETWORK_ACCOUNT = "network";

/** The chain (genesis block id), token and wallet (base58) that a ledger is kept for. */
export type Binding = {
  readonly chainGenesisId: string;
  readonly token: string;
  readonly wallet: string;
};

export type BindVerdict =
  | { readonly ok: true }
  /** This ledger is kept for something else: the process must not start. */
  | {
      readonly ok: false;
      readonly code: "ledger.other_chain" | "ledger.other_wallet";
      readonly detail: string;
    };

type Deps = { readonly entries: Collection<LedgerDocument>; readonly networkId: string };
type Moment = { readonly at: number; readonly policy: number };

/**
 * Binds an unbound ledger with its first two network entries, or compares with what it is bound to: the wallet that the
 * ledger names last is the one to pay from.
 */
export const bindLedger = async (
  { entries, networkId }: Deps,
  { chainGenesisId, token, wallet }: Binding,
  moment: Moment,
): Promise<BindVerdict> => {
  const binding = bindingKey(networkId, chainGenesisId, token);
  if ((await claim(entries, 0, binding, moment)) !== binding) {
    const detail =
      `this ledger was made for another network, chain or token than chain ${chainGenesisId} with token ${token}: ` +
      "start with the settings it was made with, or with an empty data folder";
    return { ok: false, code: "ledger.other_chain", detail };
  }
  await claim(entries, 1, walletKey(wallet), moment);
  const where = { account: NETWORK_ACCOUNT };
  const [last] = await entries.find({ where, sort: [["seq", "desc"]], limit: 1 });
  if (last?.key !== walletKey(wallet)) {
    const named = last?.key.replace("wallet:", "");
    const detail =
      `this ledger pays from ${named}, not from ${wallet}: use that wallet's key, or, to pay from another one, ` +
      "start with the old key and say so first: lucid admin treasury rotate <address>";
    return { ok: false, code: "ledger.other_wallet", detail };
  }
  return { ok: true };
};

/** The key that stands at this place of the network's chain: ours when the place was free. */
const claim = async (
  entries: Collection<LedgerDocument>,
  seq: number,
  key: string,
  moment: Moment,
): Promise<string> => {
  const id = entryId(NETWORK_ACCOUNT, seq);
  const stored = await entries.get(id);
  if (stored !== null) return stored.key;
  await appendEntry(entries, {
    account: NETWORK_ACCOUNT,
    key,
    amountMicro: 0n,
    contra: [],
    seq,
    ...moment,
  });
  const claimed = await entries.get(id);
  if (claimed === null) throw new Fault("ledger.binding", `${id} could not be written`);
  return claimed.key;
};
