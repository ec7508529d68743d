import type { Bitmap, MaintenanceBook, SlotSpan } from "@lucid/protocol";
import type { Reached } from "../shared/follow.ts";
import type { Page, PageRequest } from "../shared/page.ts";
import type { RecordSource } from "../shared/record-source.ts";
import type { MaintenanceDocument } from "./documents.ts";

export type MaintenanceState = "announced" | "sealed" | "under_way" | "over" | "void";

export type AnnounceVerdict =
  | { readonly outcome: "announced" | "found"; readonly maintenance: MaintenanceDocument }
  | {
      readonly outcome: "refused";
      readonly code:
        | "nodes.unknown"
        | "nodes.standing"
        | "maintenance.span"
        | "maintenance.late"
        | "maintenance.too_much";
      readonly detail: string;
    };

/** Slots in which nodes may be away: announced, told in a block before the first of them, and then excused. */
export type MaintenanceService = {
  /** Announces whole slots of a node; the same again finds the first. Refuses what would excuse nothing. */
  announce(nodeId: string, span: SlotSpan): Promise<AnnounceVerdict>;
  /** Newest first. */
  list(nodeId: string, request: PageRequest): Promise<Page<MaintenanceDocument>>;
  /** Whether a node is excused in a slot for that reason; from memory. */
  readonly isUnderWay: (nodeId: string, slot: number) => boolean;
  /** The slots of the open epoch or the one before; undefined for a node without any. From memory. */
  readonly slots: (nodeId: string, epoch: number) => Bitmap | undefined;
  /** Which slots the log excuses, by the blocks up to `sealedUpTo`, for settlements of `epoch`. */
  book(epoch: number, sealedUpTo: number): Promise<Pick<MaintenanceBook, "slots">>;
  /** Takes what other replicas announced into memory; `reached` was read before. */
  follow(reached: Reached): Promise<void>;
  /** What the log is told. */
  readonly source: RecordSource<"maintenance">;
};
