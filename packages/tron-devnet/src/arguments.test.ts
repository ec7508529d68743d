import { expect, test } from "vitest";
import { HELP, readArguments } from "./arguments.ts";
import { FAULT_KINDS } from "./chain/faults.ts";
import { WALLET } from "./testing/network.ts";

test("a folder is enough", () => {
  expect(readArguments(["--dir", "chain"])).toEqual({
    kind: "run",
    dir: "chain",
    host: "127.0.0.1",
    port: 0,
    blockMs: 3000,
    solidAfter: 19,
    accounts: [],
    exitWithParent: false,
  });
});

test("accounts are funded with whole TRX and USDT", () => {
  const argv = ["--dir", "chain", "--fund", WALLET, "--fund", `${WALLET}:5:6`];
  expect(readArguments(argv)).toMatchObject({
    accounts: [
      { address: WALLET, trxSun: 100_000_000_000n, usdtMicro: 1_000_000_000_000n },
      { address: WALLET, trxSun: 5_000_000n, usdtMicro: 6_000_000n },
    ],
  });
});

test("the help names every option", () => {
  for (const option of ["--dir", "--port", "--host", "--block-ms", "--solid-after", "--fund"]) {
    expect(HELP).toContain(option);
  }
  expect(readArguments(["-h"])).toEqual({ kind: "help" });
});

test.each([
  [[], "--dir is missing"],
  [["--dir", "x", "--port", "99999"], "--port 99999: must be a whole number from 0 to 65535"],
  [["--dir", "x", "--block-ms", "fast"], "--block-ms fast"],
  [["--dir", "x", "--fund", "T123"], "T123 is not a TRON address"],
  [["--dir", "x", "--fund", `${WALLET}:1.5`], "whole numbers"],
  [["--dir", "x", "--speed", "9"], "--speed"],
])("%j is refused with a sentence that helps", (argv, sentence) => {
  expect(readArguments(argv)).toEqual({
    kind: "wrong",
    problem: expect.stringContaining(sentence) as string,
  });
});

test("the help names every fault there is", () => {
  for (const kind of FAULT_KINDS) expect(HELP).toContain(kind);
});
