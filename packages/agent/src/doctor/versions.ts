import { failed, fine, type Finding, warning } from "@lucid/platform/checks";

const LEAST_NODE = 24;

export type Versions = {
  readonly ours: string;
  readonly node: string;
  /** What the service runs; null when it does not say. */
  readonly service: string | null;
  /** The oldest agent that the network's policy accepts; null without such a rule. */
  readonly least?: string | null;
};

/** Whether this program is one that the network works with. */
export const checkVersions = ({ ours, node, service, least = null }: Versions): Finding => {
  if (Number(node.split(".")[0]) < LEAST_NODE)
    return failed(`Node ${node}`, `install Node ${LEAST_NODE} or newer`);
  const words = `lucid ${ours} on Node ${node}`;
  if (least !== null && compareVersions(ours, least) < 0)
    return failed(`${words}; the network asks for ${least}`, "install a newer version");
  if (service !== null && compareVersions(ours, service) < 0)
    return warning(`${words}; the service runs ${service}`, "install the service's version");
  return fine(words);
};

/** Below 0 when the first is older; by the numbers of major, minor and patch. */
export const compareVersions = (a: string, b: string): number => {
  const [left, right] = [a, b].map((text) => text.split(/[.-]/).slice(0, 3).map(Number));
  for (const index of [0, 1, 2]) {
    const difference = (left?.[index] ?? 0) - (right?.[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
};
