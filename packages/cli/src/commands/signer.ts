import { exitCode, Failure, outputOf, type Io } from "@lucid/agent";
import { createLog } from "@lucid/platform/log";
import type { SignerStatus } from "@lucid/tron";
import { Command } from "commander";
import { wholeNumberFrom } from "../lists/index.ts";
import { refusalOf } from "../programs/index.ts";
import { readPairs } from "./service-options.ts";

type SignerOptions = { readonly data?: string; readonly set?: readonly string[] };

const withSettings = (command: Command): Command =>
  command
    .option("--data <dir>", "the signer's own folder (default: ./signer)")
    .option("--set <NAME=value...>", "settings for this run, above environment and signer.yaml");

/** `lucid signer`: the only process that can read the wallet's key; signs what the public log decided. */
export const createSignerCommand = (io: Io): Command =>
  withSettings(new Command("signer"))
    .description("sign payouts for node-management, which then cannot read the wallet's key")
    .action(async (_options: SignerOptions, command: Command) => {
      const output = outputOf(io, command);
      const { startSigner } = await import("@lucid/tron/signer");
      const config = await readConfig(io, command);
      const destination = { write: (line: string) => void io.stdout.write(line) };
      const log = createLog({
        level: config.LOG_LEVEL,
        name: "signer",
        pretty: !output.json,
        destination,
      });
      await using signer = await attempt(() => startSigner(config, { clock: io.clock, log }));
      const { address, socket } = signer;
      output.event(
        "listening",
        { address, socket },
        `signs for ${address} on ${socket}\nCtrl-C stops it.`,
      );
      await io.clock.sleep(Number.POSITIVE_INFINITY, io.signal);
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
      const config = await readConfig(io, command);
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
    .argument("<token>", "tokens from this one on count", wholeNumberFrom(0))
    .argument("<reason>", "a sentence for the journal")
    .action(async (fence: number, reason: string, _options: SignerOptions, command: Command) => {
      const { lowerFence } = await import("@lucid/tron/signer");
      const config = await readConfig(io, command);
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
      const config = await readConfig(io, command);
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
    .action(async (_options: SignerOptions, command: Command) => {
      const { socketPath } = await import("@lucid/tron/signer");
      const { readSignerStatus } = await import("@lucid/tron");
      const config = await readConfig(io, command);
      const answer = await attempt(() => readSignerStatus({ socketPath: socketPath(config) }));
      const status = answer as SignerStatus;
      outputOf(io, command).result({ event: "signer", ...status }, () => describeStatus(status));
    });

const describeStatus = ({ address, network, network_id, ...status }: SignerStatus): string => {
  const { journal, log, caps, delay_slots, endpoints } = status;
  const read = log.size === null ? "not read yet" : `${log.size} blocks read, to slot ${log.slot}`;
  return [
    `wallet   ${address} on ${network}, ${endpoints} endpoints`,
    `network  ${network_id}`,
    `log      ${log.problem === null ? read : `cannot be read: ${log.problem}`}; a debit is signed for after ${delay_slots} slots`,
    `journal  ${journal.signed} signed since ${journal.since}, ${journal.lines} lines; tokens from ${journal.fence} on count`,
    `payout   ${caps.payout_usdt} USDT at most`,
    `hour     ${caps.hour.used_usdt} of ${caps.hour.cap_usdt} USDT`,
    `day      ${caps.day.used_usdt} of ${caps.day.cap_usdt} USDT, ${caps.day_count.used} of ${caps.day_count.cap} payouts`,
  ].join("\n");
};

/** Options may stand before or after the name of what the signer is asked to do. */
const readConfig = async (io: Io, command: Command) => {
  const { readSettings } = await import("@lucid/tron/signer");
  const { data, set }: SignerOptions = { ...command.parent?.opts(), ...command.opts() };
  const flags = {
    ...Object.fromEntries(readPairs(set, "SIGNER_DAY_COUNT=50")),
    ...(data !== undefined && { SIGNER_DATA_PATH: data }),
  };
  return attempt(() => readSettings({ flags, env: io.env }));
};

const attempt = async <T>(act: () => T | Promise<T>): Promise<T> => {
  try {
    return await act();
  } catch (error) {
    const { exitCodeOf } = await import("@lucid/tron/signer");
    throw refusalOf(error, exitCodeOf);
  }
};
