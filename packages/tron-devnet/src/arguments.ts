import { parseArgs } from "node:util";
import { parseAddress } from "./address.ts";
import { NODE_FAULTS, TRANSACTION_FAULTS } from "./chain/faults.ts";
import type { Allocation } from "./chain/genesis.ts";

export type Arguments =
  | { kind: "help" }
  | { kind: "wrong"; problem: string }
  | {
      kind: "run";
      dir: string;
      host: string;
      port: number;
      blockMs: number;
      solidAfter: number;
      accounts: Allocation[];
      exitWithParent: boolean;
    };

const SUN_PER_TRX = 1_000_000n;
const MICRO_PER_USDT = 1_000_000n;
const DEFAULT_TRX = 100_000n;
const DEFAULT_USDT = 1_000_000n;

export const HELP = `tron-devnet: a TRON-compatible chain on localhost, for demos, tests and rehearsals

  --dir DIR            folder of the chain; a second start continues it (required)
  --port PORT          default 0: any free port
  --host HOST          default 127.0.0.1
  --block-ms MS        time between blocks, default 3000
  --solid-after N      a block is solidified when N stand on it, default 19
  --fund ADDRESS[:TRX[:USDT]]
                       what an account that the chain does not know starts with, default ${DEFAULT_TRX} TRX and
                       ${DEFAULT_USDT} USDT, whole numbers; may be repeated
  --exit-with-parent   stop when standard input ends
  --help               this text

Prints one JSON line when it listens. SIGTERM and Ctrl-C stop it; nothing is lost when it is killed.

Faults, POST /devnet/faults with {"kind":…} and, where it applies:
  of transactions, the next one or "next":N, with "recipient":"T…" every one to it until cleared
    ${TRANSACTION_FAULTS.join(", ")}
    ("blocks":N says how late accepted_late is)
  of a node named in "node" (the one at /node/NAME), or of all, until cleared
    ${NODE_FAULTS.join(", ")}
    ("blocks":N says how far behind is; 1200, an hour, if not said)
  of the chain: clock_skew, with "ms"; of the account at "recipient", until cleared: key_moved
GET /devnet/faults lists them, DELETE /devnet/faults clears them all.
Look: GET /devnet/state, GET /devnet/transfers`;

/** Reads the command line; a mistake comes back as a sentence that says what to write instead. */
export function readArguments(argv: string[]): Arguments {
  try {
    const { values } = parseArgs({ args: argv, options: OPTIONS, strict: true });
    if (values.help === true) return { kind: "help" };
    if (values.dir === undefined)
      throw new RangeError("--dir is missing: name the folder of the chain, e.g. --dir ./chain");
    return {
      kind: "run",
      dir: values.dir,
      host: values.host,
      port: wholeNumber("--port", values.port, 0, 65_535),
      blockMs: wholeNumber("--block-ms", values["block-ms"], 10, 60_000),
      solidAfter: wholeNumber("--solid-after", values["solid-after"], 0, 1000),
      accounts: values.fund.map(toAllocation),
      exitWithParent: values["exit-with-parent"] === true,
    };
  } catch (error) {
    if (error instanceof Error) return { kind: "wrong", problem: error.message };
    throw error;
  }
}

const OPTIONS = {
  dir: { type: "string" },
  port: { type: "string", default: "0" },
  host: { type: "string", default: "127.0.0.1" },
  "block-ms": { type: "string", default: "3000" },
  "solid-after": { type: "string", default: "19" },
  fund: { type: "string", multiple: true, default: [] as string[] },
  "exit-with-parent": { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;

function toAllocation(text: string): Allocation {
  const [address = "", trx = String(DEFAULT_TRX), usdt = String(DEFAULT_USDT)] = text.split(":");
  if (parseAddress(address) === null)
    throw new RangeError(`--fund ${text}: ${address} is not a TRON address`);
  if (!/^[0-9]{1,12}$/.test(trx) || !/^[0-9]{1,12}$/.test(usdt)) {
    throw new RangeError(
      `--fund ${text}: write ADDRESS:TRX:USDT with whole numbers, e.g. ${address}:1000:5000`,
    );
  }
  return { address, trxSun: BigInt(trx) * SUN_PER_TRX, usdtMicro: BigInt(usdt) * MICRO_PER_USDT };
}

function wholeNumber(name: string, text: string, minimum: number, maximum: number): number {
  const value = /^[0-9]{1,6}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= minimum && value <= maximum) return value;
  throw new RangeError(`${name} ${text}: must be a whole number from ${minimum} to ${maximum}`);
}
