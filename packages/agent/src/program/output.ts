import { styleText } from "node:util";

type Sink = { write(text: string): unknown; readonly isTTY?: boolean };

export type Style = "bold" | "dim" | "green" | "yellow" | "red" | "cyan";

/** Where a command writes: lines for a person, or one JSON object per line. */
export type Output = {
  readonly json: boolean;
  /** Something that happened: with `--json` an object with `event`, otherwise its sentence (null: nothing). */
  event(event: string, fields: object, sentence: string | null): void;
  /** The answer of the command. */
  result(value: object, text: () => string): void;
  /** To standard error, so that it never mixes with an answer. */
  warn(line: string): void;
  readonly paint: (style: Style, text: string) => string;
  /** How many characters fit into a line; without a terminal as many as one likes. */
  readonly columns: number;
};

export type OutputOptions = {
  readonly json: boolean;
  readonly stdout: Sink;
  readonly stderr: Sink;
  /** Rewrites the commands in what a person reads. */
  readonly hint: (text: string) => string;
  readonly colour: boolean;
  readonly columns: number;
};

export const createOutput = ({
  json,
  stdout,
  stderr,
  hint,
  colour,
  columns,
}: OutputOptions): Output => {
  const line = (value: object) => stdout.write(`${JSON.stringify(value, jsonValue)}\n`);
  const paint = (style: Style, text: string) =>
    colour && !json ? styleText(style, text, { validateStream: false }) : text;
  return {
    json,
    paint,
    columns,
    event(event, fields, sentence) {
      if (json) line({ event, ...fields });
      else if (sentence !== null) stdout.write(`${hint(sentence)}\n`);
    },
    result(value, text) {
      if (json) line(value);
      else stdout.write(`${hint(text())}\n`);
    },
    warn(text) {
      if (json) stderr.write(`${JSON.stringify({ event: "warning", message: text })}\n`);
      else stderr.write(`${paint("yellow", "warning:")} ${hint(text)}\n`);
    },
  };
};

/** Amounts are strings in JSON. */
const jsonValue = (_key: string, value: unknown): unknown =>
  typeof value === "bigint" ? value.toString() : value;
