import { serviceUrl } from "@lucid/agent";
import type { Command } from "commander";

export const withKey = (command: Command): Command =>
  withPlace(command).option(
    "--key <file>",
    "the person's key, instead of the folder's keys/admin.key",
  );

export const withPlace = (command: Command): Command =>
  command
    .option("--data <dir>", "the network's folder, whose keys/admin.key signs in", "./data")
    .option(
      "--service <url>",
      "where the network's service is",
      serviceUrl,
      "http://localhost:8095",
    );
