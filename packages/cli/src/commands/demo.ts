import { resolve } from "node:path";
import { exitCode, Failure, outputOf, type Io } from "@lucid/agent";
import { Command } from "commander";
import { wholeNumberFrom } from "../lists/index.ts";
import { createStage, runDemo } from "../demo/index.ts";

type DemoCommandOptions = {
  readonly data: string;
  readonly port: number;
  readonly exit?: boolean;
  readonly timeout: number;
};

/** `lucid demo` */
export const createDemoCommand = (io: Io): Command =>
  new Command("demo")
    .description("a whole network on this machine, from keys to confirmed payouts on a local chain")
    .option("--data <dir>", "where everything is kept; a second start continues", "./data/demo")
    .option(
      "--port <port>",
      "preferred port of service and console; the next free one is taken",
      wholeNumberFrom(1, 65_000),
      8095,
    )
    .option(
      "--timeout <seconds>",
      "give up when three payouts take longer",
      wholeNumberFrom(1, 86_400),
      300,
    )
    .option("--exit", "end after the summary instead of waiting for Ctrl-C")
    .action(async (options: DemoCommandOptions, command: Command) => {
      const output = outputOf(io, command);
      const stage = createStage(io, output, () => io.columns());
      const code = await runDemo(io, stage, {
        data: resolve(options.data),
        port: options.port,
        exit: options.exit === true,
        timeoutMs: 1000 * options.timeout,
      });
      if (code !== exitCode.ok)
        throw new Failure("demo.ledger", "the books are not as they should be", {
          fix: "The summary above says what is wrong; keep the folder, and report it",
          exit: code,
        });
    });
