import { outputOf, type Io } from "@lucid/agent";
import type { ResponseOf, Routes } from "@lucid/api";
import { Command } from "commander";
import { signInAsAdmin, type KeyedPlace } from "../admin/index.ts";
import { createAlertsCommand } from "./admin-alerts.ts";
import { createKeyCommand } from "./admin-key.ts";
import { createNodesCommand } from "./admin-nodes.ts";
import { createAuditCommand } from "./audit.ts";
import { withKey } from "./place.ts";
import { createRevokeCommand, createTokenCommand } from "./sign-in.ts";
import { createTreasuryCommand } from "./treasury.ts";

type Node = ResponseOf<Routes["getNode"]>;

/** `lucid admin`: what the people of a network decide about its nodes and its treasury. */
export const createAdminCommand = (io: Io): Command =>
  new Command("admin")
    .description("nodes, the treasury, who may do what, and who did what")
    .addCommand(createNodesCommand(io))
    .addCommand(
      createStandingCommand(io, "approve", {
        standing: "active",
        reason: "approved",
        description: "let a node take part, or take part again",
      }),
    )
    .addCommand(
      createStandingCommand(io, "suspend", {
        standing: "suspended",
        reason: "suspended",
        description: "a node earns nothing until it is approved again",
      }),
    )
    .addCommand(createRetireCommand(io))
    .addCommand(createAlertsCommand(io))
    .addCommand(createTreasuryCommand(io))
    .addCommand(createAuditCommand(io))
    .addCommand(createKeyCommand(io))
    .addCommand(createTokenCommand(io))
    .addCommand(createRevokeCommand(io));

type Decision = {
  readonly standing: "active" | "suspended";
  readonly reason: string;
  readonly description: string;
};

const createStandingCommand = (io: Io, name: string, decision: Decision): Command =>
  withKey(new Command(name))
    .description(decision.description)
    .argument("<node_id>")
    .option("--reason <code>", "a word for the record", decision.reason)
    .action(
      async (
        nodeId: string,
        options: KeyedPlace & { readonly reason: string },
        command: Command,
      ) => {
        const client = await signInAsAdmin(options);
        const node = await client.call("changeStanding", {
          params: { node_id: nodeId },
          body: { standing: decision.standing, reason: options.reason },
        });
        outputOf(io, command).result({ event: "decided", ...node }, () =>
          describeDecision(node, decision.standing),
        );
      },
    );

const createRetireCommand = (io: Io): Command =>
  withKey(new Command("retire"))
    .description("a node leaves for good; what it earned stays payable")
    .argument("<node_id>")
    .action(async (nodeId: string, options: KeyedPlace, command: Command) => {
      const client = await signInAsAdmin(options);
      const node = await client.call("retireNode", { params: { node_id: nodeId } });
      outputOf(io, command).result({ event: "decided", ...node }, () =>
        describeDecision(node, "retired"),
      );
    });

/** What was decided holds from the next slot on; until then the node still shows what it was. */
const describeDecision = (node: Node, standing: Node["standing"]): string =>
  `${node.node_id} is ${standing} from slot ${node.standing_from_slot} on (${node.standing_reason})`;
