import { equalBytes } from "@lucid/protocol";
import type { NoteKey } from "@lucid/protocol";
import { LogError, openLog, SourceError } from "@lucid/verify";
import type { Log, SourceErrorCode } from "@lucid/verify";
import type { Store } from "../store/index.ts";
import type { Finding } from "./contract.ts";
import type { Accusation, Evidence } from "./evidence.ts";
import type { RememberingSource } from "./remembering.ts";
import { splitProof } from "./split-proof.ts";

export type ExamineDeps = { store: Store; evidence: Evidence; cosigners: readonly NoteKey[] };

/** The largest checkpoint that a source has shown. */
export type Shown = { size: number; note: Uint8Array };

/**
 * Reads a source's checkpoint and holds it against ours: signed by the log key, of our network, an extension of what we
 * have or a beginning of it, and not smaller than what the source showed before. Keeps evidence of anything else.
 */
export async function examine(
  deps: ExamineDeps,
  source: RememberingSource,
  shown: Shown | null,
): Promise<Finding> {
  const { networkId } = deps.store.network;
  try {
    const log = await openLog(source, { networkId, cosigners: deps.cosigners });
    return await compare(deps, log, shown);
  } catch (error) {
    return refuse(deps.evidence, source, error);
  }
}

async function compare({ store, evidence }: ExamineDeps, log: Log, shown: Shown | null) {
  const { size, root, note } = log.checkpoint;
  const ours = store.head();
  const accuse = async (code: string, detail: string, mine: Uint8Array): Promise<Finding> => {
    const notes = { ours: mine, theirs: note };
    const proof = code === "forked" ? await splitProof(log, ours.size) : [];
    const accusation = { code, detail, source: log.source.name, notes, proof };
    return { state: "forked", size, problem: await kept(evidence, accusation) };
  };
  if (size <= ours.size && !equalBytes(root, await store.rootAt(size))) {
    return accuse("forked", forkDetail(size, ours.size), ours.note);
  }
  if (size > ours.size && !(await extendsOurs(log, ours))) {
    return accuse("forked", forkDetail(size, ours.size), ours.note);
  }
  if (shown !== null && size < shown.size) {
    const detail = `it showed ${shown.size} blocks before and shows ${size} now: it was restored from an older copy`;
    const rollback = await accuse("rollback", detail, shown.note);
    return { ...rollback, state: "refused" } as Finding;
  }
  if (size > ours.size) return { state: "ahead", log } as const;
  return { state: size < ours.size ? "behind" : "current", log } as const;
}

async function extendsOurs(log: Log, ours: { size: number; root: Uint8Array }): Promise<boolean> {
  if (ours.size === 0) return true;
  try {
    await log.extend({ size: ours.size, root: ours.root });
    return true;
  } catch (error) {
    if (error instanceof LogError && error.code === "consistency") return false;
    throw error;
  }
}

/** What no server in order answers; everything else may be the way to it, or its day. */
const ACCUSING: ReadonlySet<SourceErrorCode> = new Set([
  "source.page",
  "source.slow",
  "source.too_large",
]);

/** What an error says of a source; faults of our own pass. */
export async function refuse(
  evidence: Evidence,
  source: RememberingSource,
  error: unknown,
): Promise<Finding> {
  if (error instanceof SourceError) {
    const { code, message: detail } = error;
    if (!ACCUSING.has(code)) {
      return { state: "unreachable", size: null, problem: { code, detail, evidence: null } };
    }
    const accusation = { code, detail, source: source.name };
    return { state: "refused", size: null, problem: await kept(evidence, accusation) };
  }
  if (!(error instanceof LogError)) throw error;
  const { code, message: detail, place } = error;
  const bytes = place.path === undefined ? null : source.answered(place.path);
  const served = bytes === null ? null : { path: place.path as string, bytes };
  const accusation = { code, detail, source: source.name, served };
  return { state: "refused", size: null, problem: await kept(evidence, accusation) };
}

async function kept(evidence: Evidence, accusation: Accusation) {
  const { code, detail } = accusation;
  return { code, detail, evidence: await evidence.keep(accusation) };
}

function forkDetail(theirs: number, ours: number): string {
  return theirs === ours
    ? `the log key signed another root for the same ${ours} blocks`
    : `the log key signed ${theirs} blocks there that do not go together with our ${ours}`;
}
