import type { About } from "../../model/leaves.ts";
import { Identifier } from "../../parts/identifier.tsx";
import { Money } from "../../parts/money.tsx";

/** Whom a leaf is about, with the way there. */
export const LeafAbout = ({ about: { nodeId, ownerId, words } }: { about: About }) => (
  <>
    {words}
    {words !== undefined && (nodeId ?? ownerId) !== undefined && " · "}
    {nodeId !== undefined && <Identifier id={nodeId} what="node id" href={`/nodes/${nodeId}`} />}
    {ownerId !== undefined && (
      <Identifier id={ownerId} what="owner id" href={`/owners/${ownerId}`} />
    )}
  </>
);

/** What a leaf moves, if it is about money. */
export const LeafAmount = ({ about: { usdt }, unit = false }: { about: About; unit?: boolean }) =>
  usdt === undefined ? null : <Money usdt={usdt} unit={unit} />;
