import { blockRoutes, type Role, routes, streamRoutes } from "@lucid/api";
import * as fc from "fast-check";
import { brokenRequest } from "./broken.ts";
import { goodRequest, type Parts } from "./good.ts";
import { faultsOf, namesField } from "./judge.ts";
import type { Operation } from "./schema.ts";
import { type Answer, type Mangling, manglings, send } from "./send.ts";
import type { FuzzWorld } from "./world.ts";

/** One request: as it would be right, as it is sent, where the two differ, and who sends it. */
export type Asked = {
  readonly good: Parts;
  readonly parts: Parts;
  readonly pointer: string | null;
  readonly mangling: Mangling;
  readonly role: Role;
};

const table: Readonly<Record<string, { readonly roles: readonly Role[] }>> = {
  ...routes,
  ...streamRoutes,
  ...blockRoutes,
};
const rolesOf = ({ operationId }: Operation): readonly Role[] =>
  table[operationId]?.roles ?? ["anyone"];

/** A third of the requests is good; in the others one thing is wrong. */
export const askedOf = (operation: Operation, { names }: FuzzWorld): fc.Arbitrary<Asked> => {
  const request = goodRequest(operation, names).chain((good) => {
    const asItIs = fc.constant({ good, parts: good, pointer: null });
    const broken = brokenRequest(good, names).map((one) => ({ good, ...one }));
    return fc.oneof(asItIs, { weight: 2, arbitrary: broken });
  });
  const mangling = fc.oneof(
    { weight: 12, arbitrary: fc.constant("none" as const) },
    { weight: 1, arbitrary: fc.constantFrom(...manglings) },
  );
  return fc
    .record({ request, mangling, role: fc.constantFrom(...rolesOf(operation)) })
    .map(({ request: parts, ...rest }) => ({ ...parts, ...rest }));
};

/** Sends one request and tells what is wrong with the answer, if anything is. */
export const ask = async (
  world: FuzzWorld,
  operation: Operation,
  { good, parts, pointer, mangling, role }: Asked,
): Promise<{ readonly answer: Answer; readonly faults: readonly string[] }> => {
  const sent = async (what: Parts, how: Mangling): Promise<Answer> => {
    const token = await world.tokenOf(role, what);
    return send(world.url, { operation, parts: what, mangling: how, token });
  };
  const answer = await sent(parts, mangling);
  const faults = faultsOf(operation, answer);
  if (pointer === null || mangling !== "none" || namesField(answer, pointer))
    return { answer, faults };
  // A schema does not say everything: perhaps the request was wrong somewhere else from the beginning.
  const { status } = await sent(good, "none");
  return { answer, faults: status === 422 ? faults : [...faults, `does not name ${pointer}`] };
};
