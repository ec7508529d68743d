import { concat, encodeText, sha256, toHex, utf8 } from "@lucid/protocol";

/** What a journal is for; a signer with other settings refuses it. */
export type Binding = {
  readonly network_id: string;
  /** Genesis block id of the chain. */
  readonly chain: string;
  readonly token: string;
  readonly wallet: string;
};

/** The first line. Debits decided before `since_ms` are not this signer's to pay: somebody else may have signed for them. */
export type OpenedLine = Binding & { readonly since_ms: number; readonly at_ms: number };

/** A signature that was, or is about to be, given away. */
export type SignedLine = {
  readonly payout_id: string;
  readonly attempt: number;
  readonly txid: string;
  readonly account: string;
  readonly seq: number;
  readonly entry_hash: string;
  readonly recipient: string;
  readonly net_micro: string;
  readonly fence: number;
  readonly at_ms: number;
  readonly expiration_ms: number;
  readonly ref_block_number: number;
  readonly ref_block_id: string;
};

/** Two endpoints proved that an attempt never got into the chain, and never can. */
export type ExpiredLine = Pick<SignedLine, "payout_id" | "attempt" | "at_ms"> & {
  /** The first solidified block later than its expiration. */
  readonly last_block: number;
};

/** A higher fencing token came with a repeated request. */
export type FenceLine = Pick<SignedLine, "fence" | "at_ms">;

/** A person lets the payer's tokens count from here on: its leases began anew. */
export type LoweredLine = FenceLine & { readonly reason: string };

/** The chain showed no Transfer out of the wallet below this block that is not here. */
export type ComparedLine = { readonly block: number; readonly at_ms: number };

/** A person says that a Transfer which is not here is known, and which payout it paid, if any. */
export type ForeignLine = {
  readonly txid: string;
  readonly payout_id?: string;
  readonly reason: string;
  readonly at_ms: number;
};

/** A person goes on with a copy that lacks lines: the newest one is lost. */
export type AcceptedLine = { readonly reason: string; readonly at_ms: number };

export type Lines = {
  readonly opened: OpenedLine;
  readonly signed: SignedLine;
  readonly expired: ExpiredLine;
  readonly fence: FenceLine;
  readonly lowered: LoweredLine;
  readonly compared: ComparedLine;
  readonly foreign: ForeignLine;
  readonly accepted: AcceptedLine;
};

export const NO_LINE_HASH = "00".repeat(32);

export const lineText = (line: Lines[keyof Lines]): string => encodeText(line);

/** `SHA-256("lucid/signer-journal/v1\n" ‖ hash of the line before ‖ kind ‖ "\n" ‖ text)`, hex. */
export const lineHash = (before: string, kind: string, text: string): string =>
  toHex(sha256(concat(utf8("lucid/signer-journal/v1\n"), utf8(`${before}${kind}\n${text}`))));
