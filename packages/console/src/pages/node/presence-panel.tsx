import type { ResponseOf, Routes } from "@lucid/api";
import { useOperation } from "../../api/service.ts";
import { plural } from "../../format/numbers.ts";
import { calendarOf, type Network } from "../../model/epoch-clock.ts";
import { describePresence } from "../../model/presence.ts";
import { Empty } from "../../parts/empty.tsx";
import { Panel } from "../../parts/panel.tsx";
import { PresenceLegend } from "../../parts/presence-legend.tsx";
import { MissedSlots } from "./missed-slots.tsx";
import { PresenceDay } from "./presence-day.tsx";

const SLOTS = 360;
const PER_ROW = 60;

/** A node's recent slots in rows, and every gap with its time. */
export const PresencePanel = ({ nodeId }: { nodeId: string }) => {
  const network = useOperation("getNetwork", {}).data?.value;
  return (
    <Panel
      title="Recent presence"
      query={useOperation("getPresence", { query: { node_id: nodeId, slots: SLOTS } })}
    >
      {(presence) => network && <RecentSlots presence={presence} network={network} />}
    </Panel>
  );
};

type Props = { presence: ResponseOf<Routes["getPresence"]>; network: Network };

const RecentSlots = ({ presence, network }: Props) => {
  const slots = presence.items[0]?.slots ?? "";
  if (slots === "") return <Empty title="No slot of this node is known yet." />;
  const fromSlot = presence.from_slot;
  return (
    <>
      <p className="lead">
        Last {plural(slots.length, "slot")}: {describePresence(slots, fromSlot)}.
      </p>
      <PresenceDay
        slots={slots}
        fromSlot={fromSlot}
        perRow={PER_ROW}
        network={network}
        slotsPerEpoch={calendarOf(network).slotsPerEpoch}
      />
      <PresenceLegend />
      <MissedSlots slots={slots} fromSlot={fromSlot} network={network} />
    </>
  );
};
