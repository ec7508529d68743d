import { type CheckResult, type CheckState, worstOf } from "@lucid/platform/checks";
import { exitCode, Failure, type Output, type Style } from "../program/index.ts";

const signs: Record<CheckState, readonly [sign: string, style: Style]> = {
  ok: ["ok", "green"],
  warning: ["warning", "yellow"],
  failed: ["failed", "red"],
  unknown: ["unknown", "yellow"],
};

/** One line for each check, and below it what to do. */
export const describeChecks = (
  results: readonly CheckResult[],
  paint: Output["paint"],
): string[] => {
  const nameWidth = Math.max(0, ...results.map(({ name }) => name.length));
  return results.flatMap(({ name, state, detail, fix }) => {
    const [sign, style] = signs[state];
    const indent = " ".repeat("unknown".length + 2 + nameWidth + 2);
    return [
      `${paint(style, sign.padEnd("unknown".length))}  ${name.padEnd(nameWidth)}  ${detail}`,
      ...(fix === null ? [] : [`${indent}${paint("dim", "fix:")} ${fix}`]),
    ];
  });
};

/** Shows what was found; throws the Failure that makes the exit code, unless everything is ok. */
export const showChecks = (output: Output, results: readonly CheckResult[]): void => {
  const sum = sumUp(results);
  const isFine = worstOf(results) === "ok";
  output.result({ event: "doctor", ok: isFine, checks: results }, () =>
    [...describeChecks(results, output.paint), "", output.paint("bold", sum)].join("\n"),
  );
  if (!isFine) throw new Failure("doctor.finding", sum, { exit: exitCode.finding, told: true });
};

/** One sentence about all of them. */
const sumUp = (results: readonly CheckResult[]): string => {
  const count = (state: CheckState) => results.filter((result) => result.state === state).length;
  if (worstOf(results) === "ok") return `all ${results.length} checks are ok`;
  return (["failed", "unknown", "warning", "ok"] as const)
    .filter((state) => count(state) > 0)
    .map((state) => `${count(state)} ${state}`)
    .join(", ");
};
