import type { Output } from "@lucid/agent";

/** Nobody needs to be told before, and not more often. */
const QUIET_MS = 2000;

/** Says how far it is once it takes long, and then from time to time. */
export const createProgress = (output: Output, monotonicMs: () => number) => {
  let said = monotonicMs();
  return ({ blocks, size }: { readonly blocks: number; readonly size: number }): void => {
    if (monotonicMs() - said < QUIET_MS) return;
    said = monotonicMs();
    const percent = Math.floor((100 * blocks) / size);
    output.event(
      "progress",
      { blocks, size },
      output.paint("dim", `block ${blocks} of ${size}, ${percent} %`),
    );
  };
};
