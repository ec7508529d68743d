import { bodyProblem, decodeBody, ProtocolError } from "@lucid/protocol";
import type { BlockHeader, Body } from "@lucid/protocol";
import { LogError } from "@lucid/verify";
import type { Disk } from "../disk/index.ts";
import { bodyPath } from "../store/index.ts";
import type { FsckCounts } from "./contract.ts";
import type { Findings } from "./findings.ts";
import type { Suspects } from "./suspects.ts";

export type BodyDeps = {
  disk: Disk;
  findings: Findings;
  counts: FsckCounts;
  suspects: Suspects;
  /** the body that compacted epochs make; throws `LogError` */
  rebuild: (header: BlockHeader) => Promise<Body>;
};

/** The body that a header names, from its file or from compacted epochs; null when it is lost. */
export async function checkBody(deps: BodyDeps, header: BlockHeader): Promise<Body | null> {
  const { disk, findings, counts } = deps;
  const path = bodyPath(header.height);
  if (header.body_count === 0) return [];
  const bytes = await disk.read(path);
  if (bytes === null) return rebuild(deps, header);
  counts.bodies++;
  const opened = open(header, bytes);
  if (opened.body !== null) return opened.body;
  findings.add(path, "damaged", opened.problem);
  const made = await rebuilt(deps, header);
  return made instanceof LogError ? null : made;
}

async function rebuild(deps: BodyDeps, header: BlockHeader): Promise<Body | null> {
  const made = await rebuilt(deps, header);
  if (!(made instanceof LogError)) {
    deps.counts.rebuilt++;
    return made;
  }
  const { path = bodyPath(header.height) } = made.place;
  const detail = `height ${header.height}: ${made.message}`;
  if (made.code === "body_missing") deps.findings.add(path, "missing", detail);
  else if (made.code === "compact") deps.findings.add(path, "damaged", detail);
  else deps.suspects.accuse(header.height, detail);
  return null;
}

async function rebuilt(deps: BodyDeps, header: BlockHeader): Promise<Body | LogError> {
  try {
    return await deps.rebuild(header);
  } catch (error) {
    if (error instanceof LogError) return error;
    throw error;
  }
}

function open(
  header: BlockHeader,
  bytes: Uint8Array,
): { body: Body } | { body: null; problem: string } {
  try {
    const body = decodeBody(bytes);
    const problem = bodyProblem(header, body);
    return problem === null ? { body } : { body: null, problem: problem.detail };
  } catch (error) {
    if (error instanceof ProtocolError) return { body: null, problem: error.message };
    throw error;
  }
}
