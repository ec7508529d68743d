import { addNodeCommands, type Io } from "@lucid/agent";
import { Command } from "commander";

/** `lucid node …` */
export const createNodeCommand = (io: Io): Command =>
  addNodeCommands(
    new Command("node").description(
      "what a node's owner needs: make a key, enrol, run, see the pay",
    ),
    io,
  );
