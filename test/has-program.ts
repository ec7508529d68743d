import { spawnSync } from "node:child_process";

/** Whether a program is on the PATH. CI does not go on without it; others are told what is skipped. */
export const hasProgram = (name: string, skipped: string): boolean => {
  if (spawnSync("which", [name]).status === 0) return true;
  const words = `${name} is not on the PATH: ${skipped}`;
  if (process.env["CI"] !== undefined) throw new Error(words);
  process.stderr.write(`skipped: ${words}\n`);
  return false;
};
