import type { Clock } from "@lucid/platform/clock";
import type { Collection } from "@lucid/platform/documents";
import { epochOf, firstSlotOf, slotAt, slotStart, toHex } from "@lucid/protocol";
import type { Network } from "../shared/network.ts";
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
  /** Lines of one process wait for each other, so that they do not race for a number. */
  let queue: Promise<unknown> = Promise.resolve();

  const lastOf = async (epoch: number): Promise<AuditDocument | null> => {
    if (latest?.epoch === epoch) return latest;
    const where = { id: lineIds(epoch) };
    const [last = null] = await lines.find({ where, sort: [["id", "desc"]], limit: 1 });
    return last;
  };
  /** Puts a line at a number; false when the number was taken, by whatever it was. */
  const put = async (line: Omit<AuditDocument, "id" | "nonce">): Promise<AuditDocument | null> => {
    const nonce = toHex(randomBytes(8));
    const id = lineId(line.epoch, line.seq);
    const { stored } = await insertOrFind(lines, { ...line, id, nonce });
    const isOurs = stored.nonce === nonce;
    latest = isOurs ? stored : null;
    return isOurs ? stored : null;
  };

  const appendNow = async (entry: Entry): Promise<AuditDocument> => {
    const now = clock.now();
    for (let epoch = epochOf(genesis, slotAt(genesis, now)); ;) {
      const last = await lastOf(epoch);
      if (last?.at === noMoment) {
        epoch += 1;
        continue;
      }
      const at = Math.max(now, last?.at ?? slotStart(genesis, firstSlotOf(genesis, epoch)));
      const line = await put({ ...entry, epoch, seq: (last?.seq ?? -1) + 1, at });
      if (line !== null) return line;
    }
  };

  return {
    append: (entry) => {
      const appended = queue.then(() => appendNow(entry));
      queue = appended.catch(() => null); // whoever asked for it hears of it
      return appended;
    },
    end: async (epoch) => {
      for (;;) {
        const last = await lastOf(epoch);
        if (last?.at === noMoment) return last.seq;
        const seq = (last?.seq ?? -1) + 1;
        if ((await put({ ...theEnd, epoch, seq })) !== null) return seq;
      }
    },
  };
};

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
