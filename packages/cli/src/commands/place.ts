import { serviceUrl } from "@lucid/agent";
import type { Command } from "commander";

/** Where a network's service is, and whose key signs in there. */
export type Place = { readonly data: string; readonly service: string };

export const withPlace = (command: Command): Command =>
  command
    .option("--data <dir>", "the network's folder, whose keys/admin.key signs in", "./data")
    .option(
      "--service <url>",
      "where the network's service is",
      serviceUrl,
      "http://localhost:8095",
    );
