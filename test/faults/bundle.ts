import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const dist = fileURLToPath(new URL("../../dist", import.meta.url));

export type BundleReport = {
  readonly ok: boolean;
  readonly confirmed_payouts: number;
  readonly seconds: number;
  readonly problems: readonly string[];
};

type Summary = {
  readonly event: string;
  readonly confirmed_payouts: number;
  readonly ledger_ok: boolean;
  readonly seconds: number;
};

/** Copies the bundles to a folder without node_modules, walks the demo from there, and asks each program for help. */
export async function runBundle(tell: (line: string) => void): Promise<BundleReport> {
  const directory = mkdtempSync(join(tmpdir(), "lucid-bundle-"));
  try {
    cpSync(dist, join(directory, "programs"), { recursive: true });
    const start = (name: string, ...args: string[]) =>
      run(directory, join(directory, "programs", `${name}.mjs`), args);
    const problems: string[] = [];
    for (const name of ["lucid", "lucid-agent", "tron-devnet"]) {
      const { exitCode, output } = await start(name, "--help");
      if (exitCode !== 0) problems.push(`${name} --help ended with ${exitCode}: ${output}`);
    }
    tell("the programs start; now the demo");
    const demo = await start(
      "lucid",
      "demo",
      "--exit",
      "--json",
      "--data",
      join(directory, "demo"),
    );
    const summary = JSON.parse(demo.output.trim().split("\n").at(-1) ?? "{}") as Summary;
    if (demo.exitCode !== 0) problems.push(`the demo ended with ${demo.exitCode}`);
    if (summary.event !== "summary" || !summary.ledger_ok) problems.push(demo.output.slice(-2000));
    return {
      ok: problems.length === 0,
      confirmed_payouts: summary.confirmed_payouts,
      seconds: summary.seconds,
      problems,
    };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function run(
  cwd: string,
  script: string,
  args: readonly string[],
): Promise<{ exitCode: number; output: string }> {
  return new Promise((resolve) => {
    const options = { cwd, maxBuffer: 2 ** 26, env: { PATH: "/usr/bin:/bin" } };
    execFile(process.execPath, [script, ...args], options, (error, stdout, stderr) => {
      const exitCode = error === null ? 0 : typeof error.code === "number" ? error.code : 1;
      resolve({ exitCode, output: stdout === "" ? stderr : stdout });
    });
  });
}
