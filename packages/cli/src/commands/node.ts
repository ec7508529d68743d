import { createNodeCommands, type Io } from "@lucid/agent";
import { Command } from "commander";

/** `lucid node …` */
export const createNodeCommand = (io: Io): Command => {
  const node = new Command("node").description(
    "what a node's owner needs: make a key, enrol, run, see the pay",
  );
  for (const command of createNodeCommands(io)) node.addCommand(command);
  return node;
};
