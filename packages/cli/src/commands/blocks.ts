import { writeFile } from "node:fs/promises";
import { exitCode, Failure, outputOf, serviceUrl, type Io } from "@lucid/agent";
import { Command } from "commander";
import { wholeNumberFrom } from "../lists/index.ts";

type Place = { readonly service: string };

const withService = (command: Command): Command =>
  command.option(
    "--service <url>",
    "where the block manager is",
    serviceUrl,
    "http://localhost:8086",
  );

/** `lucid blocks`: the chain of sealed evidence, read and proven; the folder that holds it, checked. */
export const createBlocksCommand = (io: Io): Command =>
  new Command("blocks")
    .description("look at blocks, prove what stands in them, check the log's folder")
    .addCommand(createListCommand(io))
    .addCommand(createShowCommand(io))
    .addCommand(createProofCommand(io))
    .addCommand(createFsckCommand(io));

type ListOptions = Place & {
  readonly page: number;
  readonly limit: number;
  readonly from?: number;
  readonly to?: number;
  readonly oldestFirst?: boolean;
};

const createListCommand = (io: Io): Command =>
  withService(new Command("list"))
    .description("blocks, the latest first")
    .option("--page <n>", "from 1", wholeNumberFrom(1), 1)
    .option("--limit <n>", "1 to 100 a page", wholeNumberFrom(1, 100), 20)
    .option("--from <height>", "not below", wholeNumberFrom(0))
    .option("--to <height>", "not above", wholeNumberFrom(0))
    .option("--oldest-first", "by ascending height")
    .action(async (options: ListOptions, command: Command) => {
      const { askService, listToText } = await import("../blocks/index.ts");
      const { page, limit, from, to, oldestFirst } = options;
      const query = {
        page,
        limit,
        sort: oldestFirst === true ? ("asc" as const) : ("desc" as const),
        ...(from !== undefined && { height_from: from }),
        ...(to !== undefined && { height_to: to }),
      };
      const list = await askService(options.service, (client) =>
        client.call("listBlocks", { query }),
      );
      const output = outputOf(io, command);
      output.result({ event: "blocks", ...list }, () => listToText(list, output));
    });

const createShowCommand = (io: Io): Command =>
  withService(new Command("show"))
    .description("one block: header, signature, leaves by kind, proven to stand in the log")
    .argument("<block>", "a height or a header hash")
    .action(async (block: string, { service }: Place, command: Command) => {
      const { blockToText, heightOf, readBlock, withLog } = await import("../blocks/index.ts");
      const height = await heightOf(service, block);
      const shown = await withLog(service, (log) => readBlock(log, height));
      const output = outputOf(io, command);
      output.result({ event: "block", ...shown }, () => blockToText(shown, output.paint));
    });

type ProofOptions = Place & { readonly leaf?: number; readonly out?: string };

const createProofCommand = (io: Io): Command =>
  withService(new Command("proof"))
    .description("prove that a block stands in the log, or a leaf in a block; checked here")
    .argument("<block>", "a height or a header hash")
    .option("--leaf <n>", "a leaf of its body, from 0", wholeNumberFrom(0))
    .option("--out <file>", "keep it: of a block as C2SP tlog-proof, of a leaf as JSON")
    .action(async (block: string, { service, leaf, out }: ProofOptions, command: Command) => {
      const { heightOf, proofToText, proveBlock, proveLeaf, withLog } =
        await import("../blocks/index.ts");
      const height = await heightOf(service, block);
      const proof = await withLog(service, (log) =>
        leaf === undefined ? proveBlock(log, height) : proveLeaf(log, height, leaf),
      );
      if (out !== undefined) await writeFile(out, proof.file);
      const output = outputOf(io, command);
      output.result({ event: "proof", ...proof.fields, file: out ?? null }, () => {
        const kept = out === undefined ? "" : `\nwritten to ${out}`;
        return proofToText(proof, output.paint) + kept;
      });
    });

const createFsckCommand = (io: Io): Command =>
  new Command("fsck")
    .description("verify the whole log in a folder again, byte for byte; changes nothing")
    .option("--data <dir>", "the network's folder, or the folder of a log", "./data")
    .addHelpText(
      "after",
      "\nEnds with 0 when the log is clean, 1 when something is missing or damaged, 2 when it could not be read.",
    )
    .action(async ({ data }: { readonly data: string }, command: Command) => {
      const { checkFolder, fsckToText } = await import("../blocks/index.ts");
      const output = outputOf(io, command);
      const report = await checkFolder(data, { io, output });
      output.result({ event: "fsck", ...report }, () => fsckToText(report, output.paint));
      if (report.clean) return;
      throw new Failure("fsck.problems", `the log has ${report.findings.length} problems`, {
        fix: "Damaged files are fetched from a follower named in BLOCK_MANAGER_PEERS",
        exit: exitCode.fault,
        told: true,
      });
    });
