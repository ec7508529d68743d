import type { Clock } from "@lucid/platform/clock";
import type { Readiness } from "@lucid/platform/http";
import type { SourceStatus } from "./contract.ts";
import type { Follower } from "./follower.ts";

/** Why nothing may be appended right now. */
export type AppendProblem = {
  code: "log.unavailable" | "log.behind" | "log.forked";
  detail: string;
};

/**
 * What an appender's peers hold: followers of its log. Whoever was restored from an older copy would sign a second
 * history; a peer with a larger checkpoint says so, and what is missing is fetched from it before anything is appended.
 */
export type Peers = {
  /** Asks every peer, and fetches what one has beyond ours. */
  run(signal: AbortSignal): Promise<void>;
  /** Null when slots may be appended. */
  problem(): AppendProblem | null;
};

/**
 * How long appends wait for peers that do not answer. Not for ever: a follower that is down must not stop the log, and
 * every append is also held against the largest checkpoint that agents and node-management have seen.
 */
const WAIT_MS = 30_000;

export function createPeers({ follower, clock }: { follower: Follower; clock: Clock }): Peers {
  const beganMs = clock.monotonic();
  return {
    run: (signal) => follower.run(signal),
    problem: () => {
      const sources = follower.sources();
      const forked = sources.find(({ state }) => state === "forked");
      if (forked !== undefined) return { code: "log.forked", detail: describe(forked) };
      const unreached = follower.unreached();
      if (unreached !== null) {
        const detail = `A follower holds ${unreached} blocks, more than we, which could not be fetched yet`;
        return { code: "log.behind", detail };
      }
      const silent = sources.filter(({ state }) => state === "unknown" || state === "unreachable");
      if (silent.length === 0 || clock.monotonic() - beganMs >= WAIT_MS) return null;
      const names = silent.map(({ source }) => source).join(", ");
      return {
        code: "log.unavailable",
        detail: `Asking followers whether they hold more: ${names}`,
      };
    },
  };
}

/** Of an appender: it is ready while it may append; peers that are down are named. */
export function peersReadiness(peers: Peers, follower: Follower): Readiness {
  const problem = peers.problem();
  return { ok: problem === null, detail: problem?.detail ?? describeAll(follower.sources()) };
}

/** Of a follower: it is ready while one source is in order and none shows a second history. */
export function sourcesReadiness(follower: Follower): Readiness {
  const sources = follower.sources();
  const isForked = sources.some(({ state }) => state === "forked");
  const isKept = sources.some(({ state }) => state === "current" || state === "behind");
  return { ok: isKept && !isForked, detail: describeAll(sources) };
}

function describeAll(sources: readonly SourceStatus[]): string {
  return sources.length === 0 ? "none" : sources.map(describe).join("; ");
}

function describe({ source, state, code, detail, evidence }: SourceStatus): string {
  const why = code === null ? detail : `${code}: ${detail}`;
  return `${source} ${state} (${why}${evidence === null ? "" : `; see ${evidence}`})`;
}
