import vectors from "../../../../vectors/merkle.json" with { type: "json" };
import { fromHex, toHex } from "../bytes.ts";
import { merkleRoot } from "../tlog/merkle.ts";

export function recomputeMerkle() {
  return { roots: vectors.roots.map(withRoot), rfc_6962: vectors.rfc_6962.map(withRoot) };
}

function withRoot({ leaves }: { leaves: string[] }) {
  return { leaves, root: toHex(merkleRoot(leaves.map((leaf) => fromHex(leaf)))) };
}
