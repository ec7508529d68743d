import { formatUsdt, parseUsdt } from "@lucid/protocol";
import { closestName } from "./closest.ts";
import type { Setting, SettingKind } from "./definition.ts";
import { formatDuration, parseDuration } from "./duration.ts";

/** A value, or a sentence that says what is wrong and what would be right. */
export type Parsed = { readonly value: unknown } | { readonly detail: string };

type SettingOf<Kind extends SettingKind> = Extract<Setting, { readonly type: Kind }>;

const wrong = (detail: string): Parsed => ({ detail });
const quoted = (text: string): string => JSON.stringify(text);

type Bounded = number | bigint;

const inBounds = (
  value: Bounded,
  { minimum, maximum }: { minimum?: Bounded | undefined; maximum?: Bounded | undefined },
  write: (bound: Bounded) => string,
): Parsed => {
  if (minimum !== undefined && value < minimum) {
    return wrong(`${write(value)} is too small: at least ${write(minimum)}`);
  }
  if (maximum !== undefined && value > maximum) {
    return wrong(`${write(value)} is too large: at most ${write(maximum)}`);
  }
  return { value };
};

const parseInteger = (
  text: string,
  { minimum, maximum, unit = "" }: SettingOf<"integer">,
): Parsed => {
  const value = Number(text);
  if (!/^-?[0-9]+$/.test(text) || !Number.isSafeInteger(value)) {
    return wrong(`${quoted(text)} is not a whole number: write digits only`);
  }
  return inBounds(value, { minimum, maximum }, (bound) => `${bound}${unit && ` ${unit}`}`);
};

type Form = { readonly pattern?: RegExp; readonly example?: string };

const formProblem = (text: string, { pattern, example }: Form): Parsed | null => {
  if (/\p{Cc}/u.test(text)) return wrong("holds a control character: remove it");
  if (pattern === undefined || pattern.test(text)) return null;
  const form = example === undefined ? `must match ${pattern.source}` : `write it like ${example}`;
  return wrong(`${quoted(text)} does not have the right form: ${form}`);
};

const parseText = (text: string, form: SettingOf<"string">): Parsed =>
  formProblem(text, form) ?? { value: text };

const parseUrl = (text: string, protocols: readonly string[] = ["http:", "https:"]): Parsed => {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url !== null && protocols.includes(url.protocol) && url.host !== "") return { value: text };
  const starts = protocols.map((protocol) => `${protocol}//`).join(" or ");
  return wrong(`not a URL that can be used: write a whole one that starts with ${starts}`);
};

const parseList = (text: string, { item = "string", ...form }: SettingOf<"list">): Parsed => {
  const items = text.trim() === "" ? [] : text.split(",").map((part) => part.trim());
  if (items.includes("")) return wrong(`${quoted(text)} has an empty item: remove the extra comma`);
  const bad = item === "url" ? items.find((part) => "detail" in parseUrl(part)) : undefined;
  if (bad !== undefined) return wrong(`${quoted(bad)} is not a URL`);
  const problems = items.map((part) => formProblem(part, form));
  return problems.find((problem) => problem !== null) ?? { value: items };
};

const parseAmount = (text: string, { minimum, maximum }: SettingOf<"usdt">): Parsed => {
  try {
    const write = (micro: Bounded): string => `${formatUsdt(BigInt(micro))} USDT`;
    return inBounds(parseUsdt(text), { minimum, maximum }, write);
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    return wrong(
      `${quoted(text)} is not an amount of USDT: write it like 10 or 8.03, up to six places`,
    );
  }
};

const parseChoice = (text: string, { values }: SettingOf<"enum">): Parsed => {
  if (values.includes(text)) return { value: text };
  const meant = closestName(text, values);
  const hint = meant === undefined ? "" : `; did you mean ${meant}?`;
  return wrong(`${quoted(text)} is not one of ${values.join(", ")}${hint}`);
};

const parseSpan = (text: string, setting: SettingOf<"duration">): Parsed => {
  const { minimumMs: minimum, maximumMs: maximum, unit } = setting;
  const value = parseDuration(text, unit);
  if (value === null)
    return wrong(`${quoted(text)} is not a duration: write it like 500ms, 30s, 15m or 1h`);
  return inBounds(value, { minimum, maximum }, (ms) => formatDuration(Number(ms)));
};

const parsePath = (text: string): Parsed =>
  text.includes("\0") ? wrong("holds a NUL character: remove it") : { value: text };

const parseBoolean = (text: string): Parsed =>
  text === "true" || text === "false"
    ? { value: text === "true" }
    : wrong(`${quoted(text)} is not true or false: write one of these`);

const parsers: { [Kind in SettingKind]: (text: string, setting: SettingOf<Kind>) => Parsed } = {
  integer: parseInteger,
  string: parseText,
  path: parsePath,
  url: (text, { protocols }) => parseUrl(text, protocols),
  list: parseList,
  usdt: parseAmount,
  boolean: parseBoolean,
  enum: parseChoice,
  duration: parseSpan,
};

/** Reads the text of one setting as strictly as its definition says. */
export const parseSetting = (text: string, setting: Setting): Parsed => {
  if (text.trim() === "" && setting.type !== "list") {
    return wrong("is empty: give a value or remove it");
  }
  const parse = parsers[setting.type] as (text: string, setting: never) => Parsed;
  return parse(text, setting as never);
};
