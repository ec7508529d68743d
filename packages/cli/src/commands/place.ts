import { serviceUrl } from "@lucid/agent";
import type { Client } from "@lucid/api/client";
import type { Command } from "commander";
import { signInAsAdmin, type KeyedPlace } from "../admin/index.ts";

export const withKey = (command: Command): Command => withKeyFile(withPlace(command));

/** For a command below one that takes the place. */
export const withKeyFile = (command: Command): Command =>
  command.option("--key <file>", "the person's key, instead of the folder's keys/admin.key");

/** Signs in where the command, or the one above it, says. */
export const openAs = (command: Command): Promise<Client> =>
  signInAsAdmin(command.optsWithGlobals<KeyedPlace>());

export const withPlace = (command: Command): Command =>
  command
    .option("--data <dir>", "the network's folder, whose keys/admin.key signs in", "./data")
    .option(
      "--service <url>",
      "where the network's service is",
      serviceUrl,
      "http://localhost:8095",
    );
