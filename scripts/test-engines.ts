// Compliance and races of the document store on SQLite and on the server that MONGODB_URI points to; one line for each.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MongoClient } from "mongodb";

type Engine = { readonly name: string; readonly version: string; readonly tests: string };
type Report = { readonly numPassedTests: number; readonly numTotalTests: number };

const sqlite = (): Engine => ({
  name: "SQLite",
  version: String(new DatabaseSync(":memory:").prepare("SELECT sqlite_version() v").get()?.["v"]),
  tests: "packages/platform/src/documents/sqlite",
});

const mongodb = async (uri: string): Promise<Engine> => {
  const client = await MongoClient.connect(uri, { serverSelectionTimeoutMS: 5000 });
  const { version } = await client.db().admin().command({ buildInfo: 1 });
  await client.close();
  return {
    name: "MongoDB",
    version: String(version),
    tests: "packages/platform/src/documents/mongodb",
  };
};

const run = ({ tests }: Engine): Report & { readonly ok: boolean } => {
  const folder = mkdtempSync(join(tmpdir(), "lucid-engines-"));
  const file = join(folder, "report.json");
  const { status } = spawnSync(
    "vitest",
    ["run", tests, "--reporter=json", `--outputFile=${file}`],
    { stdio: ["ignore", "ignore", "inherit"] },
  );
  const report = JSON.parse(readFileSync(file, "utf8")) as Report;
  rmSync(folder, { recursive: true });
  return { ...report, ok: status === 0 };
};

const uri = process.env["MONGODB_URI"];
const engines = [sqlite(), ...(uri === undefined ? [] : [await mongodb(uri)])];
for (const engine of engines) {
  const { numPassedTests, numTotalTests, ok } = run(engine);
  process.stdout.write(
    `${engine.name} ${engine.version}: ${numPassedTests} of ${numTotalTests} cases passed\n`,
  );
  if (!ok) process.exitCode = 1;
}
if (uri === undefined) process.stdout.write("MongoDB: not tried, MONGODB_URI is not set\n");
