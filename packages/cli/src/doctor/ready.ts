const TIMEOUT_MS = 6000;

export type ReadyCheck = { readonly name: string; readonly ok: boolean; readonly detail: string };

/** What a program says of itself on `/ready`, whether it is ready or not. */
export type Ready = readonly ReadyCheck[];

/** Null when nobody of ours answers there. */
export const readReady = async (url: string): Promise<Ready | null> => {
  try {
    const response = await fetch(`${url}/ready`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    const body = (await response.json()) as { checks?: unknown };
    return Array.isArray(body.checks) ? body.checks.filter(isReadyCheck) : null;
  } catch {
    return null; // whoever asks says that it does not answer
  }
};

const isReadyCheck = (value: unknown): value is ReadyCheck =>
  typeof value === "object" &&
  value !== null &&
  "name" in value &&
  "ok" in value &&
  "detail" in value &&
  typeof value.name === "string" &&
  typeof value.ok === "boolean" &&
  typeof value.detail === "string";
