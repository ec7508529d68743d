import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { leanEnvironment } from "@lucid/platform/program";
import { addressOfKey, slotAt } from "@lucid/protocol";
import { type Devnet, startDevnet } from "@lucid/tron-devnet";
import { startServiceProcess } from "../packages/node-management/src/testing/process.ts";
import { createFixture, type Fixture, revealsOf } from "../test/fixture.ts";
import { day } from "./day.ts";
import { openLoad, toRequest } from "./load.ts";
import { bundler, median, readRssMib, withFolder } from "./measure.ts";

const rounds = 3;
const nodes = 10_000;

type Taken = { readonly rssMib: number; readonly perSecond: number };

/**
 * Resident memory in MiB of the bundled service, empty and after 10 000 nodes sent their beacons of a slot: with what
 * keeps it small and with Node's own settings; empty also with a chain to pay on. And what that costs in beacons a
 * second; rounds alternate, medians count.
 */
export async function benchMemory() {
  return withFolder(async (directory) => {
    execFileSync(process.execPath, [bundler, join(directory, "dist")], { stdio: "ignore" });
    const program = join(directory, "dist", "node-management.mjs");
    const take = (name: string, settings: Readonly<Record<string, string>>, count: number) =>
      measure(join(directory, name), { program, settings, nodes: count });
    const lean: Taken[] = [];
    const plain: Taken[] = [];
    for (let round = 0; round < rounds; round++) {
      lean.push(await take(`lean-${round}`, leanEnvironment, nodes));
      plain.push(await take(`plain-${round}`, {}, nodes));
    }
    await using chain = await startDevnet({ dir: join(directory, "chain") });
    const tron = { ...leanEnvironment, ...toSettings(chain, join(directory, "signer.sock")) };
    const rssOf = (taken: readonly Taken[]) => median(taken.map(({ rssMib }) => rssMib));
    const rateOf = (taken: readonly Taken[]) => median(taken.map(({ perSecond }) => perSecond));
    return {
      rss_mib: {
        idle: (await take("idle", leanEnvironment, 0)).rssMib,
        idle_tron: (await take("idle-tron", tron, 0)).rssMib,
        loaded: rssOf(lean),
        idle_plain: (await take("idle-plain", {}, 0)).rssMib,
        loaded_plain: rssOf(plain),
      },
      beacons_per_s: rateOf(lean),
      beacons_lean_over_plain: rateOf(lean) / rateOf(plain),
    };
  });
}

/** The chain is read all the time; the signer would only be asked for transfers. */
const toSettings = (chain: Devnet, socket: string): Readonly<Record<string, string>> => ({
  TRON_NETWORK: "local",
  TRON_TOKEN: chain.token,
  TRON_GENESIS_BLOCK: chain.genesisBlockId,
  TRON_ENDPOINTS: `${chain.nodeUrl("a")},${chain.nodeUrl("b")}`,
  NODE_ADDRESS: addressOfKey("11".repeat(32)),
  SIGNER_SOCKET: socket,
});

/** One of each node for the open slot; on a machine with much to do that is not the first one any more. */
const beaconsOfNow = (fixture: Fixture): readonly Buffer[] => {
  const { genesis, nodes: known } = fixture;
  const index = slotAt(genesis, Date.now()) - genesis.first_slot;
  return known.length === 0 ? [] : (revealsOf(fixture, index + 1)[index] ?? []);
};

type Trial = {
  readonly program: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly nodes: number;
};

async function measure(
  directory: string,
  { program, settings, nodes: count }: Trial,
): Promise<Taken> {
  // The fixture's first slot is that of epoch 1000: it begins now.
  const origin_ms = Date.now() - 1000 * day.slots_per_epoch * day.slot_ms;
  const fixture = await createFixture({ directory, nodes: count, genesis: { ...day, origin_ms } });
  const service = startServiceProcess(directory, settings, program);
  try {
    const { port } = new URL(await service.url);
    await using load = await openLoad(Number(port), 100);
    const row = beaconsOfNow(fixture);
    const requests = row.map((body) => toRequest("POST", "/api/v1/beacons", body.toString()));
    const { statuses, perSecond } = await load.run(requests);
    if (count > 0 && statuses[200] !== count)
      throw new Error(`not every beacon was accepted: ${JSON.stringify(statuses)}`);
    return { rssMib: readRssMib(service.pid), perSecond };
  } finally {
    service.signal("SIGKILL");
    await service.exit;
  }
}
