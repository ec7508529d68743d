export { judge } from "./judge.ts";
export { createProgress } from "./progress.ts";
export { reportToText } from "./summary.ts";
