// Compliance and races of every engine: SQLite, and the servers that MONGODB_URI and REDIS_URL point to; one line for each.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "ioredis";
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

const redis = async (url: string): Promise<Engine> => {
  const client = new Redis(url, { lazyConnect: true, retryStrategy: () => null });
  // The call only says that the connection is closed.
  let why: unknown;
  client.on("error", (error) => (why = error));
  await client.connect().catch((error: unknown) => {
    throw why ?? error;
  });
  const version = /^redis_version:(.*)$/m.exec(await client.info("server"))?.[1] ?? "unknown";
  client.disconnect();
  return { name: "Redis", version: version.trim(), tests: "packages/platform/src/cache/redis" };
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

/** A server that was asked for and is not there fails the run; the others are tried all the same. */
const unreachable =
  (name: string, setting: string) =>
  (error: unknown): void => {
    const why = error instanceof Error ? error.message : String(error);
    missing.push(
      `${name}: not tried, ${setting} leads to no server that lets us in (${why}): start it, or correct the setting`,
    );
    process.exitCode = 1;
  };

const servers = [
  { name: "MongoDB", setting: "MONGODB_URI", describe: mongodb },
  { name: "Redis", setting: "REDIS_URL", describe: redis },
];
const engines = [sqlite()];
const missing: string[] = [];
for (const { name, setting, describe } of servers) {
  const url = process.env[setting];
  if (url === undefined) missing.push(`${name}: not tried, ${setting} is not set`);
  else await describe(url).then((engine) => engines.push(engine), unreachable(name, setting));
}
for (const engine of engines) {
  const { numPassedTests, numTotalTests, ok } = run(engine);
  process.stdout.write(
    `${engine.name} ${engine.version}: ${numPassedTests} of ${numTotalTests} cases passed\n`,
  );
  if (!ok) process.exitCode = 1;
}
for (const line of missing) process.stdout.write(`${line}\n`);
