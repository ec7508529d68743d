import { parseArgs } from "node:util";
import { runCommand } from "../command.ts";
import { runBundle } from "./bundle.ts";
import { runKills } from "./kill.ts";

const usage = "usage: npm run faults -- kill [--times 100] | bundle  [--json]";

/** `npm run faults -- NAME`: exit code 0 when the promise held; with --json the report is the last line. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: "boolean", default: false },
      times: { type: "string", default: "100" },
    },
  });
  const tell = (line: string): void => console.error(line);
  const times = Number(values.times);
  const [name] = positionals;
  if ((name !== "kill" && name !== "bundle") || !Number.isSafeInteger(times) || times < 1) {
    console.error(usage);
    return 2;
  }
  const report = name === "kill" ? await runKills(times, tell) : await runBundle(tell);
  console.log(JSON.stringify(report, null, values.json ? 0 : 2));
  return report.ok ? 0 : 1;
}

await runCommand(usage, main);
