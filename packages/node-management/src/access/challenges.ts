import { createHmac, timingSafeEqual } from "node:crypto";
import type { Clock } from "@lucid/platform/clock";
import { concat, fromHex, isHex, toHex, u64, utf8 } from "@lucid/protocol";
import { challengeMs } from "./rules.ts";

export type Challenge = { readonly challenge: string; readonly expiresAt: number };

/** Challenges that cost no memory until they are answered: 16 random bytes and a MAC over them and the expiry. */
export type Challenges = {
  readonly make: () => Challenge;
  /** Whether we made it and it can still be answered; false for all while too many were answered. */
  isOpen(challenge: Challenge): boolean;
  /** Closes it for good. */
  close(challenge: Challenge): void;
};

const nonceBytes = 16;

export const createChallenges = (
  { clock, randomBytes }: { clock: Clock; randomBytes: (length: number) => Uint8Array },
  { secret, maxAnswered = 100_000 }: { readonly secret: Uint8Array; readonly maxAnswered?: number },
): Challenges => {
  const answered = new Map<string, number>();

  const macOf = (nonce: Uint8Array, expiresAt: number): Uint8Array =>
    createHmac("sha256", secret)
      .update(concat(utf8("lucid/challenge/v1\n"), nonce, u64(expiresAt)))
      .digest()
      .subarray(0, nonceBytes);

  const isOurs = ({ challenge, expiresAt }: Challenge): boolean => {
    if (!isHex(challenge, 2 * nonceBytes) || !Number.isSafeInteger(expiresAt) || expiresAt < 0)
      return false;
    const bytes = fromHex(challenge);
    const mac = macOf(bytes.subarray(0, nonceBytes), expiresAt);
    return timingSafeEqual(mac, bytes.subarray(nonceBytes));
  };

  const forgetExpired = (now: number): void => {
    // In the order of their answers, which is nearly that of their expiry.
    for (const [challenge, expiresAt] of answered) {
      if (expiresAt > now) return;
      answered.delete(challenge);
    }
  };

  return {
    make: () => {
      const nonce = randomBytes(nonceBytes);
      const expiresAt = clock.now() + challengeMs;
      return { challenge: toHex(concat(nonce, macOf(nonce, expiresAt))), expiresAt };
    },
    isOpen: (challenge) => {
      const now = clock.now();
      forgetExpired(now);
      return (
        isOurs(challenge) &&
        challenge.expiresAt > now &&
        !answered.has(challenge.challenge) &&
        answered.size < maxAnswered
      );
    },
    close: ({ challenge, expiresAt }) => void answered.set(challenge, expiresAt),
  };
};
