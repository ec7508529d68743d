import type { Collection } from "@lucid/platform/documents";
import { nodeId, type StandingRecord } from "@lucid/protocol";
import type { RecordSource } from "../shared/record-source.ts";
import { markSealed } from "../shared/sealed.ts";
import type { Directory } from "./directory.ts";
import {
  documentToEnrolment,
  type NodeDocument,
  type StandingDocument,
  standingId,
} from "./documents.ts";

/** Enrolments for the log, as they were signed. */
export const createEnrolmentSource = (
  nodes: Collection<NodeDocument>,
): RecordSource<"enrolment"> => ({
  type: "enrolment",
  collect: async ({ endMs }) =>
    (await nodes.find({ where: { sealed_slot: null, enrolled_at: { lt: endMs } } })).map(
      documentToEnrolment,
    ),
  mark: (slot, sealed) =>
    markSealed(
      nodes,
      sealed.map(({ public_key }) => nodeId(public_key)),
      slot,
    ),
});

/** Standings for the log: of each node the latest decision, with which those before it that were not sealed are settled. */
export const createStandingSource = (
  standings: Collection<StandingDocument>,
  directory: Pick<Directory, "sealIn">,
): RecordSource<"standing"> => ({
  type: "standing",
  collect: async ({ slot, endMs }) => {
    const unsealed = await standings.find({
      where: { sealed_slot: null, made_at: { lt: endMs } },
    });
    const byNode = Map.groupBy(unsealed, ({ node_id }) => node_id);
    // Should this block have no room for them, they are collected again for the next one.
    for (const [node, decisions] of byNode) directory.sealIn(node, seqsOf(decisions), slot);
    return [...byNode.values()].map((decisions) => documentToRecord(latestOf(decisions)));
  },
  mark: async (slot, sealed) => {
    const covered = await Promise.all(sealed.map((record) => coveredBy(standings, record, slot)));
    const ids = covered.flat().map(({ node_id, seq }) => standingId(node_id, seq));
    await markSealed(standings, ids, slot);
    for (const decisions of covered)
      for (const { node_id, seq } of decisions) directory.sealIn(node_id, [seq], slot);
  },
});

const seqsOf = (decisions: readonly StandingDocument[]): number[] =>
  decisions.map(({ seq }) => seq);

const latestOf = (decisions: readonly StandingDocument[]): StandingDocument =>
  decisions.reduce((latest, decision) => (decision.seq > latest.seq ? decision : latest));

const documentToRecord = ({ node_id, standing, reason, by }: StandingDocument): StandingRecord => ({
  node_id,
  standing,
  reason,
  by,
});

/** The decisions that a sealed standing settles: the one it tells and those before it that no other block has. */
export const coveredBy = async (
  standings: Collection<StandingDocument>,
  record: StandingRecord,
  slot: number,
): Promise<StandingDocument[]> => {
  const decisions = await standings.find({
    where: { node_id: record.node_id },
    sort: [["seq", "asc"]],
  });
  const open = decisions.filter(
    ({ sealed_slot, made_in_slot }) =>
      made_in_slot <= slot && (sealed_slot === null || sealed_slot === slot),
  );
  const told = open.findLastIndex(
    ({ standing, reason, by }) =>
      standing === record.standing && reason === record.reason && by === record.by,
  );
  return open.slice(0, told + 1);
};
