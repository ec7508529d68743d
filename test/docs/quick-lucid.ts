import { resolve } from "node:path";
import { createProcessIo, runProgram } from "@lucid/agent";
import { createProgram } from "../../packages/cli/src/program.ts";
import { quicken } from "./quicken.ts";

/** `lucid` as the documents call it, on the ports of a test and with networks whose epochs last less than half a minute. */
const io = createProcessIo(process);
const program = createProgram(io);
const ports: Record<string, string> = {
  "8095": process.env["NODE_MANAGEMENT_PORT"] ?? "8095",
  "8086": process.env["BLOCK_MANAGER_PORT"] ?? "8086",
};

const onOurPorts = (command: typeof program): void => {
  for (const option of command.options)
    if (typeof option.defaultValue === "string" && option.defaultValue.startsWith("http"))
      command.setOptionValueWithSource(
        option.attributeName(),
        option.defaultValue.replace(/\d+$/, (port) => ports[port] ?? port),
        "default",
      );
  for (const child of command.commands) onOurPorts(child);
};

onOurPorts(program);
program.hook("postAction", (_program, action) => {
  const { data, demo } = action.opts<{ data?: string; demo?: boolean }>();
  if (action.name() !== "init" || action.parent !== program || demo === true) return;
  quicken(resolve(data ?? "data"));
});
process.exitCode = await runProgram(program, process.argv.slice(2), io);
