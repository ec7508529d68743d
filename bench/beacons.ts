import { signObject, slotStart } from "@lucid/protocol";
import { startChild } from "./child.ts";
import { createFixture, type Fixture, revealsOf } from "../test/fixture.ts";
import { type LoadResult, openLoad, toRequest } from "./load.ts";
import { median, withFolder } from "./measure.ts";

const connections = 100;
/** One epoch has room for all rounds. */
const genesis = { slots_per_epoch: 30 };

/** Rounds of one beacon from every node: those that only warm up, and those that count. */
type Rounds = { readonly nodes: number; readonly warmUp: number; readonly counted: number };
type Rate = { readonly perSecond: number; readonly p99Ms: number };

/**
 * Beacons a second, one per request and durable before the answer, against an empty Fastify endpoint with the same
 * schema and against the same service with one Ed25519 check per beacon. Rounds alternate, medians count. What counts
 * is a service that has run for a while: V8 compiles the path until the 13th round of 1 000, and until the 11th SQLite's
 * write-ahead log grows, which is written over from then on.
 */
export async function benchBeacons(): Promise<Record<string, number>> {
  const small = await compare({ nodes: 1000, warmUp: 15, counted: 15 });
  const large = await compare({ nodes: 100_000, warmUp: 1, counted: 2 });
  return {
    beacons_per_s: small.service.perSecond,
    beacons_p99_ms: small.service.p99Ms,
    empty_fastify_per_s: small.empty.perSecond,
    ed25519_per_s: small.signed.perSecond,
    vs_empty_fastify: small.service.perSecond / small.empty.perSecond,
    vs_ed25519_per_beacon: small.service.perSecond / small.signed.perSecond,
    beacons_per_s_100k: large.service.perSecond,
    // Each against the empty endpoint of its own rounds, so that a machine that slows down does not count.
    flat_100k_over_1k:
      large.service.perSecond /
      large.empty.perSecond /
      (small.service.perSecond / small.empty.perSecond),
  };
}

async function compare({ nodes, warmUp, counted }: Rounds) {
  const rounds = warmUp + counted;
  return withFolder(async (directory) => {
    const fixture = await createFixture({ directory: `${directory}/service`, nodes, genesis });
    const twin = await createFixture({
      directory: `${directory}/signed`,
      nodes: Math.min(nodes, 1000),
      genesis,
    });
    const startMs = slotStart(fixture.genesis, fixture.genesis.first_slot);
    const bodies = revealsOf(fixture, rounds);
    const signedBodies = withSignatures(twin, revealsOf(twin, rounds));
    await using empty = await startChild("empty");
    await using service = await startChild("service", [fixture.directory, `${startMs}`]);
    await using signed = await startChild("signed", [twin.directory, `${startMs}`]);
    const results = {
      empty: [] as LoadResult[],
      service: [] as LoadResult[],
      signed: [] as LoadResult[],
    };
    for (const [round, row] of bodies.entries()) {
      const requests = row.map(toBeaconRequest);
      results.empty.push(await send(empty, requests));
      results.service.push(onlySuccess(await send(service, requests)));
      results.signed.push(
        onlySuccess(await send(signed, (signedBodies[round] ?? []).map(toBeaconRequest))),
      );
      await service.ask({ advance: fixture.genesis.slot_ms });
      await signed.ask({ advance: fixture.genesis.slot_ms });
    }
    return {
      empty: toRate(results.empty.slice(warmUp)),
      service: toRate(results.service.slice(warmUp)),
      signed: toRate(results.signed.slice(warmUp)),
    };
  });
}

/** On connections of its own: a service does not wait long for the first request of one. */
async function send({ port }: { port: number }, requests: readonly Buffer[]): Promise<LoadResult> {
  await using load = await openLoad(port, connections);
  return await load.run(requests);
}

export const toBeaconRequest = (body: Buffer): Buffer =>
  toRequest("POST", "/api/v1/beacons", body.toString());

function withSignatures({ networkId, nodes }: Fixture, rows: Buffer[][]): Buffer[][] {
  return rows.map((row) =>
    row.map((body, i) => {
      const beacon = JSON.parse(body.toString()) as object;
      const seed = nodes[i]?.seed ?? new Uint8Array(32);
      return Buffer.from(
        JSON.stringify({ ...beacon, signature: signObject("beacon", networkId, beacon, seed) }),
      );
    }),
  );
}

function onlySuccess(result: LoadResult): LoadResult {
  if (result.statuses[200] === result.requests) return result;
  throw new Error(`not every beacon was accepted: ${JSON.stringify(result.statuses)}`);
}

function toRate(results: readonly LoadResult[]): Rate {
  return {
    perSecond: median(results.map(({ perSecond }) => perSecond)),
    p99Ms: median(results.map(({ p99Ms }) => p99Ms)),
  };
}
