import type { Role } from "@lucid/api";
import { createTokens, type Principal } from "@lucid/platform/http";
import { fromHex } from "@lucid/protocol";
import type { Names, Parts } from "./good.ts";

/** A running service that is fuzzed. */
export type FuzzWorld = AsyncDisposable & {
  readonly url: string;
  readonly names: Names;
  /** A fresh token of somebody who has the role; a node or owner that the request is about, if it is about one. */
  tokenOf(role: Role, parts: Parts): Promise<string | null>;
  /** Lets time pass, so that nothing waits for a limit. */
  breathe(): Promise<void>;
  /** What is not whole in what the service keeps, as sentences. */
  wrong(): Promise<string[]>;
};

const tokenMs = 3_600_000;
let people = 0;

/** Whose a node is, for tokens of owners. */
export type OwnerOf = (nodeId: string) => string | undefined;

const fieldOf = ({ path, body }: Parts, field: string): unknown => {
  const inBody = typeof body === "object" && body !== null ? Object.entries(body) : [];
  return [...Object.entries(path ?? {}), ...inBody].find(([name]) => name === field)?.[1];
};

const aboutOf = (parts: Parts, field: string, names: Names): string => {
  const known = names[field] ?? [];
  const found = fieldOf(parts, field);
  return known.find((id) => id === found) ?? known[0] ?? "nobody";
};

/** Signs tokens of a network; every person is another one, whose limits are untouched. */
export const createTokenOf = (
  tokenKey: string,
  {
    networkId,
    clock,
    names,
    ownerOf = () => undefined,
  }: { networkId: string; clock: { now(): number }; names: Names; ownerOf?: OwnerOf },
): FuzzWorld["tokenOf"] => {
  const tokens = createTokens({ key: fromHex(tokenKey), issuer: networkId, clock });
  const principalOf = (role: Exclude<Role, "anyone">, parts: Parts): Principal => {
    const roles = [role];
    if (role === "node") return { kind: role, id: aboutOf(parts, "node_id", names), roles };
    if (role === "owner") {
      const owner =
        fieldOf(parts, "node_id") === undefined
          ? undefined
          : ownerOf(aboutOf(parts, "node_id", names));
      return { kind: role, id: owner ?? aboutOf(parts, "owner_id", names), roles };
    }
    return { kind: role === "service" ? "service" : "person", id: `person ${people++}`, roles };
  };
  return async (role, parts) =>
    role === "anyone" ? null : (await tokens.issue(principalOf(role, parts), tokenMs)).token;
};
