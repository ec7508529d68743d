import { outputOf, showChecks, type Io } from "@lucid/agent";
import { Command } from "commander";
import { signInAsAdmin, type KeyedPlace } from "../admin/index.ts";
import { withKey } from "./place.ts";

/** The service reads chain and books from the beginning. */
const TIMEOUT_MS = 120_000;

/** `lucid payouts check` and `enable`: what stands between a network and real money. */
export const createClearanceCommands = (io: Io): readonly Command[] => [
  withKey(new Command("check"))
    .description("check everything that has to be right before money moves on mainnet")
    .action(async (place: KeyedPlace, command: Command) => {
      const client = await signInAsAdmin(place, { timeoutMs: TIMEOUT_MS });
      const { required, off, decision, checks } = await client.call("checkPayouts", {});
      const output = outputOf(io, command);
      output.event(
        "clearance",
        { required, off, decision },
        required
          ? (off ?? `enabled by ${decision?.by} on ${decision?.at}: ${decision?.reason}`)
          : "this chain asks for none of it; mainnet does",
      );
      showChecks(output, checks);
    }),
  withKey(new Command("enable"))
    .description(
      "let payouts be signed on mainnet with exactly this set-up, once all checks are ok",
    )
    .argument("<reason>", "a sentence for the record")
    .action(async (reason: string, place: KeyedPlace, command: Command) => {
      const client = await signInAsAdmin(place, { timeoutMs: TIMEOUT_MS });
      const decision = await client.call("enablePayouts", { body: { reason } });
      outputOf(io, command).result(
        { event: "enabled", ...decision },
        () => `payouts from ${decision.wallet} are enabled (${decision.by}, ${decision.at})`,
      );
    }),
];
