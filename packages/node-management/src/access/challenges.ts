import { createHmac, timingSafeEqual } from "node:crypto";
import type { Clock } from "@lucid/platform/clock";
import type { Documents } from "@lucid/platform/documents";
import { concat, fromHex, isHex, toHex, u64, utf8 } from "@lucid/protocol";
import { removeExpired } from "../shared/expire.ts";
import { insertOrFind } from "../shared/written.ts";
import { answeredChallengeCollection } from "./documents.ts";
import { challengeMs, clocksApartMs } from "./rules.ts";

export type Challenge = { readonly challenge: string; readonly expiresAt: number };

/**
 * Challenges that cost nothing until they are answered: 16 random bytes and a MAC over them and the expiry. That one
 * was answered is a document, so that it is answered once, whichever replica is asked.
 */
export type Challenges = {
  readonly make: () => Challenge;
  /** Whether we made it and it has not expired. */
  isOpen(challenge: Challenge): boolean;
  /** Takes the answer; false when it was answered before. */
  answer(challenge: Challenge): Promise<boolean>;
};

const nonceBytes = 16;

export type ChallengesDeps = {
  readonly documents: Pick<Documents, "collection">;
  readonly clock: Pick<Clock, "now">;
  readonly randomBytes: (length: number) => Uint8Array;
};

export const createChallenges = (
  { documents, clock, randomBytes }: ChallengesDeps,
  { secret }: { readonly secret: Uint8Array },
): Challenges => {
  const answered = documents.collection(answeredChallengeCollection);

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

  return {
    make: () => {
      const nonce = randomBytes(nonceBytes);
      const expiresAt = clock.now() + challengeMs;
      return { challenge: toHex(concat(nonce, macOf(nonce, expiresAt))), expiresAt };
    },
    isOpen: (challenge) => isOurs(challenge) && challenge.expiresAt > clock.now(),
    answer: async ({ challenge: id, expiresAt }) => {
      // Tells this answer from another where the store's reply is lost.
      const answer = toHex(randomBytes(nonceBytes));
      const { stored } = await insertOrFind(answered, { id, expires_at: expiresAt, answer });
      return stored.answer === answer;
    },
  };
};

/** Forgets answers to challenges that have expired by every replica's clock. */
export const forgetChallenges = (
  { documents, clock }: Pick<ChallengesDeps, "documents" | "clock">,
  signal: AbortSignal,
): Promise<void> =>
  removeExpired(documents.collection(answeredChallengeCollection), {
    field: "expires_at",
    beforeMs: clock.now() - clocksApartMs,
    signal,
  });
