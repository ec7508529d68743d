export type { Mismatch, Report } from "./report.ts";
export type { Attested, Checked } from "./tally.ts";
export { attestedWords, checkedWords } from "./words.ts";
