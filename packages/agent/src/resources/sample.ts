import type { RequestOf, Routes } from "@lucid/api";
import type { Machine, Space, Traffic } from "./machine.ts";

/** One look at a machine, in the API's shape: what could not be read is absent, and `unknown` says why. */
export type Sample = RequestOf<Routes["sendResources"]>["body"]["samples"][number];

/** Traffic as it was counted at a moment, ms of a clock that only goes forward. */
export type Counted = Traffic & { readonly atMs: number };

type Metric = "cpu" | "memory" | "disk" | "network";
type Unknown = { readonly metric: Metric; readonly reason: string };

/**
 * Takes one sample.
 * @param before traffic at the sample before, from which rates are made; null for the first
 */
export const takeSample = async (
  machine: Machine,
  moment: { readonly at: string; readonly atMs: number },
  before: Counted | null,
): Promise<{ sample: Sample; counted: Counted | null }> => {
  const unknown: Unknown[] = [];
  const read = async <T>(metric: Metric, question: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await question();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const told = reason.replaceAll("\0", "").slice(0, 200).toWellFormed();
      unknown.push({ metric, reason: told || "it could not be read" });
      return undefined;
    }
  };
  const cpu_bp = await read("cpu", async () => toBasisPoints(await machine.cpuPercent()));
  const memory = await read("memory", async () => toUse(await machine.memory()));
  const disk = await read("disk", async () => toUse(await machine.disk()));
  const counted = await read("network", async () => ({
    ...toCounts(await machine.traffic()),
    atMs: moment.atMs,
  }));
  const network = counted && (await read("network", async () => ratesBetween(before, counted)));
  return {
    sample: {
      at: moment.at,
      ...(cpu_bp !== undefined && { cpu_bp }),
      ...(memory !== undefined && { memory }),
      ...(disk !== undefined && { disk }),
      ...(network !== undefined && { network }),
      ...(unknown.length > 0 && { unknown }),
    },
    counted: counted ?? null,
  };
};

/** Percent, 0 to 100, as basis points. */
const toBasisPoints = (percent: number): number => {
  if (!Number.isFinite(percent) || percent < 0) throw new Error(`the system says ${percent} %`);
  return Math.min(10_000, Math.round(percent * 100));
};

const toUse = ({ total, available }: Space) => {
  const isSense = Number.isFinite(total) && total > 0 && available >= 0 && available <= total;
  if (!isSense) throw new Error(`the system says ${available} of ${total} bytes are free`);
  return { used_bytes: Math.round(total - available), total_bytes: Math.round(total) };
};

/** Where there is no shell, the library has no counts and says null. */
const toCounts = (traffic: Traffic): Traffic => {
  const counts = [traffic.receivedBytes, traffic.sentBytes];
  if (counts.every((count) => Number.isSafeInteger(count) && count >= 0)) return traffic;
  throw new Error(`the system does not say how much passed ${traffic.name}`);
};

/** Bits per second from two counts of bytes. */
const ratesBetween = (before: Counted | null, now: Counted) => {
  if (before === null) throw new Error("a rate needs two counts; this is the first");
  if (before.name !== now.name)
    throw new Error(`the main interface is ${now.name} and was ${before.name}`);
  const seconds = (now.atMs - before.atMs) / 1000;
  const received = now.receivedBytes - before.receivedBytes;
  const sent = now.sentBytes - before.sentBytes;
  if (!(seconds > 0 && received >= 0 && sent >= 0))
    throw new Error("the counters of the interface began anew");
  return {
    received_bps: Math.round((received * 8) / seconds),
    sent_bps: Math.round((sent * 8) / seconds),
  };
};
