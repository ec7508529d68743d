/** A field that is not what it was. */
export type Change = { readonly field: string; readonly from: string; readonly to: string };

const fieldsOf = (state: unknown): Readonly<Record<string, unknown>> =>
  typeof state === "object" && state !== null && !Array.isArray(state)
    ? (state as Record<string, unknown>)
    : {};

/** Stands for what was not there. */
export const NOTHING = "nothing";

const textOf = (value: unknown): string => {
  if (value === undefined || value === null) return NOTHING;
  return typeof value === "string" ? value : JSON.stringify(value);
};

/** What differs between a thing before and after, field by field; all of it where there was nothing before. */
export const changesBetween = (before: unknown, after: unknown): readonly Change[] => {
  if (after === null || after === undefined) return [];
  const [old, now] = [fieldsOf(before), fieldsOf(after)];
  return [...new Set([...Object.keys(old), ...Object.keys(now)])]
    .map((field) => ({ field, from: textOf(old[field]), to: textOf(now[field]) }))
    .filter(({ from, to }) => from !== to);
};
