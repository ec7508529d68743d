import type { About } from "../../model/leaves.ts";
import { Money } from "../../parts/money.tsx";
import { NodeLink, OwnerLink } from "../../parts/who.tsx";

/** Whom a leaf is about, with the way there. */
export const LeafAbout = ({ about: { nodeId, ownerId, words } }: { about: About }) => (
  <>
    {words}
    {words !== undefined && (nodeId ?? ownerId) !== undefined && " · "}
    {nodeId !== undefined && <NodeLink id={nodeId} />}
    {ownerId !== undefined && <OwnerLink id={ownerId} />}
  </>
);

/** What a leaf moves, if it is about money. */
export const LeafAmount = ({ about: { usdt }, unit = false }: { about: About; unit?: boolean }) =>
  usdt === undefined ? null : <Money usdt={usdt} unit={unit} />;
