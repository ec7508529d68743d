import { start, type Ended, type StartOptions } from "../e2e/lucid.ts";

/** Runs a program to its end; throws with its last words when it fails. */
export const run = async (
  command: string,
  args: readonly string[],
  options: StartOptions = {},
): Promise<Ended> => {
  const ended = await start(command, args, options).ended;
  if (ended.code === 0) return ended;
  const words = `${ended.out}\n${ended.err}`.trim().split("\n").slice(-15).join("\n");
  throw new Error(`${command} ${args.join(" ")} ended with ${ended.code}:\n${words}`);
};
