/** How long after the end of an epoch its changes may still be on their way. */
export const settlingMs = 30_000;

/** What stands in the place of a moment in the line that ends an epoch's trail: before every other. */
export const noMoment = -1;

const digits = 8;
const padded = (number: number): string => String(number).padStart(digits, "0");

/** Ids of an epoch's lines ascend with their number; numbers begin at 0 and leave none out. */
export const lineId = (epoch: number, seq: number): string => `${padded(epoch)}#${padded(seq)}`;

/** The ids of an epoch's lines before a number; of all of them without one. */
export const lineIds = (epoch: number, before = Infinity): { gte: string; lt: string } => ({
  gte: lineId(epoch, 0),
  lt: before === Infinity ? lineId(epoch + 1, 0) : lineId(epoch, before),
});
