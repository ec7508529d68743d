// Started by a test: starts a child that would run for ever, tells its pid, and waits to be killed.
import { startChild } from "../programs/index.ts";

const child = startChild({
  args: ["--eval", "setInterval(() => {}, 1000)"],
  env: {},
  logFile: "/dev/null",
});
process.stdout.write(`${child.pid}\n`);
setInterval(() => {}, 1000);
