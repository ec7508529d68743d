import { createAgentProgram } from "./program.ts";
import { createProcessIo, runProgram } from "./program/index.ts";

const io = createProcessIo(process);
process.exitCode = await runProgram(createAgentProgram(io), process.argv.slice(2), io);
