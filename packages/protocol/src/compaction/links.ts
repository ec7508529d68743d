import { sha256Into } from "#crypto";
import { lastBit } from "../beacons/bitmap.ts";
import type { Bitmap } from "../beacons/bitmap.ts";

const LINK_BYTES = 32;
/** What the kept links of an epoch may take: every one of 2 900 nodes with 720 slots, every fourth of 10 000 nodes. */
const KEPT_BYTES = 64 * 2 ** 20;

/** A node's last reveal, the bitmap of its beacons and the salt of its chain. */
export type ChainEnd = { last: Uint8Array; bitmap: Bitmap; salt: Uint8Array };

/** The chains of an epoch's nodes, each unwound from its last reveal; a node is named by its position. */
export type Links = {
  /** c[0] of a node */
  anchor(node: number): Uint8Array;
  /** c[index+1] of a node, for an index up to that of its last reveal; the answer changes with the next call. */
  reveal(node: number, index: number): Uint8Array;
};

/**
 * Unwinds every chain once and keeps every `spacing`-th link. Those between are unwound again, for all nodes at once,
 * when one of them is asked for: going through the slots in order costs at most two hashes for each node and slot.
 */
export function createLinks(
  chains: readonly ChainEnd[],
  slots: number,
  spacing = spacingOf(chains.length, slots),
): Links {
  const row = chains.length * LINK_BYTES;
  const tops = new Uint8Array(Math.ceil(slots / spacing) * row);
  const anchors = new Uint8Array(row);
  const opened = { group: -1, links: new Uint8Array(spacing * row) };
  const lasts = chains.map(({ bitmap }) => lastBit(bitmap));

  for (const [node, { last, salt }] of chains.entries()) {
    const from = lasts[node] as number;
    const link = unwind(last, salt, { from, to: 0 }, (index, bytes) => {
      const isTop = index === from || (index + 1) % spacing === 0;
      if (isTop) place(tops, Math.floor(index / spacing) * row + node * LINK_BYTES, bytes);
    });
    anchors.set(link.subarray(0, LINK_BYTES), node * LINK_BYTES);
  }

  const open = (group: number): void => {
    opened.group = group;
    const to = group * spacing;
    for (const [node, { salt }] of chains.entries()) {
      const from = Math.min(to + spacing - 1, lasts[node] as number);
      const at = node * LINK_BYTES;
      const top = tops.subarray(group * row + at, group * row + at + LINK_BYTES);
      unwind(top, salt, { from, to }, (index, bytes) =>
        place(opened.links, (index - to) * row + at, bytes),
      );
    }
  };

  return {
    anchor: (node) => linkAt(anchors, node * LINK_BYTES),
    reveal(node, index) {
      const group = Math.floor(index / spacing);
      if (spacing === 1) return linkAt(tops, index * row + node * LINK_BYTES);
      if (group !== opened.group) open(group);
      return linkAt(opened.links, (index - group * spacing) * row + node * LINK_BYTES);
    },
  };
}

/**
 * Every how many slots a link is kept: as many as may be, but so many between that those, which are held for all nodes
 * at once as well, never take more. Beyond 80 000 nodes with 720 slots memory goes with the nodes.
 */
export function spacingOf(nodes: number, slots: number): number {
  const spacing = Math.ceil((nodes * slots * LINK_BYTES) / KEPT_BYTES);
  return Math.max(1, Math.min(spacing, Math.ceil(Math.sqrt(slots))));
}

/** `link ‖ salt`, hashed in place. */
const scratch = new Uint8Array(48);

/** Visits the link of every slot index from `from` down to `to`; answers the link below them. */
function unwind(
  link: Uint8Array,
  salt: Uint8Array,
  { from, to }: { from: number; to: number },
  visit: (index: number, bytes: Uint8Array) => void,
): Uint8Array {
  scratch.set(link, 0);
  scratch.set(salt, LINK_BYTES);
  for (let index = from; index >= to; index--) {
    visit(index, scratch);
    sha256Into(scratch, scratch);
  }
  return scratch;
}

function place(target: Uint8Array, at: number, link: Uint8Array): void {
  for (let i = 0; i < LINK_BYTES; i++) target[at + i] = link[i] as number;
}

function linkAt(links: Uint8Array, at: number): Uint8Array {
  return links.subarray(at, at + LINK_BYTES);
}
