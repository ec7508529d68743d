import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { describe, expect, test } from "vitest";
import { unknownParts } from "./known-commands.ts";
import { type Block, inlineCommands, type Page, readPage, repository } from "./page.ts";
import { fillIn, scenes } from "./scenes.ts";
import { createScratch, type Scratch } from "./scratch.ts";

const SLOW_MS = 240_000;
const made = new Set(["configuration.md", "errors.md", "roles.md"]);
const pages = [
  "README.md",
  "ARCHITECTURE.md",
  "CONTRIBUTING.md",
  "SECURITY.md",
  "docs/adr/README.md",
  ...readdirSync(`${repository}docs`)
    .filter((name) => name.endsWith(".md") && !made.has(name))
    .map((name) => `docs/${name}`),
].map(readPage);

const isShell = ({ language }: Block): boolean => language === "sh";
const isTried = ({ treatment }: Block): boolean => treatment.kind !== "needs";

describe.concurrent.each(pages)("$path", (page: Page) => {
  const commands = page.blocks.filter(isShell);

  test("names commands, options and files that there are", () => {
    const text = [...commands.map((block) => block.text), ...inlineCommands(page)].join("\n");
    expect(unknownParts(text)).toEqual([]);
    expect(scriptsIn(text).filter((script) => !hasScript(script))).toEqual([]);
    // The lock file has no entry for binaries of other platforms that a mirror lacked, and npm ci wants them all.
    expect(text).not.toMatch(/\bnpm (ci|clean-install)\b/);
    const files = [...text.matchAll(/(?<=^|\s)deploy\/[\w./-]*\.(?:sh|yaml|service)\b/g)];
    expect(files.filter(([file]) => !existsSync(`${repository}${file}`))).toEqual([]);
  });

  test("is shell that can be read", () => {
    for (const { text, line } of commands) {
      const filled = text.replaceAll(/<[a-z][a-z_-]*>/g, "x");
      const { status, stderr } = spawnSync("sh", ["-n"], { input: filled, encoding: "utf8" });
      expect(status, `${page.path}:${line} ${stderr}`).toBe(0);
    }
  });

  test("links to pages and headings that there are", () => {
    expect(linksOf(page).filter((link) => !leadsSomewhere(page, link))).toEqual([]);
  });

  test("marks what is typed in a shell", () => {
    const unmarked = page.blocks.filter(
      ({ language, text }) => language === "" && /^(lucid|npm|curl|docker|sudo) /m.test(text),
    );
    expect(unmarked.map(({ line }) => `${page.path}:${line}`)).toEqual([]);
  });

  test.skipIf(!commands.some(isTried))(
    "says what works, from the first command to the last",
    { timeout: SLOW_MS },
    () => walk(page, commands.filter(isTried)),
  );
});

const walk = async (page: Page, blocks: readonly Block[]): Promise<void> => {
  await using stack = new AsyncDisposableStack();
  const scratch = stack.use(await createScratch());
  const scene = scenes[page.path] ?? {};
  await scene.before?.({ scratch, stack });
  let said = "";
  for (const block of blocks) {
    await scene.meanwhile?.({ scratch, stack }, block);
    const command = await fillIn(block.text, scratch, said);
    said = await perform(scratch, block, command).catch((cause: unknown) => {
      throw new Error(`${page.path}:${block.line} ${block.text}`, { cause });
    });
  }
};

/** Does what a block says and answers what was printed. */
const perform = async (
  scratch: Scratch,
  { treatment }: Block,
  command: string,
): Promise<string> => {
  if (treatment.kind === "soon") return (await scratch.until(command)).out;
  if (treatment.kind === "stays") {
    await scratch.start(command, (out) => /Ctrl-C stops it|starts in slot/.test(out));
    return "";
  }
  const { code, out } = await scratch.run(command);
  expect({ code, out }).toEqual({ code: treatment.kind === "runs" ? treatment.code : 0, out });
  return out;
};

const linksOf = ({ text }: Page): string[] =>
  [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link = ""]) => link)
    .filter((link) => !/^[a-z]+:/.test(link));

const leadsSomewhere = ({ path }: Page, link: string): boolean => {
  const [name = "", anchor] = link.split("#");
  const target = name === "" ? path : posix.join(posix.dirname(path), name);
  if (!existsSync(`${repository}${target}`)) return false;
  return anchor === undefined || anchorsOf(target).includes(anchor);
};

/** As GitHub makes them of headings. */
const anchorsOf = (path: string): string[] =>
  [...readFileSync(`${repository}${path}`, "utf8").matchAll(/^#+ (.*)$/gm)].map(([, title = ""]) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );

const scriptsIn = (text: string): string[] =>
  [...text.matchAll(/npm run (?:--silent )?([\w:]+)/g)].map(([, name = ""]) => name);

const { scripts } = JSON.parse(readFileSync(`${repository}package.json`, "utf8")) as {
  scripts: Record<string, string>;
};
const hasScript = (name: string): boolean => name in scripts;
