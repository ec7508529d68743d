import { Link, Redirect } from "wouter";
import { useLog } from "../../api/log.ts";
import { formatCount } from "../../format/numbers.ts";
import { Page } from "../../page.tsx";
import { shortId } from "../../format/ids.ts";
import { Empty } from "../../parts/empty.tsx";
import { LogPanel } from "./log-panel.tsx";

/** No file of the log tells heights by hash, so this many headers are read. */
const MOST = 2048;

/** Goes to the block with a header hash. */
export const BlockByHash = ({ hash }: { hash: string }) => {
  const found = useLog("heightOf", hash, MOST);
  return (
    <Page title={`Block ${shortId(hash)}`}>
      <LogPanel title="Header" query={found}>
        {(height) =>
          height === null ? (
            <Empty title="No block has this hash.">
              The latest {formatCount(MOST)} were looked at.{" "}
              <Link href="/blocks">Look at all blocks.</Link>
            </Empty>
          ) : (
            <Redirect to={`/blocks/${height}`} replace />
          )
        }
      </LogPanel>
    </Page>
  );
};
