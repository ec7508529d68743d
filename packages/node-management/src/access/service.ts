import type { Clock } from "@lucid/platform/clock";
import type { Documents } from "@lucid/platform/documents";
import type { Principal, Tokens } from "@lucid/platform/http";
import {
  isAddress,
  nodeId,
  ProtocolError,
  recoverAddress,
  tokenText,
  verifyObject,
} from "@lucid/protocol";
import type { Network } from "../shared/network.ts";
import { type Challenge, createChallenges } from "./challenges.ts";
import { tokenMs } from "./rules.ts";

/** A signed challenge: by an Ed25519 key (`publicKey`) or by a wallet (`address`). */
export type SignInAnswer = {
  readonly challenge: string;
  readonly expiresAt: number;
  readonly publicKey?: string | undefined;
  readonly address?: string | undefined;
  readonly signature: string;
};

export type SignInVerdict =
  | {
      readonly outcome: "signed_in";
      readonly token: string;
      readonly expiresAtMs: number;
      readonly principal: Principal;
    }
  | {
      readonly outcome: "refused";
      readonly code: "access.challenge" | "access.signature" | "access.unknown_key";
      readonly detail: string;
    };

export type Access = {
  challenge(): Challenge;
  signIn(answer: SignInAnswer): Promise<SignInVerdict>;
};

/** Knows nodes by id and owners by address. */
export type Members = {
  isNode(nodeId: string): boolean;
  ownerIdOf(address: string): string | null;
};

export type AccessDeps = {
  readonly network: Network;
  readonly documents: Pick<Documents, "collection">;
  readonly clock: Clock;
  readonly tokens: Tokens;
  readonly members: Members;
  readonly randomBytes: (length: number) => Uint8Array;
};

export type PeopleRole = "admin" | "operator" | "treasurer" | "auditor";

export type AccessOptions = {
  /** Public keys (hex) of people, by their role. */
  readonly peopleKeys: Readonly<Record<PeopleRole, readonly string[]>>;
  /** Makes challenges ours; the same in every replica. */
  readonly challengeSecret: Uint8Array;
};

type Refused = Extract<SignInVerdict, { outcome: "refused" }>;
type Code = Refused["code"];

const refuse = (code: Code, detail: string): Refused => ({ outcome: "refused", code, detail });

const notOpen = refuse("access.challenge", "/challenge was not made here, is used or has expired");

/** Sign-in by signing a challenge: nodes and people with their key, owners with their wallet. */
export const createAccess = (
  { network, documents, clock, tokens, members, randomBytes }: AccessDeps,
  { peopleKeys, challengeSecret }: AccessOptions,
): Access => {
  const challenges = createChallenges(
    { documents, clock, randomBytes },
    { secret: challengeSecret },
  );
  const people = rolesByKey(peopleKeys);

  const principalOfKey = (publicKey: string): Principal | null => {
    const id = nodeId(publicKey);
    const roles = people.get(publicKey);
    if (roles !== undefined) return { kind: "person", id: id.replace(/^node_/, "person_"), roles };
    return members.isNode(id) ? { kind: "node", id, roles: ["node"] } : null;
  };

  const principalOfAddress = (address: string): Principal | null => {
    const owner = members.ownerIdOf(address);
    return owner === null ? null : { kind: "owner", id: owner, roles: ["owner"] };
  };

  const isSigned = (answer: SignInAnswer): boolean => {
    const { challenge, expiresAt, publicKey, address, signature } = answer;
    if (publicKey !== undefined) {
      const signed = { challenge, public_key: publicKey, expires_at: expiresAt };
      return verifyObject("token", network.networkId, signed, signature, publicKey);
    }
    if (address === undefined || !isAddress(address)) return false;
    const text = tokenText({ networkId: network.networkId, address, challenge, expiresAt });
    return recovers(text, signature, address);
  };

  const principalOf = ({ publicKey, address }: SignInAnswer): Principal | null => {
    if (publicKey !== undefined) return principalOfKey(publicKey);
    return address === undefined ? null : principalOfAddress(address);
  };

  return {
    challenge: challenges.make,
    signIn: async (answer) => {
      if (!challenges.isOpen(answer)) return notOpen;
      const principal = principalOf(answer);
      if (principal === null)
        return refuse("access.unknown_key", "no node, owner or person has this key or address");
      if (!isSigned(answer))
        return refuse(
          "access.signature",
          answer.publicKey === undefined
            ? "/signature is not that of /address over the token text of this challenge"
            : "/signature is not that of /public_key over {challenge, public_key, expires_at}",
        );
      if (!(await challenges.answer(answer))) return notOpen;
      return { outcome: "signed_in", principal, ...(await tokens.issue(principal, tokenMs)) };
    },
  };
};

/** One person may have several roles. */
const rolesByKey = (peopleKeys: AccessOptions["peopleKeys"]): ReadonlyMap<string, PeopleRole[]> => {
  const roles = new Map<string, PeopleRole[]>();
  for (const [role, keys] of Object.entries(peopleKeys) as [PeopleRole, string[]][])
    for (const key of keys) roles.set(key, [...(roles.get(key) ?? []), role]);
  return roles;
};

const recovers = (text: string, signature: string, address: string): boolean => {
  try {
    return recoverAddress(text, signature) === address;
  } catch (error) {
    if (error instanceof ProtocolError) return false;
    throw error;
  }
};
