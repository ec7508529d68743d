import { exitCodeHelp, type Io } from "@lucid/agent";
import completeInShells from "@bomb.sh/tab/commander";
import { Command } from "commander";
import manifest from "../package.json" with { type: "json" };
import { createAdminCommand } from "./commands/admin.ts";
import { createBackupCommand } from "./commands/backup.ts";
import { createBlocksCommand } from "./commands/blocks.ts";
import { createConfigCommand } from "./commands/config.ts";
import { createDemoCommand } from "./commands/demo.ts";
import { createDoctorCommand } from "./commands/doctor.ts";
import { createInitCommand } from "./commands/init.ts";
import { createMigrateCommand } from "./commands/migrate.ts";
import { createNodeCommand } from "./commands/node.ts";
import { createPayoutsCommand } from "./commands/payouts.ts";
import { createPoolsCommand } from "./commands/pools.ts";
import { createRestoreCommand } from "./commands/restore.ts";
import { createSignerCommand } from "./commands/signer.ts";
import { createUpCommand } from "./commands/up.ts";
import { createVerifyCommand } from "./commands/verify.ts";

/** The `lucid` command. */
export const createProgram = (io: Io): Command => {
  const program = new Command("lucid")
    .description("A network of machines that strangers own, with pay that anyone can recompute")
    .version(manifest.version)
    .option("--json", "one JSON object per line instead of sentences")
    .addCommand(createDemoCommand(io))
    .addCommand(createInitCommand(io))
    .addCommand(createUpCommand(io))
    .addCommand(createVerifyCommand(io))
    .addCommand(createBlocksCommand(io))
    .addCommand(createNodeCommand(io))
    .addCommand(createAdminCommand(io))
    .addCommand(createPoolsCommand(io))
    .addCommand(createPayoutsCommand(io))
    .addCommand(createSignerCommand(io))
    .addCommand(createBackupCommand(io))
    .addCommand(createRestoreCommand(io))
    .addCommand(createMigrateCommand(io))
    .addCommand(createDoctorCommand(io))
    .addCommand(createConfigCommand(io))
    .addHelpText("after", exitCodeHelp);
  completeInShells(program);
  return program;
};
