import { exitCodeHelp, type Io } from "@lucid/agent";
import { Command } from "commander";
import manifest from "../package.json" with { type: "json" };
import { createDemoCommand } from "./commands/demo.ts";
import { createInitCommand } from "./commands/init.ts";
import { createNodeCommand } from "./commands/node.ts";

/** The `lucid` command. */
export const createProgram = (io: Io): Command =>
  new Command("lucid")
    .description("A network of machines that strangers own, with pay that anyone can recompute")
    .version(manifest.version)
    .option("--json", "one JSON object per line instead of sentences")
    .addCommand(createDemoCommand(io))
    .addCommand(createInitCommand(io))
    .addCommand(createNodeCommand(io))
    .addHelpText("after", exitCodeHelp);
