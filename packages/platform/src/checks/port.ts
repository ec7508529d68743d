/** `unknown` is what could not be looked at; it is never taken for ok. */
export type CheckState = "ok" | "warning" | "failed" | "unknown";

export type Finding = {
  readonly state: CheckState;
  /** One line: what was seen. */
  readonly detail: string;
  /** What to do about it; null when there is nothing to do. */
  readonly fix: string | null;
};

export type CheckResult = Finding & { readonly name: string };

/** One question about a machine or a service. What it throws is a finding that could not be made. */
export type Check = {
  readonly name: string;
  readonly look: (signal: AbortSignal) => Finding | Promise<Finding>;
};
