import { setTimeout as sleep } from "node:timers/promises";
import { signObject, slotStart } from "@lucid/protocol";
import { type Child, startChild } from "./child.ts";
import { createFixture, type Fixture, revealsOf } from "../test/fixture.ts";
import { type Round, sendAll, toRequest } from "./load.ts";
import { median, readCpuMs, withFolder } from "./measure.ts";

/** One epoch has room for all rounds. */
const genesis = { slots_per_epoch: 45 };
/** Beacons a round, each of another node; many nodes have several rounds in a slot. */
const perRound = 1000;
const rounds = { warmUp: 15, counted: 30 };

/** Of one server: beacons a second and their p99, and what each took of the processor. */
type Rate = { readonly perSecond: number; readonly p99Ms: number; readonly cpuMs: number };
type Server = "empty" | "service" | "signed";

/**
 * Beacons a second, one per request and durable before the answer, against an empty Fastify endpoint with the same
 * schema and against the same service with one Ed25519 check per beacon. Rounds alternate, medians count. What counts
 * is a service that has run for a while: V8 compiles the path until the 13th round of 1 000, and until the 11th SQLite's
 * write-ahead log grows, which is written over from then on. `by_cpu` compares the servers' processor time instead, for
 * which neighbours on the machine do not count, nor what the disk takes.
 */
export async function benchBeacons(): Promise<Record<string, number>> {
  const small = await compare(1000);
  const large = await compare(100_000);
  // Each against the empty endpoint of its own rounds, so that a machine that slows down does not count.
  const ratio = ({ service, empty }: Record<Server, Rate>) => service.perSecond / empty.perSecond;
  const byCpu = ({ service, empty }: Record<Server, Rate>) => empty.cpuMs / service.cpuMs;
  return {
    beacons_per_s: small.service.perSecond,
    beacons_p99_ms: small.service.p99Ms,
    empty_fastify_per_s: small.empty.perSecond,
    ed25519_per_s: small.signed.perSecond,
    vs_empty_fastify: ratio(small),
    vs_empty_by_cpu: byCpu(small),
    vs_ed25519_per_beacon: small.service.perSecond / small.signed.perSecond,
    vs_ed25519_by_cpu: small.signed.cpuMs / small.service.cpuMs,
    beacons_per_s_100k: large.service.perSecond,
    flat_100k_over_1k: ratio(large) / ratio(small),
    flat_by_cpu: byCpu(large) / byCpu(small),
  };
}

async function compare(nodes: number): Promise<Record<Server, Rate>> {
  return withFolder(async (directory) => {
    const fixture = await createFixture({ directory: `${directory}/service`, nodes, genesis });
    const twin = await createFixture({
      directory: `${directory}/signed`,
      nodes: perRound,
      genesis,
    });
    const total = rounds.warmUp + rounds.counted;
    const roundsPerSlot = nodes / perRound;
    const slots = Math.ceil(total / roundsPerSlot);
    const bodies = inRounds(revealsOf(fixture, slots));
    const signedBodies = withSignatures(twin, revealsOf(twin, total));
    const startMs = slotStart(fixture.genesis, fixture.genesis.first_slot);
    await using empty = await startChild("empty");
    await using service = await startChild("service", [fixture.directory, `${startMs}`]);
    await using signed = await startChild("signed", [twin.directory, `${startMs}`]);
    const results: Record<Server, Round[]> = { empty: [], service: [], signed: [] };
    for (let round = 0; round < total; round++) {
      const requests = (bodies[round] ?? []).map(toBeaconRequest);
      results.empty.push(await sendAll(empty, requests));
      results.service.push(await sendAll(service, requests));
      results.signed.push(await sendAll(signed, (signedBodies[round] ?? []).map(toBeaconRequest)));
      if ((round + 1) % roundsPerSlot === 0)
        await service.ask({ advance: fixture.genesis.slot_ms });
      await signed.ask({ advance: fixture.genesis.slot_ms });
      await Promise.all([service, signed].map(rests));
    }
    return {
      empty: toRate(results.empty),
      service: toRate(results.service),
      signed: toRate(results.signed),
    };
  });
}

/** The beacons of slot after slot, so many at a time. */
const inRounds = (slots: readonly Buffer[][]): Buffer[][] => {
  const all = slots.flat();
  return Array.from({ length: all.length / perRound }, (_, i) =>
    all.slice(i * perRound, (i + 1) * perRound),
  );
};

/** Until a server has sealed what it had to after a slot: its neighbours' next round would feel it. */
async function rests({ pid }: Pick<Child, "pid">): Promise<void> {
  for (let before = 0, now = readCpuMs(pid); now - before > 2;) {
    await sleep(30);
    before = now;
    now = readCpuMs(pid);
  }
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

function toRate(all: readonly Round[]): Rate {
  const results = all.slice(rounds.warmUp);
  return {
    perSecond: median(results.map(({ perSecond }) => perSecond)),
    p99Ms: median(results.map(({ p99Ms }) => p99Ms)),
    cpuMs: median(results.map(({ cpuMs }) => cpuMs)),
  };
}
