import { exitCode, Failure, outputOf, type Io } from "@lucid/agent";
import { Command, Option } from "commander";
import type { ChainOptions } from "../verify/index.ts";

type VerifyCommandOptions = ChainOptions & { readonly networkId?: string };

/** `lucid verify`: whether the published books follow from the published evidence. */
export const createVerifyCommand = (io: Io): Command =>
  new Command("verify")
    .description("recompute a network's books from its log, trusting nobody")
    .argument("<source>", "address or folder of a log")
    .option("--network-id <hex>", "the network that it must be, known from somewhere else")
    .option("--tron <endpoint...>", "look every payout up on the chain, at these nodes of TRON")
    .addOption(tronNetworkOption())
    .option("--tron-token <address>", "the token's contract on a local chain")
    .addHelpText("after", verdictHelp)
    .action(async (where: string, options: VerifyCommandOptions, command: Command) => {
      const { createProgress, createTransferCheck, judge, openChains, reportToText } =
        await import("../verify/index.ts");
      const output = outputOf(io, command);
      const monotonicMs = () => io.clock.monotonic();
      const progress = createProgress(output, monotonicMs);
      const chains = await openChains(options);
      const report = await judge(where, {
        ...networkIdOf(options),
        ...(chains.length > 0 && { tron: createTransferCheck(chains) }),
        monotonicMs,
        onProgress: (at) => {
          if (io.signal.aborted) throw interrupted();
          progress(at);
        },
      });
      output.result(report, () => reportToText(report, output.paint));
      if (!report.follows) throw mismatch();
    });

const tronNetworkOption = () =>
  new Option("--tron-network <name>", "the chain of these nodes")
    .choices(["mainnet", "nile", "local"])
    .default("mainnet");

const verdictHelp = `
Ends with 0 when everything that can be recomputed follows, 1 when something does not, 2 when the source cannot be read.`;

const networkIdOf = ({ networkId }: VerifyCommandOptions) => {
  if (networkId === undefined) return {};
  if (/^[0-9a-f]{64}$/.test(networkId)) return { networkId };
  throw new Failure("usage", `--network-id ${networkId} is not 64 digits of lower-case hex`, {
    fix: "Copy it from the network's backup sheet, or from whoever published it",
    exit: exitCode.usage,
  });
};

/** The report says it all: no error line after it. */
const mismatch = (): Failure =>
  new Failure("verify.mismatch", "the books do not follow from the evidence", {
    exit: exitCode.fault,
    told: true,
  });

const interrupted = (): Failure =>
  new Failure("interrupted", "stopped before everything was checked", {
    exit: exitCode.interrupted,
  });
