import { exitCode, Failure, outputOf, type ExitCode, type Io } from "@lucid/agent";
import { createLog } from "@lucid/platform/log";
import { Command } from "commander";
import { wholeNumber } from "./whole-number.ts";

type SignerOptions = { readonly data?: string; readonly set?: readonly string[] };

const withSettings = (command: Command): Command =>
  command
    .option("--data <dir>", "the signer's own folder (default: ./signer)")
    .option("--set <NAME=value...>", "settings for this run, above environment and signer.yaml");

/** `lucid signer`: the only process that can read the wallet's key; signs what the public log decided. */
export const createSignerCommand = (io: Io): Command =>
  withSettings(new Command("signer"))
    .description("sign payouts for node-management, which then cannot read the wallet's key")
    .action(async (options: SignerOptions, command: Command) => {
      const output = outputOf(io, command);
      const { startSigner } = await import("@lucid/tron/signer");
      const config = await readConfig(io, options);
      const destination = { write: (line: string) => void io.stdout.write(line) };
      const log = createLog({
        level: config.LOG_LEVEL,
        name: "signer",
        pretty: !output.json,
        destination,
      });
      await using signer = await startSigner(config, { clock: io.clock, log }).catch(refuseToStart);
      const { address, socket } = signer;
      output.event(
        "listening",
        { address, socket },
        `signs for ${address} on ${socket}\nCtrl-C stops it.`,
      );
      await aborted(io.signal);
      output.event("stopping", {}, "stopping …");
    })
    .addCommand(createInitCommand(io))
    .addCommand(createLowerCommand(io))
    .addCommand(createAcceptCommand(io))
    .addCommand(createStatusCommand(io));

const createInitCommand = (io: Io): Command =>
  withSettings(new Command("init"))
    .description("make the journal of a wallet; without one nothing is signed")
    .option(
      "--since <moment>",
      "nobody else signed for payouts decided since then, like 2026-01-31T12:00:00Z (default: now)",
    )
    .action(async (options: SignerOptions & { readonly since?: string }, command: Command) => {
      const { initSigner, parseMoment } = await import("@lucid/tron/signer");
      const settings = { ...command.parent?.opts<SignerOptions>(), ...options };
      const config = await readConfig(io, settings);
      const journal = await attempt(() =>
        initSigner(
          config,
          { clock: io.clock },
          options.since === undefined ? undefined : parseMoment(options.since),
        ),
      );
      outputOf(io, command).result(
        { event: "journal", journal },
        () => `made ${journal}: keep it as you keep the key`,
      );
    });

const createLowerCommand = (io: Io): Command =>
  withSettings(new Command("lower"))
    .description(
      "after the payer's store was put back: let its fencing tokens count again; stop the signer first",
    )
    .argument("<token>", "tokens from this one on count", wholeNumber)
    .argument("<reason>", "a sentence for the journal")
    .action(async (fence: number, reason: string, options: SignerOptions, command: Command) => {
      const { lowerFence } = await import("@lucid/tron/signer");
      const config = await readConfig(io, { ...command.parent?.opts<SignerOptions>(), ...options });
      await attempt(() => lowerFence(config, { clock: io.clock }, { fence, reason }));
      outputOf(io, command).result(
        { event: "lowered", fence, reason },
        () => `tokens from ${fence} on count`,
      );
    });

type AcceptOptions = SignerOptions & { readonly transfer?: string; readonly payout?: string };

const createAcceptCommand = (io: Io): Command =>
  withSettings(new Command("accept"))
    .description(
      "go on with an earlier copy of the journal, or take a Transfer for known that is not in it; stop the signer first",
    )
    .argument("<reason>", "a sentence for the journal")
    .option("--transfer <txid>", "the Transfer out of the wallet that is known")
    .option("--payout <id>", "the payout that it paid, which is then never signed again")
    .action(async (reason: string, options: AcceptOptions, command: Command) => {
      const { acceptOlderJournal, acceptTransfer } = await import("@lucid/tron/signer");
      const config = await readConfig(io, { ...command.parent?.opts<SignerOptions>(), ...options });
      const { transfer: txid, payout: payoutId } = options;
      if (txid === undefined && payoutId !== undefined)
        throw new Failure("usage", "--payout goes with --transfer", {
          fix: "Name the transaction that paid it: --transfer <txid>",
          exit: exitCode.usage,
        });
      await attempt(() =>
        txid === undefined
          ? acceptOlderJournal(config, io, reason)
          : acceptTransfer(config, io, { txid, payoutId, reason }),
      );
      outputOf(io, command).result({ event: "accepted", txid, payout_id: payoutId, reason }, () =>
        txid === undefined
          ? "the journal counts as it is; nothing new is signed until what it may lack is dead"
          : `${txid} is known`,
      );
    });

const createStatusCommand = (io: Io): Command =>
  withSettings(new Command("status"))
    .description("what the running signer says: wallet, caps used, journal, log")
    .action(async (options: SignerOptions, command: Command) => {
      const { socketPath } = await import("@lucid/tron/signer");
      const { readSignerStatus } = await import("@lucid/tron");
      const settings = { ...command.parent?.opts<SignerOptions>(), ...options };
      const config = await readConfig(io, settings);
      const status = await attempt(() => readSignerStatus({ socketPath: socketPath(config) }));
      outputOf(io, command).result({ event: "signer", ...status }, () =>
        JSON.stringify(status, null, 2),
      );
    });

const readConfig = async (io: Io, { data, set = [] }: SignerOptions) => {
  const { readSettings } = await import("@lucid/tron/signer");
  const flags = {
    ...Object.fromEntries(set.map(toPair)),
    ...(data !== undefined && { SIGNER_DATA_PATH: data }),
  };
  return attempt(() => readSettings({ flags, env: io.env }));
};

const toPair = (text: string): [string, string] => {
  const at = text.indexOf("=");
  if (at > 0) return [text.slice(0, at), text.slice(at + 1)];
  throw new Failure("usage", `--set ${text} is not NAME=value`, {
    fix: "Write it like --set SIGNER_DAY_COUNT=50",
    exit: exitCode.usage,
  });
};

const attempt = async <T>(act: () => T | Promise<T>): Promise<T> => {
  try {
    return await act();
  } catch (error) {
    return refuseToStart(error);
  }
};

const refuseToStart = async (error: unknown): Promise<never> => {
  const { exitCodeOf } = await import("@lucid/tron/signer");
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && "code" in error ? String(error.code) : "program.fault";
  throw new Failure(code, message, { exit: exitCodeOf(error) as ExitCode, cause: error });
};

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
