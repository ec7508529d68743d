/** One thing that is wrong with the configuration: which key, from where, and what to do. */
export type ConfigProblem = {
  readonly key: string;
  readonly origin: string;
  readonly detail: string;
};

/** The configuration cannot be used; `problems` holds everything that is wrong, not the first thing. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  readonly code = "config.invalid";
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[]) {
    const lines = problems.map(({ key, origin, detail }) => `  ${key} (${origin}): ${detail}`);
    const count = problems.length === 1 ? "one problem" : `${problems.length} problems`;
    super(`the configuration has ${count}:\n${lines.join("\n")}`);
    this.problems = problems;
  }
}
