import { Command } from "commander";
import { outputOf, type Io } from "../program/index.ts";
import { nodeFolder, withData, type DataOptions } from "./options.ts";

/** `lucid node init` */
export const createInitCommand = (io: Io): Command =>
  withData(new Command("init"))
    .description("make the node's key")
    .action(async (options: DataOptions, command: Command) => {
      const output = outputOf(io, command);
      const folder = nodeFolder(io, options);
      const { nodeId, publicKey } = await folder.createKey(io.random(32));
      output.result(
        { event: "node", node_id: nodeId, public_key: publicKey, data: folder.path },
        () =>
          [
            output.paint("bold", nodeId),
            `The key is in ${folder.path}/node.key, readable by you alone. Keep a copy of it in a safe place:`,
            "who has it can speak for this node, and a lost key means a new node.",
            `Next: lucid node enrol --data ${folder.path} --service <url> --address <T…>`,
          ].join("\n"),
      );
    });
