import type { Sample } from "./contract.ts";
import type { SampleFigures } from "./documents.ts";

/** The figures of a sample that are kept; what is absent stays unknown. */
export const sampleToFigures = ({ at, cpu_bp, memory, disk, network }: Sample): SampleFigures => ({
  at: Date.parse(at),
  ...(cpu_bp !== undefined && { cpu_bp }),
  ...(memory !== undefined && { memory_bp: shareOf(memory) }),
  ...(disk !== undefined && { disk_bp: shareOf(disk) }),
  ...(network !== undefined && { network_bps: network.received_bps + network.sent_bps }),
});

/** Basis points; a machine that claims to use more than it has uses all of it. */
const shareOf = ({ used_bytes, total_bytes }: { used_bytes: number; total_bytes: number }) =>
  Math.min(10_000, Math.floor((used_bytes / total_bytes) * 10_000));
