import { Link } from "wouter";
import { leafAddress } from "../format/leaf-links.ts";

type Props = {
  /** Where it stands in the log, as the service says; null while it is not sealed. */
  readonly sealed: { readonly height: number } | null;
  /** What the leaf is called. */
  readonly name: string;
  /** Of the ledger entry that must stand there. */
  readonly hash?: string;
};

/** Leads to the leaf that proves something. */
export const SealedLink = ({ sealed, name, hash }: Props) =>
  sealed === null ? (
    <span className="note">not sealed yet</span>
  ) : (
    <Link href={leafAddress(sealed.height, name, hash)}>block {sealed.height}</Link>
  );
