import { useOperation } from "../../api/service.ts";
import { formatBasisPoints } from "../../format/numbers.ts";
import { Since } from "../../parts/age.tsx";
import { Facts } from "../../parts/facts.tsx";
import { Panel } from "../../parts/panel.tsx";
import { Status } from "../../parts/status.tsx";
import { Unknown } from "../../parts/unknown.tsx";

/** Is it heard, and how does the open epoch stand. */
export const NowPanel = ({ nodeId }: { nodeId: string }) => (
  <Panel title="Now" query={useOperation("getNodeStatus", { params: { node_id: nodeId } })}>
    {(now) => (
      <>
        <p className="lead">
          <Status word={now.status} /> {now.why}
        </p>
        <Facts
          facts={[
            {
              name: "Last beacon",
              value:
                now.last_beacon_at === null ? (
                  "none in this epoch or the last"
                ) : (
                  <>
                    <Since at={now.last_beacon_at} /> · slot {now.last_beacon_slot}
                  </>
                ),
            },
            { name: `Epoch ${now.epoch}`, value: `${now.present} of ${now.eligible} slots heard` },
            {
              name: "Uptime so far",
              value:
                now.uptime_bp === null ? (
                  <Unknown why="no slot of this epoch counts yet" />
                ) : (
                  `${formatBasisPoints(now.uptime_bp)} %`
                ),
            },
            {
              name: "Commitment",
              value: now.committed ? "made for this epoch" : "not made for this epoch",
            },
          ]}
        />
      </>
    )}
  </Panel>
);
