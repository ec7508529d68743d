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

/** What `runCommand` answers with the usage. */
export const wrongOption = (message: string): Error =>
  Object.assign(new Error(message), { code: "ERR_PARSE_ARGS_VALUE" });

/** An option that is a whole number of at least `least`. */
export const toWholeNumber = (option: string, text: string, least = 1): number => {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw wrongOption(`--${option} is a whole number from ${least} on, not "${text}"`);
};

const codeOf = (error: Error): string => ("code" in error ? String(error.code) : "");
