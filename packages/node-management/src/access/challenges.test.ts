import { createTestClock } from "@lucid/platform/clock";
import { describe, expect, it } from "vitest";
import { createChallenges } from "./challenges.ts";

let drawn = 0;
const create = (secret = 1, maxAnswered = 2) => {
  const clock = createTestClock(1_800_000_000_000);
  const randomBytes = (length: number) => new Uint8Array(length).fill((drawn += 1));
  const options = { secret: new Uint8Array(32).fill(secret), maxAnswered };
  return { clock, ...createChallenges({ clock, randomBytes }, options) };
};

describe("challenges", () => {
  it("need no memory to be known again, by any replica with the secret and by no other", () => {
    const challenge = create().make();
    expect(create().isOpen(challenge)).toBe(true);
    expect(create(2).isOpen(challenge)).toBe(false);
  });

  it("are closed once, and the memory of that is bounded", async () => {
    const challenges = create();
    const [first, second, third] = [challenges.make(), challenges.make(), challenges.make()];
    challenges.close(first);
    expect([first, second].map((one) => challenges.isOpen(one))).toEqual([false, true]);
    challenges.close(second);
    expect(challenges.isOpen(third)).toBe(false);
    await challenges.clock.advance(300_000);
    expect(challenges.isOpen(challenges.make())).toBe(true);
  });
});
