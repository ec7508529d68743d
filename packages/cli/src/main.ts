import { createProcessIo, runProgram } from "@lucid/agent";
import { createProgram } from "./program.ts";

const io = createProcessIo(process);
process.exitCode = await runProgram(createProgram(io), process.argv.slice(2), io);
