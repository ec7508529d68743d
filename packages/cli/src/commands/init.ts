import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { exitCode, Failure, outputOf, type Io } from "@lucid/agent";
import { parseUsdt } from "@lucid/protocol";
import { Command, Option } from "commander";
import { wholeNumberFrom } from "../lists/index.ts";
import { createNetworkFolder, planNetwork, type NetworkChoices } from "../network-folder/index.ts";

const MOST_ROOTS = 99;

type InitOptions = {
  readonly data: string;
  readonly name?: string;
  readonly admission?: "approval" | "demo";
  readonly budget: string;
  readonly demo?: boolean;
  readonly host: string;
  readonly rootKeys?: string;
  readonly roots?: number;
  readonly rootThreshold?: number;
};

/** `lucid init` */
export const createInitCommand = (io: Io): Command =>
  new Command("init")
    .description("make a network: genesis, keys, first policy, admin credential, backup sheet")
    .option("--data <dir>", "where the network lives", "./data")
    .option("--name <name>", "its name, fixed for ever (default: lucid, or demo with --demo)")
    .addOption(
      new Option(
        "--admission <rule>",
        "who lets nodes in: people, or everybody (demo networks)",
      ).choices(["approval", "demo"]),
    )
    .option("--budget <usdt>", "USDT that an epoch (a day) shares among the nodes", "100")
    .option("--demo", "fast slots: 2 seconds, 15 to an epoch")
    .option("--host <name>", "host of the public log, part of its name for ever", "localhost")
    .option(
      "--roots <n>",
      "root keys to make (default: 3, or 1 with --demo)",
      wholeNumberFrom(1, MOST_ROOTS),
    )
    .option("--root-keys <hex,…>", "public root keys that were made offline, instead of --roots")
    .option(
      "--root-threshold <k>",
      "how many root keys must agree (default: the majority)",
      wholeNumberFrom(1, MOST_ROOTS),
    )
    .action(async (options: InitOptions, command: Command) => {
      const output = outputOf(io, command);
      const folder = resolve(options.data);
      const plan = planNetwork({ nowMs: io.clock.now(), random: io.random }, choicesOf(options));
      const sheet = await createNetworkFolder(folder, plan);
      if (((await stat(folder)).mode & 0o077) !== 0)
        output.warn(`other users can look into ${folder}, though not into its files: chmod 700 it`);
      const { keys, genesis, networkId } = plan;
      output.result(
        {
          event: "network",
          network_id: networkId,
          name: genesis.name,
          data: folder,
          first_slot: genesis.first_slot,
          admin_key: keys.admin.shows,
          treasury: keys.treasury.shows,
        },
        () =>
          [
            sheet,
            `${output.paint("bold", "Made")} in ${folder}; this sheet is backup-sheet.txt there.`,
            `Next: lucid up --data ${folder}`,
          ].join("\n"),
      );
    });

const choicesOf = (options: InitOptions): NetworkChoices => {
  const demo = options.demo === true;
  const admission = options.admission ?? (demo ? "demo" : "approval");
  if ((admission === "demo") !== demo)
    throw new Failure(
      "usage",
      `--admission ${admission} ${demo ? "contradicts" : "needs"} --demo`,
      {
        fix: "A real network admits by approval, a demo network admits everybody",
        exit: exitCode.usage,
      },
    );
  const roots = rootsOf(options, demo);
  const count = "count" in roots ? roots.count : roots.publicKeys.length;
  return {
    name: options.name ?? (demo ? "demo" : "lucid"),
    demo,
    admission,
    budgetMicro: budget(options.budget),
    host: options.host,
    roots,
    rootThreshold: options.rootThreshold ?? Math.floor(count / 2) + 1,
  };
};

const rootsOf = (options: InitOptions, demo: boolean): NetworkChoices["roots"] => {
  if (options.rootKeys === undefined) return { count: options.roots ?? (demo ? 1 : 3) };
  const publicKeys = options.rootKeys.split(",").map((key) => key.trim());
  const wrong = publicKeys.find((key) => !/^[0-9a-f]{64}$/.test(key));
  if (wrong === undefined) return { publicKeys };
  throw new Failure(
    "usage",
    `--root-keys: ${JSON.stringify(wrong)} is not a public key of 64 hex digits`,
    {
      fix: "Give the public keys separated by commas",
      exit: exitCode.usage,
    },
  );
};

const budget = (text: string): bigint => {
  try {
    return parseUsdt(text);
  } catch (cause) {
    throw new Failure("usage", `--budget ${text} is not an amount of USDT`, {
      fix: "Write digits with at most six decimals, like 8.03",
      exit: exitCode.usage,
      cause,
    });
  }
};
