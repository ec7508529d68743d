import type { Command } from "@lucid/protocol";
import type { Page, PageRequest } from "../shared/page.ts";
import type { CommandDocument } from "./documents.ts";

export type Action = CommandDocument["action"];

export type WantedCommand = {
  readonly nodeId: string;
  readonly action: Action;
  /** For how long it may be run. */
  readonly expiresInMs: number;
};

/** What a node says became of a command. */
export type Report = { readonly id: string; readonly outcome: "done" | "skipped" };

export type QueueVerdict =
  | { readonly outcome: "queued" | "found"; readonly command: CommandDocument }
  | {
      readonly outcome: "refused";
      readonly code: "commands.no_key" | "nodes.unknown" | "nodes.not_active";
      readonly detail: string;
    };

/** What a node is given. */
export type GivenCommand = Command & { readonly action: Action };

/** What people ask of nodes: each is one signed document until the node says what became of it, or it expires. */
export type Commands = {
  /** Queues a command; one that is open and asks the same is found. */
  queue(wanted: WantedCommand): Promise<QueueVerdict>;
  /** Whether anything may wait for a node; from memory, for the path that every beacon takes. */
  readonly waitsFor: (nodeId: string) => boolean;
  /** Hands a node everything that waits for it, in order; until it reports, it is handed the same again. */
  deliver(nodeId: string): Promise<GivenCommand[]>;
  /** Takes a node's word about its commands; what is no command of its own, or settled, is left as it is. */
  report(nodeId: string, reports: readonly Report[]): Promise<void>;
  /** Newest first. */
  list(nodeId: string, request: PageRequest): Promise<Page<CommandDocument>>;
  /** What no node has run yet, whichever expires first. */
  listOpen(request: PageRequest): Promise<Page<CommandDocument>>;
  /** Takes what other replicas queued and settled into memory. */
  follow(): Promise<void>;
};
