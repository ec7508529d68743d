import { createTestClock } from "@lucid/platform/clock";
import { type Documents, openDocuments } from "@lucid/platform/documents";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createChallenges, forgetChallenges } from "./challenges.ts";
import { accessCollections } from "./index.ts";

const { signal } = new AbortController();
const clock = createTestClock(1_800_000_000_000);
let documents: Documents;
let drawn = 0;
beforeEach(async () => {
  documents = await openDocuments({ engine: "sqlite", path: ":memory:" }, accessCollections);
});
afterEach(() => documents[Symbol.asyncDispose]());

/** A replica; whoever knows the secret is one of ours. */
const create = (secret = 1) => {
  const randomBytes = (length: number) => new Uint8Array(length).fill((drawn += 1));
  const deps = { documents, clock, randomBytes };
  return createChallenges(deps, { secret: new Uint8Array(32).fill(secret) });
};

describe("challenges", () => {
  it("need no memory to be known again, by any replica with the secret and by no other", () => {
    const challenge = create().make();
    expect(create().isOpen(challenge)).toBe(true);
    expect(create(2).isOpen(challenge)).toBe(false);
  });

  it("are answered once, whichever replica takes the answer and how many are asked at once", async () => {
    const replicas = [create(), create(), create()];
    const [challenge, other] = [create().make(), create().make()];
    const taken = await Promise.all(replicas.map((replica) => replica.answer(challenge)));
    expect(taken.filter(Boolean)).toHaveLength(1);
    expect(await create().answer(challenge)).toBe(false);
    expect(await create().answer(other)).toBe(true);
  });

  it("are forgotten once no replica would take them any more, and not before", async () => {
    const challenge = create().make();
    await create().answer(challenge);
    await clock.advance(challenge.expiresAt - clock.now() + 60_000);
    await forgetChallenges({ documents, clock }, signal);
    expect(await create().answer(challenge)).toBe(false);
    await clock.advance(1);
    await forgetChallenges({ documents, clock }, signal);
    expect(create().isOpen(challenge)).toBe(false);
    expect(await create().answer(challenge)).toBe(true);
  });
});
