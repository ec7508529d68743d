import { expect, test } from "vitest";
import { unknownParts } from "./known-commands.ts";

test.each([
  "lucid init --data data/mine --name mine",
  "npm run --silent lucid -- node enrol --service http://x --address T…",
  "sudo -u lucid lucid payouts list --json | head",
  "lucid signer --data <folder>",
  "curl -s http://localhost:8086/network.json",
  "LOG_LEVEL=debug lucid up --set A=1 B=2 \\\n  --data x",
])("%s is known", (text) => {
  expect(unknownParts(text)).toEqual([]);
});

test.each([
  ["lucid start", "lucid has no command start"],
  ["true && lucid node begin", "node has no command begin"],
  ["lucid up --port 8095", "up has no option --port"],
  ["lucid payouts list \\\n  --all", "list has no option --all"],
])("%s is not", (text, problem) => {
  expect(unknownParts(text)).toEqual([problem]);
});
