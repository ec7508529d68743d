import { Link, useSearchParams } from "wouter";
import { useLog, useProven } from "../../api/log.ts";
import { wantedLeaf } from "../../model/find-leaf.ts";
import { Page } from "../../page.tsx";
import { Empty } from "../../parts/empty.tsx";
import { HeaderFacts } from "./header-facts.tsx";
import { LeavesPanel } from "./leaves-panel.tsx";
import { LogPanel } from "./log-panel.tsx";
import { Neighbours } from "./neighbours.tsx";
import { WantedLeaf } from "./wanted-leaf.tsx";

/** One block; `?leaf=12` or `?find=ledger_entry:<key>` opens a leaf with its proof. */
export const BlockPage = ({ id }: { id: string }) => {
  const height = /^[0-9]{1,15}$/.test(id) ? Number(id) : null;
  const size = useLog("size");
  const blocks = size.data?.value.holds === true ? size.data.value.value : null;
  const isThere = height !== null && blocks !== null && height < blocks;
  return (
    <Page title={`Block ${id}`}>
      {isThere ? (
        <BlockOf height={height} size={blocks} />
      ) : (
        <LogPanel title="Header" query={size}>
          {(count) => <NoBlock id={id} size={count} isHeight={height !== null} />}
        </LogPanel>
      )}
    </Page>
  );
};

type NoBlockProps = { readonly id: string; readonly size: number; readonly isHeight: boolean };

const NoBlock = ({ id, size, isHeight }: NoBlockProps) => (
  <Empty title={isHeight ? `The log has no block ${id} yet.` : `“${id}” is no block.`}>
    {size === 0 ? "The log has no block at all so far." : `The log's latest one is ${size - 1}.`}{" "}
    <Link href="/blocks">Look at all blocks.</Link>
  </Empty>
);

const BlockOf = ({ height, size }: { height: number; size: number }) => {
  const [search] = useSearchParams();
  const wanted = wantedLeaf(search);
  const block = useProven("block", height);
  const body = useProven("body", height);
  return (
    <>
      {wanted !== null && (
        <WantedLeaf height={height} wanted={wanted} hash={search.get("hash")} body={body} />
      )}
      <LogPanel title="Header" query={block} lasting>
        {(value) => (
          <>
            <HeaderFacts block={value} />
            <Neighbours height={height} size={size} />
          </>
        )}
      </LogPanel>
      {(wanted === null || body.data?.value.holds === true) && (
        <LeavesPanel height={height} body={body} wanted={wanted} />
      )}
    </>
  );
};
