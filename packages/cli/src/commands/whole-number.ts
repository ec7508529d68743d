import { InvalidArgumentError } from "commander";

/** An option that is a whole number from 0. */
export const wholeNumber = (text: string): number => {
  const value = Number(text);
  if (/^[0-9]+$/.test(text) && Number.isSafeInteger(value)) return value;
  throw new InvalidArgumentError("write a whole number from 0");
};
