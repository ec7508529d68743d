import { Identifier } from "./identifier.tsx";
import type { Column } from "./table.tsx";

type Props = { readonly id: string; readonly whole?: boolean };

/** A node's id with the way to its page. */
export const NodeLink = ({ id, whole = false }: Props) => (
  <Identifier id={id} what="node id" href={`/nodes/${id}`} whole={whole} />
);

/** An owner's id with the way to its page. */
export const OwnerLink = ({ id, whole = false }: Props) => (
  <Identifier id={id} what="owner id" href={`/owners/${id}`} whole={whole} />
);

/** A payout's id with the way to its page. */
export const PayoutLink = ({ id }: Props) => (
  <Identifier id={id} what="payout id" href={`/payouts/${id}`} />
);

export const nodeColumn: Column<{ readonly node_id: string }> = {
  label: "Node",
  cell: ({ node_id }) => <NodeLink id={node_id} />,
};

export const ownerColumn: Column<{ readonly owner_id: string }> = {
  label: "Owner",
  cell: ({ owner_id }) => <OwnerLink id={owner_id} />,
};
