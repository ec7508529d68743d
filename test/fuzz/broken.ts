import * as fc from "fast-check";
import type { Names, Parts } from "./good.ts";

/** Names that mean something to JavaScript. */
const prototypeNames = ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty"];

const texts = [
  "",
  " ",
  "NaN",
  "Infinity",
  "-0",
  "1e3",
  "0x10",
  "+1",
  "01",
  "null",
  "true",
  "undefined",
  "[object Object]",
  "\0",
  "a\0b",
  "../../etc/passwd",
  "%2e%2e%2f",
  "' OR 1=1 --",
  "$where",
  "nоde_аbc", // Cyrillic о and а
  "１２３", // full-width digits
  "٣", // an Arabic digit
  "node_\u202eabc",
  "a\u200bb",
  "e\u0301",
  "\ud800", // half of a pair
  "😀",
  "x".repeat(199),
  "x".repeat(20_000),
  ...prototypeNames,
];

const numbers = [
  0,
  -0,
  -1,
  1.5,
  2 ** 31,
  2 ** 53,
  -(2 ** 53),
  1e21,
  1e308,
  Number.MIN_VALUE,
  1_000_001,
];

const others = [null, true, false, [], {}, [[]], [null], { a: 1 }, { $gt: "" }, { length: 1e9 }];

/** Values of the wrong kind or beyond their bounds; ids of things of another kind. */
export const brokenValue = (names: Names): fc.Arbitrary<unknown> =>
  fc.oneof(
    fc.constantFrom(...texts),
    fc.constantFrom(...numbers),
    fc.constantFrom<unknown>(...others),
    fc.constantFrom(...Object.values(names).flat(), "?"),
    fc.string({ unit: "binary", maxLength: 80 }),
    fc.jsonValue({ maxDepth: 3 }),
  );

/** Where a request was broken, as a JSON pointer into one of its parts. */
export type Broken = { readonly parts: Parts; readonly pointer: string };

type Place = readonly (string | number)[];

const placesIn = (value: unknown, at: Place = []): Place[] => {
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return [at];
  return [
    at,
    ...Object.entries(value).flatMap(([name, member]) => placesIn(member, [...at, name])),
  ];
};

const replaced = (value: unknown, [first, ...rest]: Place, by: unknown): unknown => {
  if (first === undefined) return by;
  const put = replaced((value as Record<string, unknown>)[first], rest, by);
  if (Array.isArray(value)) return value.with(Number(first), put);
  // `{[name]: …}` makes a field of its own, also of `__proto__`.
  return { ...(value as object), [first]: put };
};

const removed = (value: unknown, [first, ...rest]: Place): unknown => {
  if (first === undefined || typeof value !== "object" || value === null) return undefined;
  if (rest.length > 0) {
    const inner = removed((value as Record<string, unknown>)[first], rest);
    return replaced(value, [first], inner);
  }
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== String(first)));
};

const pointerOf = (place: Place): string => place.map((name) => `/${name}`).join("");

/** Good requests in which one thing is wrong. */
export const brokenRequest = (parts: Parts, names: Names): fc.Arbitrary<Broken> => {
  const fields = ["path", "query", "body"] as const;
  const places = placesIn({ ...parts }).filter(
    ([part, ...rest]) =>
      part !== undefined &&
      parts[part as keyof Parts] !== undefined &&
      (part === "body" || rest.length > 0),
  );
  const broken = fc
    .record({ place: fc.constantFrom(...places, ["query", "limit"]), value: brokenValue(names) })
    .map(({ place, value }) => ({
      parts: replaced(parts, place, value) as Parts,
      pointer: pointerOf(place),
    }));
  const lacking = fc
    .constantFrom(...places.filter(([part, ...rest]) => part !== "path" && rest.length > 0), [
      "query",
      "x",
    ])
    .map((place) => ({ parts: removed(parts, place) as Parts, pointer: pointerOf(place) }));
  const unknown = fc
    .record({
      part: fc.constantFrom(...fields.slice(1)),
      name: fc.constantFrom(...prototypeNames, "x", ""),
    })
    .filter(({ part }) => typeof parts[part] === "object" && !(parts[part] instanceof Uint8Array))
    .map(({ part, name }) => ({
      parts: replaced(parts, [part, name], 1) as Parts,
      pointer: `/${part}/${name}`,
    }));
  return fc.oneof(
    { weight: 6, arbitrary: broken },
    { weight: 1, arbitrary: lacking },
    { weight: 1, arbitrary: unknown },
  );
};
