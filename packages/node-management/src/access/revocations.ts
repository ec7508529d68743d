import type { ChoreDefinition } from "@lucid/platform/chores";
import type { Clock } from "@lucid/platform/clock";
import type { Documents } from "@lucid/platform/documents";
import type { Principal } from "@lucid/platform/http";
import { type Page, pageOf, type PageRequest } from "../shared/page.ts";
import { insertOrFind } from "../shared/written.ts";
import { type RevocationDocument, revocationCollection } from "./documents.ts";
import { revocationsMs } from "./rules.ts";

export type Revoking = Pick<RevocationDocument, "reason" | "by"> &
  ({ readonly tokenId: string } | { readonly principalId: string });

export type Revocations = {
  /** Holds here at once, and in every other replica with its next look. The same token again finds the first word. */
  revoke(revoking: Revoking): Promise<RevocationDocument>;
  list(request: PageRequest): Promise<Page<RevocationDocument>>;
  isRevoked(principal: Principal): boolean;
  /** Reads what others revoked since the last look. */
  refresh(): Promise<void>;
};

/** Clocks of replicas may differ by this much. */
const overlapMs = 60_000;

/** Tokens that are worth nothing before they expire; every replica keeps them in memory. */
export const createRevocations = async ({
  documents,
  clock,
}: {
  readonly documents: Pick<Documents, "collection">;
  readonly clock: Pick<Clock, "now">;
}): Promise<Revocations> => {
  const stored = documents.collection(revocationCollection);
  const tokens = new Set<string>();
  const principals = new Map<string, number>();
  let readUntil = 0;

  const note = ({ token_id, principal_id, at }: RevocationDocument): void => {
    if (token_id !== null) tokens.add(token_id);
    if (principal_id !== null)
      principals.set(principal_id, Math.max(at, principals.get(principal_id) ?? 0));
  };
  const refresh = async (): Promise<void> => {
    const news = await stored.find({ where: { at: { gte: readUntil - overlapMs } } });
    for (const revocation of news) {
      note(revocation);
      readUntil = Math.max(readUntil, revocation.at);
    }
  };
  await refresh();

  return {
    refresh,
    revoke: async ({ reason, by, ...what }) => {
      const at = clock.now();
      const [id, token_id, principal_id] =
        "tokenId" in what
          ? [`token:${what.tokenId}`, what.tokenId, null]
          : [`principal:${what.principalId}#${at}`, null, what.principalId];
      const revocation = { id, token_id, principal_id, reason, by, at };
      const { stored: standing } = await insertOrFind(stored, revocation);
      note(standing);
      return standing;
    },
    list: async (request) => {
      const { page, limit, skip } = pageOf(request);
      const [items, total] = await Promise.all([
        stored.find({ sort: [["at", "desc"]], skip, limit }),
        stored.count(),
      ]);
      return { items, total, page, limit };
    },
    isRevoked: ({ id, token }) =>
      token !== undefined &&
      (tokens.has(token.id) || token.issuedAtMs <= (principals.get(id) ?? -Infinity)),
  };
};

/** Each replica looks for itself. */
export const createRevocationsChore = (
  revocations: Pick<Revocations, "refresh">,
): ChoreDefinition => ({
  name: "revocations",
  periodMs: revocationsMs,
  timeoutMs: 10_000,
  run: () => revocations.refresh(),
});
