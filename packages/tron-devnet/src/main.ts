import { HELP, readArguments } from "./arguments.ts";
import { startDevnet } from "./devnet.ts";

/** A stop that takes longer is cut off: what was committed is on the disk. */
const STOP_MS = 15_000;
const parsed = readArguments(process.argv.slice(2));

if (parsed.kind === "help") {
  process.stdout.write(`${HELP}\n`);
} else if (parsed.kind === "wrong") {
  process.stderr.write(`tron-devnet: ${parsed.problem}\nSee --help.\n`);
  process.exitCode = 2;
} else {
  const { exitWithParent, kind: _, ...options } = parsed;
  const devnet = await startDevnet(options);
  const listening = {
    event: "listening",
    url: devnet.url,
    genesis_block_id: devnet.genesisBlockId,
    token: devnet.token,
  };
  process.stdout.write(`${JSON.stringify(listening)}\n`);

  let stopping = false;
  const stop = (): void => {
    if (stopping) process.exit(1);
    stopping = true;
    setTimeout(() => process.exit(1), STOP_MS).unref();
    void devnet[Symbol.asyncDispose]().then(() => process.exit(0));
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
  const withParent = (): void => {
    if (!stopping) stop();
  };
  if (exitWithParent) process.stdin.on("end", withParent).on("error", withParent).resume();
}
