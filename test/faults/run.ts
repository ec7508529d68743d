import { parseArgs } from "node:util";
import { runCommand, toWholeNumber, wrongOption } from "../command.ts";
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
  const times = toWholeNumber("times", values.times);
  const [name] = positionals;
  if (name === "payouts") return provePayoutsBy(values, tell);
  const agents = toWholeNumber("agents", values.agents);
  const each = {
    runs: toWholeNumber("runs", values.runs),
    seed: toWholeNumber("seed", values.seed),
  };
  const runs: Record<string, () => Promise<{ readonly ok: boolean }>> = {
    fuzz: () => fuzzAll(each, tell),
    kill: () => runKills(times, tell),
    bundle: () => runBundle(tell),
    crowd: () => runStarve(agents, tell),
  };
  const run = Object.hasOwn(runs, name ?? "") ? runs[name ?? ""] : undefined;
  if (run === undefined) throw wrongOption(`There is no fault run "${name ?? ""}".`);
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

const readEngine = (name: string): Engine => {
  if (name === "sqlite") return name;
  if (name !== "mongodb") throw wrongOption(`--engine is sqlite or mongodb, not "${name}"`);
  const mongodb = process.env["MONGODB_URI"];
  if (mongodb === undefined) throw wrongOption("--engine mongodb needs MONGODB_URI");
  return { mongodb };
};

async function provePayoutsBy(values: Values, tell: (line: string) => void): Promise<number> {
  const schedules = toWholeNumber("schedules", values.schedules);
  const seed = toWholeNumber("seed", values.seed, 0);
  const again = values.schedule === undefined ? undefined : parseSchedule(values.schedule);
  if (again === null) throw wrongOption(`--schedule names no schedule: "${values.schedule}"`);
  const engine = readEngine(values.engine);
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
