import { createTestClock } from "@lucid/platform/clock";
import { slotStart } from "@lucid/protocol";
import { describe, expect, it } from "vitest";
import { createTestServices, testGenesis } from "../testing/index.ts";
import { createClockGuard } from "./clock-guard.ts";

const genesis = testGenesis();
const dayMs = 86_400_000;

const start = () => {
  const clock = createTestClock(slotStart(genesis, 450));
  const guard = createClockGuard(clock, genesis);
  return { clock, guard, jump: (ms: number) => clock.set(clock.now() + ms) };
};

describe("a clock that jumps", () => {
  it.each([201, -201, 60_000, -60_000])(
    "by %i ms stops sealing until it has stayed there for a slot",
    async (ms) => {
      const { clock, guard, jump } = start();
      jump(ms);
      expect(guard.check()).toMatch(/jumped.*stayed there for a slot/);
      await clock.advance(1999);
      expect(guard.check()).not.toBeNull();
      await clock.advance(1);
      expect(guard.check()).toBeNull();
    },
  );

  it("and goes on jumping stops it for as long", async () => {
    const { clock, guard, jump } = start();
    for (let i = 0; i < 5; i++) {
      jump(1000);
      expect(guard.check()).not.toBeNull();
      await clock.advance(1500);
    }
    expect(guard.check()).not.toBeNull();
  });

  it("and back again is believed at once", () => {
    const { guard, jump } = start();
    jump(5000);
    expect(guard.check()).not.toBeNull();
    jump(-5000);
    expect(guard.check()).toBeNull();
  });

  it("by more than a day stops it until a person looks", async () => {
    const { clock, guard, jump } = start();
    jump(dayMs + 1000);
    await clock.advance(100_000);
    expect(guard.check()).toMatch(/set the clock, or start the service again/);
  });

  it("a little is followed, however often", async () => {
    const { clock, guard, jump } = start();
    for (let i = 0; i < 50; i++) {
      jump(150);
      expect(guard.check()).toBeNull();
      await clock.advance(2000);
    }
  });
});

describe("sealing", () => {
  it("stops at a jump, says so, and never goes back", async () => {
    await using services = await createTestServices();
    const { clock, sealing } = services;
    await clock.advance(4400);
    await services.seal();
    const before = sealing.last();
    clock.set(clock.now() + 60_000);
    await services.seal();
    expect(sealing.last()).toEqual(before);
    expect(sealing.state()).toMatchObject({ ok: false });
    clock.set(clock.now() - 120_000);
    await clock.advance(2000);
    await services.seal();
    await clock.advance(2000);
    await services.seal();
    expect(sealing.state().ok).toBe(true);
    expect(sealing.last()).toEqual(before);
    await clock.advance(60_000);
    await services.seal();
    expect(sealing.last()?.slot).toBeGreaterThan(before?.slot ?? 0);
    expect(sealing.last()?.sealedAtMs).toBeGreaterThanOrEqual(before?.sealedAtMs ?? 0);
  });
});
