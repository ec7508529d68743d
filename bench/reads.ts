import { slotStart } from "@lucid/protocol";
import { createFixture, type Fixture, revealsOf } from "../test/fixture.ts";
import { startChild } from "./child.ts";
import { type Round, sendAll, toRequest } from "./load.ts";
import { day } from "./day.ts";
import { median, withFolder } from "./measure.ts";
import { insertResults } from "./results.ts";

const rounds = 21;
/** Of both reads together a minute allows 6 000 without a token. */
const perRound = 2500;
const nodes = 1000;

type Read = "empty" | "node" | "poot";

/**
 * Reads a second and their p99 with 100 connections, against an empty Fastify GET in the same rounds: one node of
 * 1 000, and its latest result with how it stands in the open epoch. Rounds alternate, medians count. `by_cpu` compares
 * the servers' processor time instead, for which neighbours on the machine do not count.
 */
export async function benchReads(): Promise<Record<string, number>> {
  return withFolder(async (directory) => {
    const fixture = await createFixture({ directory, nodes, genesis: day });
    await insertResults(fixture);
    const startMs = slotStart(fixture.genesis, fixture.genesis.first_slot);
    await using empty = await startChild("empty");
    await using service = await startChild("service", [directory, `${startMs}`]);
    await sendAll(service, beaconsOf(fixture));
    const runs: Record<Read, Round[]> = { empty: [], node: [], poot: [] };
    for (let round = 0; round < rounds; round++) {
      runs.empty.push(await sendAll(empty, repeat(["/empty"])));
      runs.node.push(await sendAll(service, repeat(pathsOf(fixture, "nodes"))));
      runs.poot.push(await sendAll(service, repeat(pathsOf(fixture, "poot"))));
      await service.ask({ advance: 60_000 });
    }
    return { ...figuresOf("empty", runs), ...figuresOf("node", runs), ...figuresOf("poot", runs) };
  });
}

const beaconsOf = (fixture: Fixture): Buffer[] =>
  (revealsOf(fixture, 1)[0] ?? []).map((body) =>
    toRequest("POST", "/api/v1/beacons", body.toString()),
  );

const pathsOf = ({ nodes: known }: Fixture, of: "nodes" | "poot"): string[] =>
  known.map(({ nodeId }) => `/api/v1/${of}/${nodeId}`);

const repeat = (paths: readonly string[]): Buffer[] =>
  Array.from({ length: perRound }, (_, i) => toRequest("GET", paths[i % paths.length] ?? "/"));

/** The first round warms up. */
function figuresOf(read: Read, runs: Record<Read, Round[]>): Record<string, number> {
  const counted = (of: Read): Round[] => runs[of].slice(1);
  const rate = (of: Read): number => median(counted(of).map(({ perSecond }) => perSecond));
  const cpuMs = (of: Read): number => counted(of).reduce((sum, round) => sum + round.cpuMs, 0);
  return {
    [`${read}_per_s`]: rate(read),
    [`${read}_p99_ms`]: median(counted(read).map(({ p99Ms }) => p99Ms)),
    ...(read !== "empty" && {
      [`${read}_vs_empty_fastify`]: rate(read) / rate("empty"),
      [`${read}_vs_empty_by_cpu`]: cpuMs("empty") / cpuMs(read),
    }),
  };
}
