import type { SealedSlot } from "@lucid/api";
import type { SignedCheckpoint } from "@lucid/protocol";
import type { PublishedCheckpoint } from "../store/index.ts";

/** A block that stands in the log. */
export type AppendedBlock = {
  readonly height: number;
  readonly slot: number;
  readonly headerHash: string;
};

/** Why slots are refused; the codes of the API. */
export type AppendRefusalCode =
  | "blocks.body"
  | "blocks.header"
  | "blocks.conflict"
  | "blocks.order"
  | "log.seen"
  | "log.behind"
  | "log.forked"
  | "log.unavailable";

/** `slot` is the one at fault, `leaf` the index in its body; `expectedSlot` where to go on (`blocks.order`). */
export type AppendRefusal = {
  readonly ok: false;
  readonly code: AppendRefusalCode;
  readonly detail: string;
  readonly slot?: number;
  readonly leaf?: number;
  readonly expectedSlot?: number;
};

export type AppendVerdict =
  | {
      readonly ok: true;
      /** one for each slot that was sent, those found in the log included */
      readonly blocks: readonly AppendedBlock[];
      /** how many of them are new */
      readonly appended: number;
      readonly checkpoint: PublishedCheckpoint;
    }
  | AppendRefusal;

export type ValidateVerdict =
  | { readonly ok: true; readonly blocks: readonly AppendedBlock[] }
  | AppendRefusal;

/**
 * Turns sealed slots into blocks. Guarantees of `ok: true`:
 * - *decided*: each slot stands at the height that it has for ever, with exactly this content;
 * - *durable*: bodies, bundles and tiles, then the checkpoint over them, survive kill -9 and power loss;
 * - *published*: whoever reads the directory from now on finds them.
 * A refusal stores nothing, all slots or none. A fault (`DiskError`, `StoreError`) leaves open whether they stand:
 * send them again, which finds those that do.
 */
export type Appender = {
  /** Slots ascend without gaps; `seen` is the largest checkpoint that anybody is known to hold. Calls are queued. */
  append(
    slots: readonly SealedSlot[],
    options?: { seen?: SignedCheckpoint },
  ): Promise<AppendVerdict>;
  /** What `append` would answer now, without storing anything. */
  validate(
    slots: readonly SealedSlot[],
    options?: { seen?: SignedCheckpoint },
  ): Promise<ValidateVerdict>;
};

/**
 * The seed of a public key (hex), null when we do not hold it. Asked for every batch, so that a key file that was
 * replaced counts at once.
 */
export type SeedOf = (publicKey: string) => Promise<Uint8Array | null>;

/** What happened; for metrics and logs. */
export type AppendEvent =
  | {
      type: "appended";
      /** new blocks, their leaves and the bytes of their bodies */
      blocks: number;
      found: number;
      leaves: number;
      bodyBytes: number;
      size: number;
      durationMs: number;
    }
  | { type: "refused"; refusal: AppendRefusal }
  | { type: "failed"; error: unknown };
