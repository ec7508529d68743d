import { accessErrors } from "./access.ts";
import { addressErrors } from "./addresses.ts";
import { beaconErrors } from "./beacons.ts";
import { blockErrors } from "./blocks.ts";
import { enrolmentErrors } from "./enrolment.ts";
import { epochErrors } from "./epochs.ts";
import { holdErrors } from "./holds.ts";
import { nodeErrors } from "./nodes.ts";
import { payoutErrors } from "./payouts.ts";
import { poolErrors } from "./pools.ts";
import { requestErrors } from "./request.ts";
import { treasuryErrors } from "./treasury.ts";
import type { ErrorEntry } from "./entry.ts";

export type { ErrorEntry };

/** Every error that a Lucid service answers: code, status, retry hint, what to do. The source of docs/errors.md. */
export const errorTable = {
  ...requestErrors,
  ...accessErrors,
  ...nodeErrors,
  ...enrolmentErrors,
  ...beaconErrors,
  ...addressErrors,
  ...poolErrors,
  ...epochErrors,
  ...payoutErrors,
  ...holdErrors,
  ...treasuryErrors,
  ...blockErrors,
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof errorTable;
