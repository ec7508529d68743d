import { outputOf, type Io } from "@lucid/agent";
import type { Client } from "@lucid/api/client";
import { Command } from "commander";
import { signInAsAdmin, type KeyedPlace } from "../admin/index.ts";
import { describePayout, type Payout } from "./payout-list.ts";
import { withKey } from "./place.ts";

type DecisionOptions = KeyedPlace & { readonly giveBack: string };

type Decision = {
  readonly name: string;
  readonly description: string;
  readonly decide: (
    client: Client,
    payout: Payout,
    words: { readonly reason: string; readonly giveBack: string },
  ) => Promise<Payout>;
};

const decisions: readonly Decision[] = [
  {
    name: "approve",
    description: "approve a payout that waits for a person, exactly as it is shown",
    decide: (client, { payout_id, recipient, net_usdt, attempt_to_decide }, { reason }) =>
      client.call("approvePayout", {
        params: { payout_id },
        body: { recipient, net_usdt, attempt: attempt_to_decide, reason },
      }),
  },
  {
    name: "cancel",
    description: "give a payout back to the balance before it is sent",
    decide: (client, { payout_id }, { reason }) =>
      client.call("cancelPayout", { params: { payout_id }, body: { reason } }),
  },
  {
    name: "retry",
    description: "pay an owner again whose last payouts failed, once you know why they did",
    decide: (client, { payout_id }, { reason }) =>
      client.call("retryPayout", { params: { payout_id }, body: { reason } }),
  },
  {
    name: "expire",
    description: "vouch that an attempt never got onto the chain, where one endpoint shows it",
    decide: (client, { payout_id, attempt_to_decide: attempt }, { reason }) =>
      client.call("expirePayout", { params: { payout_id }, body: { attempt, reason } }),
  },
  {
    name: "close",
    description: "end a dispute: two people say how much goes back to the owner",
    decide: (client, { payout_id }, { reason, giveBack }) =>
      client.call("closePayout", {
        params: { payout_id },
        body: { give_back_usdt: giveBack, reason },
      }),
  },
];

/** What people decide about single payouts; each is written into the payout with who, when and why. */
export const createDecisionCommands = (io: Io): Command[] =>
  decisions.map((decision) => {
    const command = withKey(new Command(decision.name))
      .description(decision.description)
      .argument("<payout_id>")
      .argument("<reason>", "a sentence for the record");
    if (decision.name === "close")
      command.requiredOption("--give-back <usdt>", "0 when the owner has the money");
    return command.action(
      async (payout_id: string, reason: string, options: DecisionOptions, self: Command) => {
        const client = await signInAsAdmin(options);
        const payout = await client.call("getPayout", { params: { payout_id } });
        const words = { reason, giveBack: options.giveBack };
        const decided = await decision.decide(client, payout, words);
        outputOf(io, self).result({ event: "decided", ...decided }, () => describePayout(decided));
      },
    );
  });
