/** Runs a program of this repository: its exit code is that of `main`, 2 with the usage for a wrong option, 1 for a fault. */
export async function runCommand(usage: string, main: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await main();
  } catch (error) {
    const isUsage = error instanceof Error && codeOf(error).startsWith("ERR_PARSE_ARGS");
    console.error(isUsage ? `${error.message}\n${usage}` : error);
    process.exitCode = isUsage ? 2 : 1;
  }
}

const codeOf = (error: Error): string => ("code" in error ? String(error.code) : "");
