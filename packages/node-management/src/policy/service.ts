import type { Clock } from "@lucid/platform/clock";
import type { Documents } from "@lucid/platform/documents";
import { epochOf, policyHash, policyInForce, slotAt, type Policy } from "@lucid/protocol";
import { Fault } from "../shared/fault.ts";
import type { Network } from "../shared/network.ts";
import { pageOfList } from "../shared/page.ts";
import { scanById } from "../shared/scan.ts";
import { insertOrFind } from "../shared/written.ts";
import type { AnnounceVerdict, Policies, StoredPolicy } from "./contract.ts";
import { documentToPolicy, policyCollection, policyToDocument } from "./documents.ts";
import { announceRefusal, isRefusal, readPolicy, refusePolicy } from "./rules.ts";

export type PoliciesDeps = {
  readonly documents: Documents;
  readonly network: Network;
  readonly clock: Clock;
};

/**
 * Loads the policies; an empty store begins with `firstPolicy` (policy.json).
 * Throws `policy.first` when that is not acceptable or not the version 1 that the store has.
 */
export const createPolicies = async (
  { documents, network, clock }: PoliciesDeps,
  { firstPolicy }: { readonly firstPolicy: unknown },
): Promise<Policies> => {
  const { genesis } = network;
  const collection = documents.collection(policyCollection);
  const stored: StoredPolicy[] = [];

  const store = async (policy: Policy, by: string): Promise<AnnounceVerdict> => {
    const document = policyToDocument(policy, { atMs: clock.now(), by });
    const found = await insertOrFind(collection, document);
    const known = stored.find(({ version }) => version === policy.version);
    const entry = known ?? documentToPolicy(found.stored);
    if (known === undefined) stored.push(entry);
    if (found.inserted) return { outcome: "announced", stored: entry };
    return entry.policyHash === policyHash(policy)
      ? { outcome: "found", stored: entry }
      : refusePolicy("policy.conflict", `version ${policy.version} exists with other content`);
  };

  const follow = async (): Promise<void> => {
    const where = { version: { gt: stored.at(-1)?.version ?? 0 } };
    for (const document of await collection.find({ where, sort: [["version", "asc"]] }))
      if (document.version > (stored.at(-1)?.version ?? 0)) stored.push(documentToPolicy(document));
  };

  const announce = async (document: unknown, by: string): Promise<AnnounceVerdict> => {
    const policy = readPolicy(document);
    if (isRefusal(policy)) return policy;
    await follow();
    if (stored.some(({ version }) => version === policy.version)) return store(policy, by);
    const epoch = epochOf(genesis, slotAt(genesis, clock.now()));
    return announceRefusal(policy, { latestVersion: stored.length, epoch }) ?? store(policy, by);
  };

  await scanById(collection, (document) => void stored.push(documentToPolicy(document)));
  stored.sort((a, b) => a.version - b.version);
  const seeded = await store(firstPolicyOf(network, firstPolicy), "genesis");
  if (seeded.outcome === "refused") {
    throw new Fault(
      "policy.first",
      "policy.json is not the first policy of this store; put the original back, and announce changes with POST /api/v1/policies",
    );
  }

  const firstEpoch = epochOf(genesis, genesis.first_slot);
  /** Before the network's first epoch, in the slot it was founded in, its first policy is in force already. */
  const forEpoch = (epoch: number): Policy =>
    policyInForce(
      stored.map(({ policy, version }) => ({ policy, sealed_order: version })),
      Math.max(epoch, firstEpoch),
    );
  return {
    forEpoch,
    forSlot: (slot) => forEpoch(epochOf(genesis, slot)),
    version: (version) => stored.find((entry) => entry.version === version)?.policy ?? null,
    list: (request) => pageOfList(stored.toReversed(), request),
    announce,
    follow,
  };
};

const firstPolicyOf = ({ genesis }: Network, document: unknown): Policy => {
  const policy = readPolicy(document);
  if (isRefusal(policy)) throw new Fault("policy.first", `policy.json: ${policy.detail}`);
  const epoch = epochOf(genesis, genesis.first_slot);
  if (policy.version === 1 && policy.from_epoch === epoch) return policy;
  throw new Fault(
    "policy.first",
    `policy.json: the first policy has version 1 and from_epoch ${epoch}, that of genesis' first_slot`,
  );
};
