import { addExamples, exitCodeHelp, type Io } from "@lucid/agent";
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
import { addCompletion } from "./completion/index.ts";
import { examples } from "./examples.ts";

/** The `lucid` command. */
export const createProgram = (io: Io): Command => {
  const program = new Command("lucid")
    .description("A network of machines that strangers own, with pay that anyone can recompute")
    .version(manifest.version)
    .option("--json", "one JSON object per line instead of sentences")
    .commandsGroup("To try it:")
    .addCommand(createDemoCommand(io))
    .commandsGroup("To run a network:")
    .addCommand(createInitCommand(io))
    .addCommand(createUpCommand(io))
    .addCommand(createSignerCommand(io))
    .addCommand(createDoctorCommand(io))
    .addCommand(createConfigCommand(io))
    .commandsGroup("To decide:")
    .addCommand(createAdminCommand(io))
    .addCommand(createPoolsCommand(io))
    .addCommand(createPayoutsCommand(io))
    .commandsGroup("To earn:")
    .addCommand(createNodeCommand(io))
    .commandsGroup("To check:")
    .addCommand(createVerifyCommand(io))
    .addCommand(createBlocksCommand(io))
    .commandsGroup("To keep it:")
    .addCommand(createBackupCommand(io))
    .addCommand(createRestoreCommand(io))
    .addCommand(createMigrateCommand(io))
    .commandsGroup("Help:")
    .helpCommand("help [command]", "help for one command")
    .addHelpText("after", exitCodeHelp)
    // What completion adds takes these with it: its errors are told as all others are.
    .exitOverride()
    .configureOutput({ outputError: () => {} });
  addCompletion(program, io);
  addExamples(program, examples, io);
  return program;
};
