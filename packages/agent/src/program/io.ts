import type { Clock } from "@lucid/platform/clock";
import type { Command } from "commander";
import { createOutput, type Output } from "./output.ts";

type Stream = { write(text: string): unknown; readonly isTTY?: boolean };

/** What a command may use of the process it runs in. */
export type Io = {
  readonly stdout: Stream;
  readonly stderr: Stream;
  /** Whether a person sits at the keyboard and can be asked. */
  readonly interactive: boolean;
  /** Width of the terminal in characters. */
  readonly columns: () => number;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly clock: Clock;
  readonly random: (bytes: number) => Uint8Array;
  /** Rewrites the commands in a hint into what its reader can type. */
  readonly hint: (text: string) => string;
  /** Aborted when the process is asked to end. */
  readonly signal: AbortSignal;
};

/** The output that the command's `--json` and the terminal ask for. */
export const outputOf = (io: Io, command: Command): Output =>
  createOutput({
    json: command.optsWithGlobals<{ json?: boolean }>().json === true,
    stdout: io.stdout,
    stderr: io.stderr,
    hint: io.hint,
    colour: wantsColour(io),
    columns: io.stdout.isTTY === true ? io.columns() : Infinity,
  });

/** https://no-color.org and https://force-color.org */
const wantsColour = ({ env, stdout }: Io): boolean => {
  if (env["NO_COLOR"]) return false;
  return stdout.isTTY === true || Boolean(env["FORCE_COLOR"]);
};
