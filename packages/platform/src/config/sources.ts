import { readFileSync } from "node:fs";
import { closestName, editDistance } from "./closest.ts";
import type { ConfigSchema, Origin } from "./definition.ts";
import type { ConfigProblem } from "./error.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

export type ConfigSources = {
  /** Values from the command line by setting name, in any of `HTTP_PORT`, `http-port`, `httpPort`. */
  readonly flags?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly env?: Environment;
  /** Path of lucid.yaml; a file that is named has to be there. */
  readonly file?: string;
  /** The mapping in lucid.yaml that holds this program's settings; without it they stand at the top. */
  readonly section?: string;
  /** Mappings in lucid.yaml that belong to other programs and are passed over. */
  readonly otherSections?: readonly string[];
  /** Settings of other programs by name, and where those stand. */
  readonly elsewhere?: Readonly<Record<string, string>>;
};

/** The texts that one source has for settings, and what is wrong with the source itself. */
export type SourceReading = {
  readonly origin: Origin;
  readonly texts: ReadonlyMap<string, string>;
  readonly problems: readonly ConfigProblem[];
};

/** A key as settings are written: `httpPort` and `http-port` are `HTTP_PORT`. */
export const nameOf = (key: string): string =>
  key
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replaceAll("-", "_")
    .toUpperCase();

/** Lacks the last word of one of ours (`PAYOUT_THRESHOLD`), or one inside a longer one (`PAYOUT_FEE_PERCENT`). */
const lacksWord = (name: string, candidate: string): boolean => {
  const words = candidate.split("_");
  const firstToLack = words.length > 3 ? 1 : words.length - 1;
  return (
    words.length > 2 &&
    words.some((_, at) => at >= firstToLack && words.toSpliced(at, 1).join("_") === name)
  );
};

export const unknownKey = (
  key: string,
  origin: string,
  known: readonly string[],
): ConfigProblem => {
  const name = nameOf(key);
  const meant =
    known.find((candidate) => lacksWord(name, candidate)) ??
    closestName(name, known) ??
    closestName(name.replace(/^LUCID_/, ""), known);
  const fix = meant === undefined ? "remove it" : `did you mean ${meant}?`;
  return { key, origin, detail: `no such setting: ${fix}` };
};

export const reasonOf = (error: unknown): string =>
  error instanceof Error && "code" in error ? String(error.code) : String(error);

export const readFlags = (
  schema: ConfigSchema,
  flags: ConfigSources["flags"] = {},
): SourceReading => {
  const known = Object.keys(schema);
  const given = Object.entries(flags).filter(([, value]) => value !== undefined);
  return {
    origin: "flag",
    texts: new Map(given.map(([key, value]) => [nameOf(key), String(value)])),
    problems: given
      .filter(([key]) => !Object.hasOwn(schema, nameOf(key)))
      .map(([key]) => unknownKey(key, "flag", known)),
  };
};

const isNear = (name: string, candidate: string): boolean =>
  candidate.length >= 8 &&
  Math.abs(candidate.length - name.length) <= 2 &&
  editDistance(name.toUpperCase(), candidate) <= (candidate.length >= 11 ? 2 : 1);

/** Ours when it says so, or when it is so near to one of ours that it can hardly be anything else. */
const isMisspelt = (name: string, known: readonly string[]): boolean =>
  !known.includes(name) &&
  (name.startsWith("LUCID_") ||
    known.some((candidate) => isNear(name, candidate) || lacksWord(nameOf(name), candidate)));

export const readEnvironment = (schema: ConfigSchema, env: Environment = {}): SourceReading => {
  const settings = Object.keys(schema);
  const known = [
    ...settings,
    ...settings.filter((name) => schema[name]?.secret).map((name) => `${name}_FILE`),
  ];
  return {
    origin: "environment",
    texts: new Map(
      settings.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])),
    ),
    problems: Object.keys(env)
      .filter((name) => isMisspelt(name, known))
      .map((name) => unknownKey(name, "environment", known)),
  };
};

/** Secrets from the files that `<NAME>_FILE` names, so that they need not stand in the environment. */
export const readSecretFiles = (schema: ConfigSchema, env: Environment = {}): SourceReading => {
  const texts = new Map<string, string>();
  const problems: ConfigProblem[] = [];
  for (const name of Object.keys(schema).filter((key) => schema[key]?.secret)) {
    const key = `${name}_FILE`;
    const path = env[key];
    if (path === undefined) continue;
    if (env[name] !== undefined) {
      problems.push({
        key,
        origin: "environment",
        detail: `${name} is set too: keep one of the two`,
      });
      continue;
    }
    try {
      texts.set(name, readFileSync(path, "utf8").trim());
    } catch (error) {
      problems.push({
        key,
        origin: "environment",
        detail: `cannot read ${path} (${reasonOf(error)})`,
      });
    }
  }
  return { origin: "secret file", texts, problems };
};
