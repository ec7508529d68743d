import { framedLength } from "@lucid/protocol";
import type { Genesis } from "@lucid/protocol";
import { problem } from "./problem.ts";
import type { Step } from "./step.ts";

/** No record that may wait is longer: so much room may stay free in a body that leaves one for the next. */
const LONGEST_RECORD_BYTES = 65_536;

/**
 * Only a full body leaves something for the next one. Otherwise an operator could say for ever that something waits, and
 * put off settlement with it, and everything that is late only when nothing waited.
 */
export const createBacklogCheck =
  ({ max_body_bytes }: Genesis): Step =>
  ({ header, slot, body }) => {
    if (header.backlog === 0) return null;
    const bytes = body.reduce((sum, leaf) => sum + framedLength(leaf.bytes), 0);
    if (bytes >= max_body_bytes - LONGEST_RECORD_BYTES) return null;
    return problem(
      "header.backlog",
      `The block of slot ${slot} says that ${header.backlog} records found no room, but its body has ${bytes} bytes where ${max_body_bytes} are allowed.`,
    );
  };
