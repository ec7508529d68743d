import { parseArgs } from "node:util";
import { runCommand } from "../command.ts";
import { runBundle } from "./bundle.ts";
import { fuzzAll } from "../fuzz/run.ts";
import { runKills } from "./kill.ts";
import { runStarve } from "./starve.ts";
import { type Engine, parseSchedule, provePayouts, replaySchedule } from "./payouts/index.ts";

const usage =
  "usage: npm run faults -- kill [--times 100] | bundle | crowd [--agents 1000] | fuzz [--runs 500] [--seed N] | payouts [--schedules 4000] [--seed 1] [--schedule ID] [--engine sqlite|mongodb]  [--json]";

/** `npm run faults -- NAME`: exit code 0 when the promise held; with --json the report is the last line. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: "boolean", default: false },
      times: { type: "string", default: "100" },
      runs: { type: "string", default: "500" },
      agents: { type: "string", default: "1000" },
      schedules: { type: "string", default: "4000" },
      seed: { type: "string", default: "1" },
      schedule: { type: "string" },
      engine: { type: "string", default: "sqlite" },
    },
  });
  const tell = (line: string): void => console.error(line);
  const times = Number(values.times);
  const [name] = positionals;
  if (name === "payouts") return provePayoutsBy(values, tell);
  const agents = Number(values.agents);
  const each = { runs: Number(values.runs), seed: Number(values.seed) };
  const runs: Record<string, () => Promise<{ readonly ok: boolean }>> = {
    fuzz: () => fuzzAll(each, tell),
    kill: () => runKills(times, tell),
    bundle: () => runBundle(tell),
    crowd: () => runStarve(agents, tell),
  };
  const run = Object.hasOwn(runs, name ?? "") ? runs[name ?? ""] : undefined;
  if (
    run === undefined ||
    ![times, agents, each.runs, each.seed].every((n) => Number.isSafeInteger(n) && n > 0)
  ) {
    console.error(usage);
    return 2;
  }
  const report = await run();
  console.log(JSON.stringify(report, null, values.json ? 0 : 2));
  return report.ok ? 0 : 1;
}

type Values = {
  schedules: string;
  seed: string;
  schedule?: string | undefined;
  engine: string;
  json: boolean;
};

/** Null for another engine, and for MongoDB without a server. */
const readEngine = (name: string): Engine | null => {
  if (name === "sqlite") return name;
  const mongodb = process.env["MONGODB_URI"];
  return name === "mongodb" && mongodb !== undefined ? { mongodb } : null;
};

async function provePayoutsBy(values: Values, tell: (line: string) => void): Promise<number> {
  const [schedules, seed] = [Number(values.schedules), Number(values.seed)];
  const again = values.schedule === undefined ? undefined : parseSchedule(values.schedule);
  const isCount = Number.isSafeInteger(schedules) && schedules > 0 && Number.isSafeInteger(seed);
  const engine = readEngine(values.engine);
  if (!isCount || again === null || engine === null) {
    console.error(`${usage}\n--engine mongodb needs MONGODB_URI`);
    return 2;
  }
  if (again !== undefined) {
    const outcomes = await replaySchedule(again, engine);
    console.log(JSON.stringify(outcomes, null, values.json ? 0 : 2));
    return outcomes.some(({ findings }) => findings.length > 0) ? 1 : 0;
  }
  const report = await provePayouts({ schedules, seed, engine, tell });
  console.log(JSON.stringify(report, null, values.json ? 0 : 2));
  const { paid_twice, lost, stuck_without_a_name, ledger_broken } = report;
  return paid_twice + lost + stuck_without_a_name + ledger_broken === 0 ? 0 : 1;
}

await runCommand(usage, main);
