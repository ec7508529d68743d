import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const repository = fileURLToPath(new URL("../../", import.meta.url));

/** How a fenced block is tried, said after its language: ```sh stays, soon, ends=<code>, needs=<what>. */
export type Treatment =
  | { readonly kind: "runs"; readonly code: number }
  /** Again until it ends with 0: the network needs a moment. */
  | { readonly kind: "soon" }
  /** A program that runs until it is stopped. */
  | { readonly kind: "stays" }
  /** What it needs is not here (docker, root, mainnet …): only looked at. */
  | { readonly kind: "needs"; readonly what: string };

export type Block = {
  readonly line: number;
  readonly language: string;
  readonly treatment: Treatment;
  readonly text: string;
  /** The heading above it. */
  readonly section: string;
};

export type Page = {
  readonly path: string;
  readonly text: string;
  readonly blocks: readonly Block[];
};

/** A page of the repository with its fenced blocks. Throws for an unknown word after a language. */
export const readPage = (path: string): Page => {
  const text = readFileSync(`${repository}${path}`, "utf8");
  return { path, text, blocks: blocksOf(path, text) };
};

const blocksOf = (path: string, text: string): Block[] => {
  const lines = text.split("\n");
  const blocks: Block[] = [];
  let section = "";
  for (let at = 0; at < lines.length; at++) {
    section = /^##+ (.*)$/.exec(lines[at] ?? "")?.[1] ?? section;
    const fence = /^(\s*)```(.*)$/.exec(lines[at] ?? "");
    if (fence === null) continue;
    const [, indent = "", info = ""] = fence;
    const end = lines.indexOf(`${indent}\`\`\``, at + 1);
    if (end < 0) throw new Error(`${path}:${at + 1} is not closed`);
    const [language = "", word] = info.split(" ");
    const body = lines.slice(at + 1, end).map((line) => line.slice(indent.length));
    const treatment = treatmentOf(word, `${path}:${at + 1}`);
    blocks.push({ line: at + 1, language, treatment, text: body.join("\n"), section });
    at = end;
  }
  return blocks;
};

const treatmentOf = (word: string | undefined, where: string): Treatment => {
  if (word === undefined) return { kind: "runs", code: 0 };
  if (word === "soon" || word === "stays") return { kind: word };
  const [name, value = ""] = word.split("=");
  if (name === "ends" && /^\d+$/.test(value)) return { kind: "runs", code: Number(value) };
  if (name === "needs" && value !== "") return { kind: "needs", what: value };
  throw new Error(`${where}: ${word} is none of stays, soon, ends=<code>, needs=<what>`);
};

/** Commands of `lucid` that stand in the text itself, like `lucid verify <folder>`. */
export const inlineCommands = ({ text }: Page): string[] =>
  [...text.replaceAll(/```[\s\S]*?```/g, "").matchAll(/`(lucid [^`]*)`/g)].map(
    ([, command = ""]) => command,
  );
