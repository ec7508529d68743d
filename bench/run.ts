import { parseArgs } from "node:util";
import { runCommand } from "../test/command.ts";
import { benchAppend } from "./append.ts";
import { benchBacklog } from "./backlog.ts";
import { benchBeacons } from "./beacons.ts";
import { benchCompaction } from "./compaction.ts";
import { benchEngines } from "./engines.ts";
import { benchFollow } from "./follow.ts";
import { benchMemory } from "./memory.ts";
import { benchPayouts } from "./payouts.ts";
import { benchReads } from "./reads.ts";
import { benchReconcile } from "./reconcile.ts";
import { benchReplicas } from "./replicas.ts";
import { benchSealing } from "./sealing.ts";
import { benchSettlement } from "./settlement.ts";
import { benchStart } from "./start.ts";
import { benchVerify } from "./verify.ts";

const benches = {
  beacons: benchBeacons,
  reads: benchReads,
  sealing: benchSealing,
  engines: benchEngines,
  replicas: benchReplicas,
  settlement: benchSettlement,
  payouts: benchPayouts,
  reconcile: benchReconcile,
  memory: benchMemory,
  backlog: benchBacklog,
  start: benchStart,
  verify: benchVerify,
  append: benchAppend,
  compaction: benchCompaction,
  follow: benchFollow,
};

const usage = `usage: npm run bench -- ${Object.keys(benches).join("|")} [--json]`;

/** `npm run bench -- NAME`: figures as a table, or with --json one object as the last line. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: "boolean", default: false } },
  });
  const bench = Object.entries(benches).find(([name]) => name === positionals[0])?.[1];
  if (bench === undefined) {
    console.error(usage);
    return 2;
  }
  const figures = await bench();
  if (values.json) console.log(JSON.stringify(figures));
  else for (const line of toTable(figures)) console.log(line);
  return 0;
}

type Figures = { readonly [name: string]: number | Figures };

function* toTable(figures: Figures, prefix = ""): Generator<string> {
  for (const [name, figure] of Object.entries(figures)) {
    if (typeof figure === "object") yield* toTable(figure, `${prefix}${name} `);
    else
      yield `${(prefix + name).padEnd(28)}${figure.toLocaleString("en", { maximumFractionDigits: 2 }).padStart(14)}`;
  }
}

await runCommand(usage, main);
