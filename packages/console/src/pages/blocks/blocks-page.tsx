import { paginationOf } from "@lucid/api";
import { findLie, useLog } from "../../api/log.ts";
import { useParameters } from "../../api/parameters.ts";
import { pageNumberOf } from "../../model/page-number.ts";
import { Page } from "../../page.tsx";
import { Empty } from "../../parts/empty.tsx";
import { Pager } from "../../parts/pager.tsx";
import { BlocksTable } from "./blocks-table.tsx";
import { LogFactsPanel } from "./log-facts-panel.tsx";
import { LogPanel } from "./log-panel.tsx";

const LIMIT = 25;

/** The public log, read and checked by this browser; where one reading finds a lie, nothing else of it is shown. */
export const BlocksPage = () => {
  const [parameters, change] = useParameters();
  const goTo = (to: number) => change({ page: to === 1 ? null : String(to) });
  const facts = useLog("facts");
  const blocks = useLog("blocks", pageNumberOf(parameters.get("page")), LIMIT);
  const lie = findLie(facts, blocks);
  return (
    <Page title="Blocks">
      {lie === null && blocks.data !== undefined && <LogFactsPanel facts={facts} />}
      <LogPanel title="Blocks" query={lie ?? blocks}>
        {({ page, size, blocks: shown }) =>
          size === 0 ? (
            <Empty title="No block yet.">
              The first one is sealed when the first slot is over.
            </Empty>
          ) : (
            <>
              <BlocksTable blocks={shown} />
              <Pager of="blocks" pagination={paginationOf(page, LIMIT, size)} onPage={goTo} />
            </>
          )
        }
      </LogPanel>
    </Page>
  );
};
