import { BlockPage } from "./block-page.tsx";
import { BlockByHash } from "./block-by-hash.tsx";
import { BlocksPage } from "./blocks-page.tsx";

/** The public log: all blocks, one of them by its height, or by its header hash. */
export const Explorer = ({ id }: { id: string | undefined }) => {
  if (id === undefined) return <BlocksPage />;
  return /^[0-9a-f]{64}$/.test(id) ? (
    <BlockByHash key={id} hash={id} />
  ) : (
    <BlockPage key={id} id={id} />
  );
};
