import { ProtocolError } from "../error.ts";

/** What `compute` answers, or `{code}` of the protocol's error. */
export function outcome<T extends object>(compute: () => T): T | { code: string } {
  try {
    return compute();
  } catch (error) {
    if (error instanceof ProtocolError) return { code: error.code };
    throw error;
  }
}

/** The code of the error that `compute` must end in; null when it does not. */
export function refusal(compute: () => unknown): string | null {
  const result = outcome(() => ({ result: compute() }));
  return "code" in result ? result.code : null;
}
