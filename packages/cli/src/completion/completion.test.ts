import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { runProgram } from "@lucid/agent";
import { createTestIo } from "../../../agent/src/testing/io.ts";
import { createProgram } from "../program.ts";
import { bashWords } from "./bash-words.ts";

const lucid = async (...args: string[]) => {
  const io = createTestIo();
  await runProgram(createProgram(io), args, io);
  return io.out();
};

test("bash without the package bash-completion knows the words up to the cursor", () => {
  const script = `${bashWords}
    ask() { local cur prev words cword; _get_comp_words_by_ref -n "=:" cur prev words cword; echo "$cur|$prev|\${words[*]}|$cword"; }
    COMP_WORDS=(lucid payouts li --json) COMP_CWORD=2
    ask`;
  const { stdout, stderr } = spawnSync("bash", ["--norc", "--noprofile", "-c", script], {
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  expect(stdout).toBe("li|payouts|lucid payouts li|2\n");
});

test("only the script for bash brings what bash lacks, and no answer to a Tab does", async () => {
  expect(await lucid("complete", "bash")).toContain("_get_comp_words_by_ref");
  expect(await lucid("complete", "zsh")).not.toContain("_get_comp_words_by_ref");
  expect(await lucid("complete", "--", "bash")).not.toContain("_get_comp_words_by_ref");
});
