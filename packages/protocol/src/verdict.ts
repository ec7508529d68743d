/** Whether something signed holds, or a code and a sentence that says why not. */
export type Verdict<Code extends string> = { ok: true } | { ok: false; code: Code; detail: string };

/** A verdict against it. */
export function refuse<Code extends string>(code: Code, detail: string) {
  return { ok: false, code, detail } as const;
}
