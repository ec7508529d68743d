import { pino, stdTimeFunctions, type DestinationStream, type Logger } from "pino";
import { createPrettyStream } from "./pretty.ts";
import { redactPaths } from "./redact.ts";

export const logLevels = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;
export type LogLevel = (typeof logLevels)[number];

export type Log = Logger;

export type LogOptions = {
  readonly level: LogLevel;
  /** Which program writes; part of every line. */
  readonly name: string;
  /** One short line for a person instead of one JSON object per line. */
  readonly pretty?: boolean;
  /** Colours in short lines; on when standard output is a terminal. */
  readonly colour?: boolean;
  /** Where lines go; standard output unless told otherwise. */
  readonly destination?: DestinationStream;
};

/** A log of JSON lines (or short lines for a terminal) in which secrets are replaced by `[redacted]`. */
export const createLog = ({
  level,
  name,
  pretty = false,
  colour,
  destination,
}: LogOptions): Log => {
  const output = destination ?? pino.destination({ fd: 1, sync: true });
  return pino(
    {
      level,
      name,
      base: { name },
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: redactPaths, censor: "[redacted]" },
    },
    pretty ? createPrettyStream(output, colour) : output,
  );
};
