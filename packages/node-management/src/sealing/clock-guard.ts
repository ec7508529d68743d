import type { Clock } from "@lucid/platform/clock";
import type { Genesis } from "@lucid/protocol";

/** Longer jumps than this are a mistake until a person has looked at it and started the service again. */
const longestJumpMs = 86_400_000;

export type ClockGuard = {
  /** Why nothing may be sealed now; null when the clock can be relied on. */
  check(): string | null;
};

/**
 * Compares wall time with monotonic time. Once they have moved apart by more than half the grace nothing may be sealed
 * until that is resolved: they agree again as before, or the new time has stayed the same for a whole slot and the jump
 * was no longer than a day (a suspended machine, a clock set right), or the service is started again, which takes the
 * clock as it is.
 */
export const createClockGuard = (clock: Clock, genesis: Genesis): ClockGuard => {
  const offsetNow = () => clock.now() - clock.monotonic();
  const isFar = (a: number, b: number) => Math.abs(a - b) > genesis.grace_ms / 2;
  let trusted = offsetNow();
  let jumped: { offset: number; sinceMs: number } | null = null;

  return {
    check: () => {
      const offset = offsetNow();
      if (!isFar(offset, trusted)) {
        // Slow drift, as NTP makes it, is followed.
        trusted = offset;
        jumped = null;
        return null;
      }
      if (jumped === null || isFar(offset, jumped.offset))
        jumped = { offset, sinceMs: clock.monotonic() };
      const isShort = Math.abs(offset - trusted) <= longestJumpMs;
      const isStable = clock.monotonic() - jumped.sinceMs >= genesis.slot_ms;
      if (isShort && isStable) {
        trusted = offset;
        jumped = null;
        return null;
      }
      const by = `the clock jumped by ${Math.round((offset - trusted) / 1000)} s`;
      return isShort
        ? `${by}: nothing is sealed until it has stayed there for a slot`
        : `${by}: nothing is sealed; set the clock, or start the service again if it is right`;
    },
  };
};
