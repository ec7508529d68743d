import { serviceUrl } from "@lucid/agent";
import type { Command } from "commander";

/** Where a network's service is, and the folder whose key signs in there. */
export type Place = { readonly data: string; readonly service: string };

/** The same for people who have a key of their own. */
export type KeyedPlace = Place & { readonly key?: string };

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
