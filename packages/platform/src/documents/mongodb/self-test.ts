import { randomBytes } from "node:crypto";
import type { Collection, Db } from "mongodb";
import { DocumentsError } from "../errors.ts";

const racers = 16;
const attemptsEach = 12;

type Scratch = { _id: string; value: number };

/**
 * Races compare-and-sets over a scratch document. Many servers speak this protocol and not all keep its promises: on one
 * that loses updates two payers would both win. Throws `documents.unsafe`.
 */
export const refuseLostUpdates = async (db: Db): Promise<void> => {
  const scratch = db.collection<Scratch>("_self_test");
  const _id = randomBytes(12).toString("hex");
  await scratch.insertOne({ _id, value: 0 });
  try {
    const won = await Promise.all(Array.from({ length: racers }, () => race(scratch, _id)));
    const counted = won.reduce((sum, wins) => sum + wins, 0);
    const value = (await scratch.findOne({ _id }))?.value;
    if (value === counted) return;
    throw new DocumentsError(
      "documents.unsafe",
      `This server loses updates: ${counted} compare-and-sets were acknowledged and changed the value ${value} times. Money cannot be kept on it; use MongoDB itself`,
    );
  } finally {
    await scratch.deleteOne({ _id });
  }
};

/** How many of the attempts of one client were acknowledged as won. */
const race = async (scratch: Collection<Scratch>, _id: string): Promise<number> => {
  let wins = 0;
  for (let attempt = 0; attempt < attemptsEach; attempt++) {
    const before = (await scratch.findOne({ _id }))?.value ?? 0;
    const { matchedCount } = await scratch.replaceOne(
      { _id, value: before },
      { value: before + 1 },
    );
    wins += matchedCount;
  }
  return wins;
};
