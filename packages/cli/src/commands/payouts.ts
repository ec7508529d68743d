import { outputOf, type Io } from "@lucid/agent";
import type { ResponseOf, Routes } from "@lucid/api";
import { Command } from "commander";
import { signInAsAdmin, type KeyedPlace } from "../admin/index.ts";
import { createClearanceCommands } from "./payout-clearance.ts";
import { createDecisionCommands } from "./payout-decisions.ts";
import { createHoldCommands } from "./payout-holds.ts";
import { createListCommand, createShowCommand } from "./payout-list.ts";
import { createPlanCommand, createRunCommand } from "./payout-plan.ts";
import { createWaitsCommand } from "./payout-waits.ts";
import { withKey } from "./place.ts";

/** `lucid payouts`: what a treasurer does about payouts. */
export const createPayoutsCommand = (io: Io): Command =>
  withCommands(
    new Command("payouts")
      .description(
        "see and decide about payouts, pause and resume them, compare them with the chain",
      )
      .addCommand(createListCommand(io))
      .addCommand(createShowCommand(io))
      .addCommand(createWaitsCommand(io))
      .addCommand(createPlanCommand(io))
      .addCommand(createRunCommand(io)),
    [...createDecisionCommands(io), ...createHoldCommands(io), ...createClearanceCommands(io)],
  )
    .addCommand(
      createSwitchCommand(io, "pause", {
        operation: "pausePayouts",
        description: "make no payouts and sign nothing until somebody resumes",
      }),
    )
    .addCommand(
      createSwitchCommand(io, "resume", { operation: "resumePayouts", description: "pay again" }),
    )
    .addCommand(createReconcileCommand(io));

const withCommands = (parent: Command, commands: readonly Command[]): Command =>
  commands.reduce((all, command) => all.addCommand(command), parent);

type Switch = {
  readonly operation: "pausePayouts" | "resumePayouts";
  readonly description: string;
};

const createSwitchCommand = (io: Io, name: string, { operation, description }: Switch): Command =>
  withKey(new Command(name))
    .description(description)
    .argument("<reason>", "a sentence that everybody sees")
    .action(async (reason: string, place: KeyedPlace, command: Command) => {
      const client = await signInAsAdmin(place);
      const found = await client.call(operation, { body: { reason } });
      outputOf(io, command).result(
        { event: "payouts", ...found },
        () => `payouts are ${found.state} (${found.by}, ${found.at}): ${found.reason}`,
      );
    });

const createReconcileCommand = (io: Io): Command =>
  withKey(new Command("reconcile"))
    .description("compare all transfers of all wallets with all payouts, from every source")
    .action(async (place: KeyedPlace, command: Command) => {
      const client = await signInAsAdmin(place);
      const found = await client.call("reconcilePayouts", {});
      outputOf(io, command).result({ event: "reconciled", ...found }, () => describe(found));
    });

const describe = (found: ResponseOf<Routes["reconcilePayouts"]>): string => {
  const compared =
    `${found.payouts} payouts against ${found.transfers} transfers ` +
    `(${found.sources.join(", ")}) in ${(found.took_ms / 1000).toFixed(1)} s`;
  if (found.differences_total === 0) return `${compared}: no difference`;
  const lines = found.differences.map(({ kind, words }) => `${kind}: ${words}`);
  return [`${compared}: ${found.differences_total} differences`, ...lines].join("\n");
};
