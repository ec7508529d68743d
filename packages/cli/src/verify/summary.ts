import type { Output } from "@lucid/agent";
import { attestedWords, checkedWords, type Mismatch, type Report } from "@lucid/verify";

/** A report as a person reads it: the answer, then what it rests on in three classes. */
export const reportToText = (report: Report, paint: Output["paint"]): string => {
  const { first_mismatch: found, checked, attested, not_checkable, seconds } = report;
  const unfinished = found === null ? "" : ", up to the mismatch";
  return [
    found === null ? answerYes(report, paint) : answerNo(found, paint),
    "",
    paint("bold", `Recomputed${unfinished}`),
    ...counts(checked, checkedWords),
    paint("bold", "On the operator's word"),
    ...counts(attested, attestedWords),
    paint("bold", "Not checkable"),
    ...not_checkable.map((sentence) => `  ${sentence}`),
    "",
    `${seconds.toFixed(1)} s`,
  ].join("\n");
};

const answerYes = ({ height }: Report, paint: Output["paint"]): string =>
  height === null
    ? paint("yellow", "The log is empty: nothing follows from it, and nothing contradicts it.")
    : paint(
        "green",
        `The books follow from the evidence, in all ${height + 1} blocks: what can be recomputed came out as published.`,
      );

const answerNo = (found: Mismatch, paint: Output["paint"]): string => {
  const hint = hints[found.code];
  return [
    paint("red", `The books do not follow from the evidence: ${place(found)}${found.code}`),
    `  ${found.detail}`,
    ...(hint === undefined ? [] : [`  ${hint}`]),
  ].join("\n");
};

const incomplete =
  "A copy of a log that grows is whole when checkpoint was copied before the rest.";

/** What an honest source can have done to look like this. */
const hints: Readonly<Record<string, string>> = {
  "log.tile_missing": incomplete,
  "log.bundle_missing": incomplete,
};

const place = ({ height, leaf }: Mismatch): string => {
  if (height === null) return "";
  return leaf === null ? `block ${height}, ` : `block ${height}, leaf ${leaf}, `;
};

const counts = <Kind extends string>(
  numbers: Partial<Record<Kind, number>>,
  words: Readonly<Record<Kind, string>>,
): string[] => {
  const kinds = (Object.keys(words) as Kind[]).filter((kind) => numbers[kind] !== undefined);
  if (kinds.length === 0) return ["  nothing"];
  return kinds.map(
    (kind) => `  ${(numbers[kind] ?? 0).toLocaleString("en").padStart(12)}  ${words[kind]}`,
  );
};
