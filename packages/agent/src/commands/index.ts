import type { Command } from "commander";
import { addExamples, type Io } from "../program/index.ts";
import { createAddressCommand } from "./address.ts";
import { createAlertsCommand } from "./alerts.ts";
import { createDoctorCommand } from "./doctor.ts";
import { createEnrolCommand } from "./enrol.ts";
import { nodeExamples } from "./examples.ts";
import { createInitCommand } from "./init.ts";
import { createMaintenanceCommand } from "./maintenance.ts";
import { createPoolCommand } from "./pool.ts";
import { createRunCommand } from "./run.ts";
import { createStatusCommand } from "./status.ts";
import { createThresholdCommand } from "./threshold.ts";

export { serviceUrl } from "./options.ts";

/** Adds the commands of a node's owner; `lucid node` and the agent's own program carry the same ones. */
export const addNodeCommands = (parent: Command, io: Io): Command => {
  for (const command of createCommands(io)) parent.addCommand(command);
  addExamples(parent, nodeExamples, io);
  return parent;
};

const createCommands = (io: Io): Command[] => [
  createInitCommand(io),
  createEnrolCommand(io),
  createRunCommand(io),
  createStatusCommand(io),
  createAddressCommand(io),
  createThresholdCommand(io),
  createPoolCommand(io),
  createMaintenanceCommand(io),
  createAlertsCommand(io),
  createDoctorCommand(io),
];
