import type { Appender } from "./append/index.ts";
import type { Peers } from "./mirror/index.ts";

/** An appender that refuses while a peer may hold more than we, or holds another history. */
export const createGatedAppender = (
  appender: Appender,
  peers: Pick<Peers, "problem">,
): Appender => ({
  append: async (slots, options) => {
    const problem = peers.problem();
    return problem === null ? appender.append(slots, options) : { ok: false, ...problem };
  },
  validate: async (slots, options) => {
    const problem = peers.problem();
    return problem === null ? appender.validate(slots, options) : { ok: false, ...problem };
  },
});
