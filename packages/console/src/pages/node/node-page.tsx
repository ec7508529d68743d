import { useOperation } from "../../api/service.ts";
import { shortId } from "../../format/ids.ts";
import { Page } from "../../page.tsx";
import { Identifier } from "../../parts/identifier.tsx";
import { HistoryPanel } from "./history-panel.tsx";
import { LookedAfter } from "./looked-after.tsx";
import { MaintenancePanel } from "./maintenance-panel.tsx";
import { NodeFactsPanel } from "./node-facts-panel.tsx";
import { NowPanel } from "./now-panel.tsx";
import { PresencePanel } from "./presence-panel.tsx";
import { ScorePanel } from "./score-panel.tsx";
import { UnknownSubject } from "../unknown-subject.tsx";

export const NodePage = ({ id }: { id: string }) => {
  const node = useOperation("getNode", { params: { node_id: id } });
  return (
    <Page
      title={`Node ${shortId(id)}`}
      heading={
        <>
          Node <Identifier id={id} what="node id" whole />
        </>
      }
    >
      <UnknownSubject error={node.error} what="node">
        <div className="halves">
          <NowPanel nodeId={id} />
          <NodeFactsPanel node={node} />
        </div>
        <MaintenancePanel nodeId={id} />
        <LookedAfter node={node} />
        <PresencePanel nodeId={id} />
        <div className="halves">
          <ScorePanel nodeId={id} />
          <HistoryPanel nodeId={id} />
        </div>
      </UnknownSubject>
    </Page>
  );
};
