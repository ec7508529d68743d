import { existsSync } from "node:fs";
import { join } from "node:path";
import { exitCode, Failure, type Output } from "@lucid/agent";
import type { ServicesConfig } from "./config.ts";

/** Whether this machine mirrors another's log: it makes no blocks and has no books of its own to serve. */
export const isFollower = ({ log }: ServicesConfig): boolean =>
  log.values.BLOCK_MANAGER_MODE === "follow";

/** Throws a Failure when nobody was named to follow, or no network. */
export const assertCanFollow = ({ log }: ServicesConfig): void => {
  const { BLOCK_MANAGER_PEERS: peers, LUCID_DATA_PATH: data } = log.values;
  if (peers.length === 0)
    throw new Failure("usage", "BLOCK_MANAGER_MODE is follow, and there is nobody to follow", {
      fix: "Name the log's address in BLOCK_MANAGER_PEERS",
      exit: exitCode.usage,
    });
  const file = join(data, "network.json");
  if (existsSync(file)) return;
  throw new Failure(
    "data.missing",
    `there is no ${file}, so which network to follow is not known`,
    {
      fix: "Put the network's genesis document there; every log serves its own at /network.json",
      exit: exitCode.folder,
    },
  );
};

export const announceFollower = (
  output: Output,
  { log: { values } }: ServicesConfig,
  url: string | null,
): void => {
  const { BLOCK_MANAGER_PEERS: follows, LUCID_DATA_PATH: data } = values;
  output.event(
    "listening",
    { log_url: url, follows },
    [
      `follows  ${follows.join(", ")}`,
      `log      ${url} (lucid verify ${url})`,
      `kept in  ${join(data, "log")}`,
      "Ctrl-C stops it.",
    ].join("\n"),
  );
};
