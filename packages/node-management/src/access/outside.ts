import {
  createKeySetIssuer,
  createSecretIssuer,
  type KeySetDeps,
  type TokenIssuer,
} from "@lucid/platform/http";
import { utf8 } from "@lucid/protocol";
import { Fault } from "../shared/fault.ts";

/** Roles of people. Nodes, owners and services sign in with their own keys only. */
const peopleRoles = ["operator", "treasurer", "admin", "auditor"];

export type OutsideSettings = {
  readonly JWT_SECRET?: string | undefined;
  readonly PREVIOUS_JWT_SECRET?: string | undefined;
  readonly JWKS_URL?: string | undefined;
  readonly JWKS_ALGORITHMS: readonly string[];
  readonly JWT_ISSUER?: string | undefined;
  readonly JWT_AUDIENCE?: string | undefined;
  readonly JWT_ROLES_CLAIM: string;
  readonly JWT_ROLES: readonly string[];
};

/** Who else issues tokens for people, as the settings say. Throws `config.sign_in` for what cannot hold. */
export const createOutsideIssuers = (
  settings: OutsideSettings,
  { networkId, ...deps }: KeySetDeps & { readonly networkId: string },
): TokenIssuer[] => {
  const { JWT_SECRET, PREVIOUS_JWT_SECRET, JWKS_URL, JWT_ISSUER, JWT_AUDIENCE } = settings;
  const options = {
    issuer: JWT_ISSUER ?? networkId,
    audience: JWT_AUDIENCE ?? networkId,
    rolesClaim: settings.JWT_ROLES_CLAIM,
    roles: new Map(settings.JWT_ROLES.map(parseRole)),
    allowed: peopleRoles,
  };
  const issuers: TokenIssuer[] = [];
  if (PREVIOUS_JWT_SECRET !== undefined && JWT_SECRET === undefined)
    throw refuse("PREVIOUS_JWT_SECRET needs JWT_SECRET, which follows it");
  if (JWT_SECRET !== undefined) {
    const secrets = [JWT_SECRET, PREVIOUS_JWT_SECRET].filter((secret) => secret !== undefined);
    const make = () => createSecretIssuer(secrets.map(utf8), options);
    issuers.push(checked("JWT_SECRET", make));
  }
  if (JWKS_URL !== undefined) {
    if (JWT_ISSUER === undefined)
      throw refuse("JWKS_URL needs JWT_ISSUER: the `iss` that the sign-in service writes");
    const url = new URL(JWKS_URL);
    const make = () =>
      createKeySetIssuer(deps, { ...options, url, algorithms: settings.JWKS_ALGORITHMS });
    issuers.push(checked("JWKS_ALGORITHMS", make));
  }
  return issuers;
};

const parseRole = (pair: string): readonly [string, string] => {
  const at = pair.lastIndexOf("=");
  const role = pair.slice(at + 1);
  if (at > 0 && peopleRoles.includes(role)) return [pair.slice(0, at), role];
  throw refuse(`JWT_ROLES: "${pair}" is not <value>=<role>, with one of ${peopleRoles.join(", ")}`);
};

const checked = (name: string, make: () => TokenIssuer): TokenIssuer => {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw refuse(`${name}: ${error.message}`);
  }
};

const refuse = (message: string): Fault => new Fault("config.sign_in", message);
