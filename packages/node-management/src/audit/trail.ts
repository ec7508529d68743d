import type { Clock } from "@lucid/platform/clock";
import type { Collection } from "@lucid/platform/documents";
import { epochOf, firstSlotOf, slotAt, slotStart, toHex } from "@lucid/protocol";
import { Fault } from "../shared/fault.ts";
import type { Network } from "../shared/network.ts";
import { createRounds } from "../shared/rounds.ts";
import { insertOrFind } from "../shared/written.ts";
import type { AuditDocument } from "./documents.ts";
import { lineId, lineIds, noMoment } from "./rules.ts";

export type TrailDeps = {
  readonly lines: Collection<AuditDocument>;
  readonly network: Network;
  readonly clock: Pick<Clock, "now">;
  readonly randomBytes: (length: number) => Uint8Array;
};

/** What a line says, besides its place and moment. */
export type Entry = Omit<AuditDocument, "id" | "epoch" | "seq" | "nonce" | "at">;

/** The lines of an epoch as a chain of numbers that every replica writes at the end of. */
export type Trail = {
  /**
   * Writes a line at the first free number of the open epoch: the one that it is by the clock, or the next one whose
   * trail has not ended. Its moment is not before that of the line before it, nor before its epoch.
   */
  append(entry: Entry): Promise<AuditDocument>;
  /** Ends an epoch's trail, if nobody has, and tells how many lines it has: never one more from then on. */
  end(epoch: number): Promise<number>;
};

export const createTrail = ({ lines, network, clock, randomBytes }: TrailDeps): Trail => {
  const { genesis } = network;
  let latest: AuditDocument | null = null;
  let waiting: Waiting[] = [];

  const lastOf = async (epoch: number): Promise<AuditDocument | null> => {
    if (latest?.epoch === epoch) return latest;
    const where = { id: lineIds(epoch) };
    const [last = null] = await lines.find({ where, sort: [["id", "desc"]], limit: 1 });
    return last;
  };
  const toLine = (line: Omit<AuditDocument, "id" | "nonce">): AuditDocument => ({
    ...line,
    id: lineId(line.epoch, line.seq),
    nonce: toHex(randomBytes(8)),
  });
  /** The lines that would stand next in the open epoch. */
  const toLines = async (entries: readonly Waiting[]): Promise<AuditDocument[]> => {
    const now = clock.now();
    for (let epoch = epochOf(genesis, slotAt(genesis, now)); ; epoch += 1) {
      const last = await lastOf(epoch);
      if (last?.at === noMoment) continue;
      const at = Math.max(now, last?.at ?? slotStart(genesis, firstSlotOf(genesis, epoch)));
      const first = (last?.seq ?? -1) + 1;
      return entries.map(({ entry }, n) => toLine({ ...entry, epoch, seq: first + n, at }));
    }
  };
  /** How many of the lines have got their numbers, from the first on. */
  const write = async (wanted: readonly AuditDocument[]): Promise<number> => {
    const written = await lines.insertMany(wanted);
    let { inserted } = written;
    for (const { id, nonce } of wanted.slice(inserted)) {
      if ((await lines.get(id))?.nonce !== nonce) break;
      inserted += 1;
    }
    if (written.outcome === "unknown" && inserted === 0)
      throw new Fault("store.unknown", `the store did not say whether it took ${wanted[0]?.id}`);
    latest = inserted === wanted.length ? (wanted.at(-1) ?? null) : null;
    return inserted;
  };
  /** Whoever waits is written down in one go, behind whatever other replicas have written meanwhile. */
  const writeWaiting = createRounds(async () => {
    let rest = waiting;
    waiting = [];
    while (rest.length > 0) {
      const wanted = await toLines(rest);
      const count = await write(wanted);
      for (const [n, { resolve }] of rest.slice(0, count).entries())
        resolve(wanted[n] as AuditDocument);
      rest = rest.slice(count);
    }
  });

  return {
    append: async (entry) => {
      const { promise, resolve } = Promise.withResolvers<AuditDocument>();
      waiting.push({ entry, resolve });
      await writeWaiting();
      return promise;
    },
    end: async (epoch) => {
      for (;;) {
        latest = null;
        const last = await lastOf(epoch);
        if (last?.at === noMoment) return last.seq;
        await insertOrFind(lines, toLine({ ...theEnd, epoch, seq: (last?.seq ?? -1) + 1 }));
      }
    },
  };
};

type Waiting = { readonly entry: Entry; readonly resolve: (line: AuditDocument) => void };

/** Nobody did anything: it only takes the number. */
const theEnd = {
  at: noMoment,
  operation: "",
  subject: "",
  principal_kind: "",
  principal_id: "",
  roles: [],
  token_id: null,
  request_id: "",
  outcome: "end",
  request: null,
  before: null,
  after: null,
};
