import { createMaintenanceBook } from "@lucid/protocol";
import type { Bitmap, Genesis } from "@lucid/protocol";
import type { Tally } from "../report/tally.ts";
import type { Placed, TimedBlock } from "./block.ts";
import type { Members } from "./members.ts";
import { problem } from "./problem.ts";
import type { Verdict } from "./problem.ts";

/** Announced work on nodes, as far as the rules excuse it. */
export type Maintenance = {
  /** A record that asks for too much, or too late, is void: it changes nothing, and is no lie. */
  readonly announce: (placed: Placed<"maintenance">, block: TimedBlock) => Verdict;
  readonly slots: (nodeId: string, epoch: number) => Bitmap | undefined;
  readonly forgetBefore: (epoch: number) => void;
};

type Deps = {
  readonly genesis: Genesis;
  readonly members: Pick<Members, "byId">;
  readonly tally: Tally;
};

export const createMaintenance = ({ genesis, members, tally }: Deps): Maintenance => {
  const book = createMaintenanceBook(genesis);
  return {
    announce: ({ data, at }, block) => {
      if (members.byId(data.node_id) === undefined)
        return problem(
          "maintenance.unknown_node",
          `Work on ${data.node_id} is announced, which never enrolled.`,
          at,
        );
      if (book.add(data, block.slot).ok) tally.check("maintenance");
      return null;
    },
    slots: (nodeId, epoch) => book.slots(nodeId, epoch),
    forgetBefore: (epoch) => book.forgetBefore(epoch),
  };
};
