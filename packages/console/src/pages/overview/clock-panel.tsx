import { Link } from "wouter";
import { serverClock, useOperation } from "../../api/service.ts";
import { useQuickTime } from "../../api/ticker.ts";
import { formatSpan } from "../../format/time.ts";
import { calendarOf, readEpochClock, type Network } from "../../model/epoch-clock.ts";
import { Meter } from "../../parts/meter.tsx";
import { Panel } from "../../parts/panel.tsx";
import { Unknown } from "../../parts/unknown.tsx";

export const ClockPanel = () => (
  <Panel title="Clock" className="tile" query={useOperation("getNetwork", {})}>
    {(network) => <RunningClock network={network} />}
  </Panel>
);

const RunningClock = ({ network }: { network: Network }) => {
  const nowMs = serverClock.at(useQuickTime());
  if (nowMs === null) return <Unknown why="the service has not told its time" />;
  const clock = readEpochClock(network, nowMs);
  const { slotsPerEpoch } = calendarOf(network);
  return (
    <div className="pair" role="timer" aria-label="Slot and epoch clock">
      <div>
        <p className="figure" data-testid="slot">
          <span className="figure-name">Slot</span> {clock.slot}
        </p>
        <Meter share={clock.slotProgress} />
        <p className="note">ends in {formatSpan(clock.slotEndsInMs)}</p>
      </div>
      <div>
        <p className="figure" data-testid="epoch">
          <span className="figure-name">Epoch</span>{" "}
          <Link href={`/epochs/${clock.epoch}`}>{clock.epoch}</Link>
        </p>
        <Meter share={clock.epochProgress} />
        <p className="note">
          ends in {formatSpan(clock.epochEndsInMs)} <br />
          slot {clock.slotIndex + 1} of {slotsPerEpoch}
        </p>
      </div>
    </div>
  );
};
