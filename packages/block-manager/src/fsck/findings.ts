import type { Finding, FindingCode } from "./contract.ts";

/** Collects what is wrong, each path and code once. */
export type Findings = {
  add(path: string, code: FindingCode, detail: string): void;
  has(path: string): boolean;
  /** by path */
  all(): Finding[];
};

export function createFindings(): Findings {
  const found = new Map<string, Finding>();
  return {
    add: (path, code, detail) => {
      const key = `${path} ${code}`;
      if (!found.has(key)) found.set(key, { path, code, detail });
    },
    has: (path) => [...found.values()].some((finding) => finding.path === path),
    all: () => [...found.values()].sort((a, b) => (a.path < b.path ? -1 : 1)),
  };
}
