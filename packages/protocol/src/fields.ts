import { isHex } from "./bytes.ts";
import { ProtocolError } from "./error.ts";
import { isMicro } from "./money.ts";

/** One thing wrong with a document: where (JSON pointer) and what would be right. */
export type Problem = { pointer: string; detail: string };

/** Tells what is wrong with a value at a pointer; nothing when it is as it should be. */
export type Check = (value: unknown, pointer: string) => Problem[];

/** Throws `<name>.invalid` that says the first problem and lists all of them, unless there is none. */
export function throwOnProblems(name: string, problems: readonly Problem[]): void {
  const [first] = problems;
  if (first === undefined) return;
  const others = problems.length > 1 ? ` (and ${problems.length - 1} more)` : "";
  const message = `${name} ${first.pointer || "/"}: ${first.detail}${others}`;
  throw new ProtocolError(`${name}.invalid`, message, { problems });
}

/** Exactly these fields, no others; those named in `optional` may be absent. */
export function fields<T extends object>(
  checks: { [Key in keyof T]-?: Check },
  optional: (keyof T)[] = [],
): Check {
  return (value, pointer) => {
    if (typeof value !== "object" || value === null || Array.isArray(value))
      return [wrong(pointer, "must be an object")];
    const object = value as Record<string, unknown>;
    const unknown = Object.keys(object).filter((key) => !Object.hasOwn(checks, key));
    return [
      ...unknown.map((key) => wrong(`${pointer}/${key}`, "is no field of this object: remove it")),
      ...Object.entries<Check>(checks).flatMap(([key, check]) => {
        if (Object.hasOwn(object, key)) return check(object[key], `${pointer}/${key}`);
        return optional.includes(key as keyof T) ? [] : [wrong(`${pointer}/${key}`, "is missing")];
      }),
    ];
  };
}

/** `check`, and where it holds the rules between the fields it checked. */
export function withRules(
  check: Check,
  rules: (value: never, pointer: string) => Problem[],
): Check {
  return (value, pointer) => {
    const problems = check(value, pointer);
    return problems.length > 0 ? problems : rules(value as never, pointer);
  };
}

/** A list whose items each pass `check`. */
export function listOf(check: Check): Check {
  return (value, pointer) => {
    if (!Array.isArray(value)) return [wrong(pointer, "must be a list")];
    return value.flatMap((item, i) => check(item, `${pointer}/${i}`));
  };
}

/** An integer from `minimum` to `maximum`. */
export function integer(minimum = 0, maximum = Number.MAX_SAFE_INTEGER): Check {
  const range =
    maximum === Number.MAX_SAFE_INTEGER ? `from ${minimum}` : `from ${minimum} to ${maximum}`;
  return satisfies(
    (value) =>
      Number.isSafeInteger(value) && (value as number) >= minimum && (value as number) <= maximum,
    `must be an integer ${range}`,
  );
}

/** Basis points: an integer from 0 to 10000. */
export const basisPoints = integer(0, 10_000);

/** Lower-case hex of exactly `length` bytes. */
export function hex(length: number): Check {
  return satisfies((value) => isHex(value, length), `must be lower-case hex of ${length} bytes`);
}

/** Integer micro-USDT as a string, not below `minimum`. */
export function micro(minimum = 0n): Check {
  return satisfies(
    (value) => isMicro(value) && BigInt(value) >= minimum,
    `must be integer micro-USDT as a string, at least "${minimum}"`,
  );
}

/** Printable ASCII, 1 to `maximum` characters. */
export function text(maximum = 64): Check {
  const detail = `must be 1 to ${maximum} printable ASCII characters`;
  return satisfies(
    (value) => typeof value === "string" && /^[ -~]+$/.test(value) && value.length <= maximum,
    detail,
  );
}

/** One of a closed list of values. */
export function oneOf(...values: (string | number | boolean)[]): Check {
  return satisfies(
    (value) => values.some((allowed) => allowed === value),
    `must be one of: ${values.join(", ")}`,
  );
}

/** Whatever passes `accepts`; `detail` says what would. */
export function satisfies(accepts: (value: unknown) => boolean, detail: string): Check {
  return (value, pointer) =>
    accepts(value) ? [] : [wrong(pointer, `${detail}, not ${shown(value)}`)];
}

/** A problem at a pointer. */
export function wrong(pointer: string, detail: string): Problem {
  return { pointer, detail };
}

function shown(value: unknown): string {
  const json = typeof value === "bigint" ? `${value}n` : (JSON.stringify(value) ?? typeof value);
  return json.length > 80 ? `${json.slice(0, 77)}...` : json;
}
