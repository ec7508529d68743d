import { InvalidArgumentError } from "commander";

/** Reads an option that is a whole number of at least `minimum`, and at most `maximum`. */
export const wholeNumberFrom =
  (minimum: number, maximum = Number.MAX_SAFE_INTEGER) =>
  (text: string): number => {
    const value = /^[0-9]+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= minimum && value <= maximum) return value;
    const most = maximum === Number.MAX_SAFE_INTEGER ? "" : ` to ${maximum}`;
    throw new InvalidArgumentError(`Write a whole number from ${minimum}${most}.`);
  };
