import { webLink } from "../format/links.ts";
import type { Payout } from "../model/payout.ts";
import { Identifier } from "./identifier.tsx";

type Props = { readonly payout: Pick<Payout, "txid" | "explorer_url">; readonly whole?: boolean };

/** The transaction that pays a payout, with the way to it on the chain. */
export const Transaction = ({ payout: { txid, explorer_url }, whole = false }: Props) =>
  txid === null ? (
    <span className="note">not signed yet</span>
  ) : (
    <Identifier id={txid} what="transaction id" whole={whole} {...webLink(explorer_url)} />
  );
