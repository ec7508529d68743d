import { join, resolve } from "node:path";
import type { Client } from "@lucid/api/client";
import type { Command } from "commander";
import { openNodeFolder, type Membership, type NodeFolder } from "../folder/index.ts";
import { exitCode, Failure, type Io } from "../program/index.ts";
import { signIn } from "../sign-in.ts";

export type DataOptions = { readonly data?: string };

export const withData = (command: Command): Command =>
  command.option("--data <dir>", "the node's folder (default: ~/.lucid/node)");

export const nodeFolder = (io: Io, { data }: DataOptions): NodeFolder =>
  openNodeFolder(resolve(data ?? join(io.home, ".lucid", "node")));

/** The folder's membership; refuses a node that is not enrolled. */
export const requireMembership = async (folder: NodeFolder): Promise<Membership> => {
  const membership = await folder.readMembership();
  if (membership !== null) return membership;
  throw new Failure("node.not_enrolled", `the node in ${folder.path} is not enrolled yet`, {
    fix: `Enrol it: lucid node enrol --data ${folder.path} --service <url> --address <T…>`,
    exit: exitCode.folder,
  });
};

/** A client that speaks as the folder's node; refuses a node that is not enrolled. */
export const openNode = async (
  io: Io,
  options: DataOptions,
): Promise<{ readonly client: Client; readonly nodeId: string }> => {
  const folder = nodeFolder(io, options);
  const { nodeId, seed } = await folder.readKey();
  const { service, networkId } = await requireMembership(folder);
  return { client: await signIn(service, seed, networkId), nodeId };
};

/** The address of a service without a final slash; refuses what is no http address. */
export const serviceUrl = (text: string): string => {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url !== null && (url.protocol === "http:" || url.protocol === "https:"))
    return url.href.replace(/\/+$/, "");
  throw new Failure("usage", `--service ${text} is not an http or https address`, {
    fix: "Write it like http://localhost:8095",
    exit: exitCode.usage,
  });
};
