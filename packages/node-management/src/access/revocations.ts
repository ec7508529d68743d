import type { Clock } from "@lucid/platform/clock";
import type { Documents } from "@lucid/platform/documents";
import type { Principal } from "@lucid/platform/http";
import { removeExpired } from "../shared/expire.ts";
import { type Page, findPage, type PageRequest } from "../shared/page.ts";
import { insertOrFind } from "../shared/written.ts";
import { type RevocationDocument, revocationCollection } from "./documents.ts";
import { clocksApartMs, isFromOutside, tokenMs } from "./rules.ts";

export type Revoking = Pick<RevocationDocument, "reason" | "by"> &
  ({ readonly tokenId: string; readonly expiresAtMs?: number } | { readonly principalId: string });

export type Revocations = {
  /** Holds here at once, and in every other replica with its next look. The same token again finds the first word. */
  revoke(revoking: Revoking): Promise<RevocationDocument>;
  list(request: PageRequest): Promise<Page<RevocationDocument>>;
  isRevoked(principal: Principal): boolean;
  /** Reads what others revoked since the last look. */
  refresh(): Promise<void>;
};

export type RevocationsDeps = {
  readonly documents: Pick<Documents, "collection">;
  readonly clock: Pick<Clock, "now">;
};

/** Tokens that are worth nothing before they expire; every replica keeps them in memory. */
export const createRevocations = async ({
  documents,
  clock,
}: RevocationsDeps): Promise<Revocations> => {
  const stored = documents.collection(revocationCollection);
  const tokens = new Map<string, Known>();
  const principals = new Map<string, Known>();
  let readUntil = 0;

  const note = ({ token_id, principal_id, at, until = Infinity }: RevocationDocument): void => {
    if (token_id !== null) tokens.set(token_id, { at, until });
    if (principal_id !== null && at >= (principals.get(principal_id)?.at ?? 0))
      principals.set(principal_id, { at, until });
  };
  const refresh = async (): Promise<void> => {
    for (const known of [tokens, principals]) forgetOver(known, clock.now() - clocksApartMs);
    const news = await stored.find({ where: { at: { gte: readUntil - clocksApartMs } } });
    for (const revocation of news) {
      note(revocation);
      readUntil = Math.max(readUntil, revocation.at);
    }
  };
  await refresh();

  return {
    refresh,
    revoke: async ({ reason, by, ...what }) => {
      const subject = "tokenId" in what ? aboutToken(what) : aboutPrincipal(what, clock.now());
      const { stored: standing } = await insertOrFind(stored, {
        ...subject,
        reason,
        by,
        at: clock.now(),
      });
      note(standing);
      return standing;
    },
    list: async (request) => {
      return findPage(stored, { sort: [["at", "desc"]] }, request);
    },
    isRevoked: ({ id, token }) =>
      token !== undefined &&
      (tokens.has(token.id) || token.issuedAtMs <= (principals.get(id)?.at ?? -Infinity)),
  };
};

/** When it was revoked, and until when that matters. */
type Known = { readonly at: number; readonly until: number };

const forgetOver = (known: Map<string, Known>, beforeMs: number): void => {
  for (const [id, { until }] of known) if (until < beforeMs) known.delete(id);
};

type Subject = Pick<RevocationDocument, "id" | "token_id" | "principal_id" | "until">;

const aboutToken = ({
  tokenId,
  expiresAtMs,
}: {
  tokenId: string;
  expiresAtMs?: number;
}): Subject => ({
  id: `token:${tokenId}`,
  token_id: tokenId,
  principal_id: null,
  ...(expiresAtMs !== undefined && { until: expiresAtMs }),
});

/** Tokens of our own live for so long at most; how long those of others live only they know. */
const aboutPrincipal = ({ principalId }: { principalId: string }, at: number): Subject => ({
  id: `principal:${principalId}#${at}`,
  token_id: null,
  principal_id: principalId,
  ...(!isFromOutside(principalId) && { until: at + tokenMs }),
});

/** Takes away revocations of which every token has expired by every replica's clock. */
export const forgetRevocations = (
  { documents, clock }: RevocationsDeps,
  signal: AbortSignal,
): Promise<void> =>
  removeExpired(documents.collection(revocationCollection), {
    field: "until",
    beforeMs: clock.now() - clocksApartMs,
    signal,
  });
