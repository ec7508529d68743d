import { availableParallelism } from "node:os";
import { slotStart } from "@lucid/protocol";
import { createFixture, revealsOf } from "../test/fixture.ts";
import { toBeaconRequest } from "./beacons.ts";
import { startChild } from "./child.ts";
import { openLoad } from "./load.ts";
import { median, withDatabase, withFolder } from "./measure.ts";

const connections = 100;
const nodes = 1000;
const rounds = 10;

/**
 * Beacons a second that one replica and two replicas on one MongoDB accept, rounds alternating. The ratio says something
 * only where replicas, server and load have cores of their own; `cores` says how many there were.
 */
export async function benchReplicas(): Promise<Record<string, number>> {
  const uri = process.env["MONGODB_URI"];
  if (uri === undefined) throw new Error("MONGODB_URI has to say where the replicas meet");
  const perSecond = await withDatabase(uri, (own) =>
    withFolder((directory) => measure(directory, own)),
  );
  return { ...perSecond, ratio: perSecond.two / perSecond.one, cores: availableParallelism() };
}

const measure = async (
  directory: string,
  uri: string,
): Promise<{ readonly one: number; readonly two: number }> => {
  const fixture = await createFixture({ directory, nodes, store: { engine: "mongodb", uri } });
  const { genesis } = fixture;
  const startMs = slotStart(genesis, genesis.first_slot);
  const args = [directory, `${startMs}`, uri];
  await using first = await startChild("service", args);
  await using second = await startChild("service", args);
  await using toOne = await openLoad(first.port, connections);
  await using toFirst = await openLoad(first.port, connections / 2);
  await using toSecond = await openLoad(second.port, connections / 2);
  const measured = { one: [] as number[], two: [] as number[] };
  for (const [round, row] of revealsOf(fixture, rounds).entries()) {
    const requests = row.map(toBeaconRequest);
    const half = requests.length / 2;
    const began = performance.now();
    const results =
      round % 2 === 0
        ? [await toOne.run(requests)]
        : await Promise.all([
            toFirst.run(requests.slice(0, half)),
            toSecond.run(requests.slice(half)),
          ]);
    const seconds = (performance.now() - began) / 1000;
    const accepted = results.reduce((sum, { statuses }) => sum + (statuses[200] ?? 0), 0);
    if (accepted !== requests.length)
      throw new Error(`not every beacon was accepted: ${JSON.stringify(results)}`);
    measured[round % 2 === 0 ? "one" : "two"].push(accepted / seconds);
    for (const replica of [first, second]) await replica.ask({ advance: genesis.slot_ms });
  }
  return { one: median(measured.one), two: median(measured.two) };
};
