import { signObject, slotStart } from "@lucid/protocol";
import { startChild } from "./child.ts";
import { createFixture, type Fixture, revealsOf } from "../test/fixture.ts";
import { type LoadResult, openLoad, toRequest } from "./load.ts";
import { median, withFolder } from "./measure.ts";

const connections = 100;
const slots = 15;

type Rate = { readonly perSecond: number; readonly p99Ms: number };

/**
 * Beacons a second, one per request and durable before the answer, against an empty Fastify endpoint with the same
 * schema and against the same service with one Ed25519 check per beacon. Rounds alternate, medians count.
 */
export async function benchBeacons(): Promise<Record<string, number>> {
  const small = await compare(1000, 15);
  const large = await compare(100_000, 3);
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

async function compare(nodes: number, rounds: number) {
  return withFolder(async (directory) => {
    const fixture = await createFixture({ directory: `${directory}/service`, nodes });
    const twin = await createFixture({
      directory: `${directory}/signed`,
      nodes: Math.min(nodes, 1000),
    });
    const startMs = slotStart(fixture.genesis, fixture.genesis.first_slot);
    const bodies = revealsOf(fixture, Math.min(rounds, slots));
    const signedBodies = withSignatures(twin, revealsOf(twin, Math.min(rounds, slots)));
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
      empty: toRate(results.empty),
      service: toRate(results.service),
      signed: toRate(results.signed),
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

/** The first round warms up where there are several. */
function toRate(results: readonly LoadResult[]): Rate {
  const counted = results.length > 2 ? results.slice(1) : results;
  return {
    perSecond: median(counted.map(({ perSecond }) => perSecond)),
    p99Ms: median(counted.map(({ p99Ms }) => p99Ms)),
  };
}
