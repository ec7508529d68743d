import { isatty } from "node:tty";
import type { DestinationStream } from "pino";

const colours: Readonly<Record<string, string>> = {
  trace: "90",
  debug: "90",
  info: "36",
  warn: "33",
  error: "31",
  fatal: "41",
};

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null;

const textOf = (value: unknown): string =>
  typeof value === "string" && !/[\s"=]/.test(value) ? value : JSON.stringify(value);

/** Text from outside must not start a new line or steer the terminal. */
const onOneLine = (text: string): string =>
  text.replaceAll(
    /\p{Cc}/gu,
    (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

const errorOf = (error: unknown): string => {
  if (!isFields(error)) return "";
  const text = typeof error["stack"] === "string" ? error["stack"] : error["message"];
  return typeof text === "string" ? `\n${text}` : "";
};

/** Turns one JSON line of the log into one line for a person: time, level, message, fields. */
const prettyLine = (line: string, coloured: boolean): string => {
  const { time, level, name, msg = "", err, ...fields } = JSON.parse(line) as Fields;
  const clock = String(time).slice(11, 19);
  const label = String(level).padEnd(5);
  const paint = (code: string, text: string): string =>
    coloured ? `\u001b[${code}m${text}\u001b[0m` : text;
  const pairs = Object.entries(fields).map(([key, value]) => ` ${key}=${textOf(value)}`);
  const head = `${clock} ${paint(colours[String(level)] ?? "0", label)} ${String(name)}: ${onOneLine(String(msg))}`;
  return `${head}${paint("90", onOneLine(pairs.join("")))}${errorOf(err)}\n`;
};

export const createPrettyStream = (
  output: DestinationStream,
  coloured: boolean = isatty(1),
): DestinationStream => ({ write: (line) => output.write(prettyLine(line, coloured)) });
