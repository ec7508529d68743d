import { isUtf8 } from "node:buffer";
import { ApiProblem } from "./problem.ts";

const maxDepth = 32;
const maxShown = 200;
const quote = 34;
const backslash = 92;
const colon = 58;
const openBracket = 91;
const closeBracket = 93;
const openBrace = 123;
const closeBrace = 125;
const forbiddenNames = new Set(["__proto__", "constructor", "prototype"]);

const malformed = (detail: string): ApiProblem => new ApiProblem("request.malformed", detail);

const isEscaped = (text: string, at: number): boolean => {
  let before = at - 1;
  while (text.charCodeAt(before) === backslash) before -= 1;
  return (at - before) % 2 === 0;
};

const endOfString = (text: string, start: number): number => {
  let at = text.indexOf('"', start + 1);
  while (at !== -1 && isEscaped(text, at)) at = text.indexOf('"', at + 1);
  return at === -1 ? text.length : at;
};

/** Counts what the text writes: members of objects and levels of nesting. Linear, without recursion. */
const measure = (text: string): { members: number; depth: number } => {
  let members = 0;
  let open = 0;
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === quote) at = endOfString(text, at);
    else if (code === colon) members += 1;
    else if (code === openBrace || code === openBracket) depth = Math.max(depth, (open += 1));
    else if (code === closeBrace || code === closeBracket) open -= 1;
  }
  return { members, depth };
};

/** Counts what was read, and refuses names that reach into JavaScript's own objects. */
const countMembers = (value: unknown): number => {
  if (typeof value !== "object" || value === null) return 0;
  if (Array.isArray(value)) {
    let sum = 0;
    for (const item of value) sum += countMembers(item);
    return sum;
  }
  let members = 0;
  const fields = value as Readonly<Record<string, unknown>>;
  for (const name of Object.keys(fields)) {
    if (forbiddenNames.has(name))
      throw malformed(`The field name "${name}" is not allowed: remove it.`);
    members += 1 + countMembers(fields[name]);
  }
  return members;
};

const repeatedName = (text: string): string | undefined => {
  const open: Set<string>[] = [];
  for (const [token, ending] of text.matchAll(/[{}[\]]|"(?:[^"\\]|\\.)*"(\s*:)?/g)) {
    if (token === "{" || token === "[") open.push(new Set());
    else if (token === "}" || token === "]") open.pop();
    else if (ending !== undefined) {
      const name = String(JSON.parse(token.slice(0, -ending.length)));
      if (open.at(-1)?.has(name) === true) return name;
      open.at(-1)?.add(name);
    }
  }
  return undefined;
};

const isText = (value: string): boolean => value.isWellFormed() && !value.includes("\0");

/** Refuses text that no engine stores exactly and no signature covers: it has to be written as an escape. */
const refuseBrokenText = (value: unknown, pointer = ""): void => {
  if (typeof value === "string" && !isText(value))
    throw malformed(
      `The text at "${pointer.slice(0, maxShown)}" holds NUL or half of a surrogate pair: remove it, or send the whole character.`,
    );
  if (typeof value !== "object" || value === null) return;
  for (const [name, inner] of Object.entries(value))
    for (const text of [name, inner]) refuseBrokenText(text, `${pointer}/${name}`);
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw malformed(`The body is not JSON (${reason}). Send one complete JSON value in UTF-8.`);
  }
};

/**
 * Reads a JSON body (RFC 8259) as strictly as signed objects need: UTF-8, at most 32 levels, every
 * field name once, no names of JavaScript's prototypes, no text with NUL or half of a surrogate pair (RFC 7493,
 * section 2.1). An empty body is undefined.
 * Throws ApiProblem `request.malformed`.
 */
export const parseJsonBody = (bytes: Buffer): unknown => {
  if (bytes.length === 0) return undefined;
  if (!isUtf8(bytes)) throw malformed("The body is not UTF-8: encode it as UTF-8.");
  const text = bytes.toString("utf8");
  const written = measure(text);
  if (written.depth > maxDepth) {
    throw malformed(`The body nests ${written.depth} levels deep; at most ${maxDepth} are read.`);
  }
  const value = parse(text);
  if (countMembers(value) !== written.members) {
    throw malformed(
      `The field "${repeatedName(text) ?? ""}" appears twice in one object: keep one.`,
    );
  }
  if (text.includes("\\u")) refuseBrokenText(value);
  return value;
};
