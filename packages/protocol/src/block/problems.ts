import { bodyRoot } from "../body/codec.ts";
import type { Body } from "../body/order.ts";
import { acceptanceWindow } from "../time.ts";
import { headerHash, NO_PARENT } from "./header.ts";
import type { BlockHeader, BlockNetwork } from "./header.ts";

/** Why a header is not the next one of its chain. */
export type HeaderProblem = {
  code: "network" | "height" | "slot" | "parent" | "sealed_early" | "sealed_backwards";
  detail: string;
};

/**
 * What is wrong with a header as the one after `parent` (null: the network's first); null when it links.
 * A body is fixed when its slot can accept no more beacons, and `sealed_at` never goes back.
 */
export function linkProblem(
  { genesis, networkId }: BlockNetwork,
  parent: BlockHeader | null,
  header: BlockHeader,
): HeaderProblem | null {
  const { height, slot, sealed_at } = header;
  const nextHeight = parent === null ? 0 : parent.height + 1;
  const opens = acceptanceWindow(genesis, slot).untilMs;
  const rules: [holds: boolean, code: HeaderProblem["code"], detail: string][] = [
    [header.network_id === networkId, "network", `it belongs to network ${header.network_id}`],
    [height === nextHeight, "height", `it has height ${height}, not ${nextHeight}`],
    [
      slot === genesis.first_slot + height,
      "slot",
      `slot ${slot} is not that of height ${height}, ${genesis.first_slot + height}`,
    ],
    [
      header.parent === (parent === null ? NO_PARENT : headerHash(parent)),
      "parent",
      "its parent is not the hash of the header before",
    ],
    [
      sealed_at >= opens,
      "sealed_early",
      `it was sealed at ${sealed_at}, while beacons are accepted until ${opens}`,
    ],
    [
      parent === null || sealed_at >= parent.sealed_at,
      "sealed_backwards",
      `it was sealed at ${sealed_at}, before its parent`,
    ],
  ];
  const broken = rules.find(([holds]) => !holds);
  return broken === undefined ? null : { code: broken[1], detail: broken[2] };
}

/** Why a body is not the one that a header names. */
export type BodyProblem = { code: "body_count" | "body_root" | "observed"; detail: string };

/** What is wrong with a body under a header; null when it is the header's. An unobserved slot has no beacons. */
export function bodyProblem(header: BlockHeader, body: Body): BodyProblem | null {
  if (body.length !== header.body_count) {
    const detail = `it has ${body.length} leaves, not ${header.body_count}`;
    return { code: "body_count", detail };
  }
  if (bodyRoot(body) !== header.body_root) {
    return { code: "body_root", detail: "its leaves have another root" };
  }
  if (!header.observed && body[0]?.leaf.kind === "beacon") {
    return { code: "observed", detail: "it holds beacons of a slot in which nobody could hear" };
  }
  return null;
}
