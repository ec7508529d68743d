import { readFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { parseDocument } from "yaml";
import { fileFix } from "../data-folder/index.ts";
import { closestName } from "./closest.ts";
import type { ConfigSchema } from "./definition.ts";
import type { ConfigProblem } from "./error.ts";
import { nameOf, reasonOf, unknownKey, type ConfigSources, type SourceReading } from "./sources.ts";

type Mapping = Readonly<Record<string, unknown>>;

/** Until the name of the file takes its place. */
const origin = "lucid.yaml";
const problemAt = (key: string, detail: string): ConfigProblem => ({ key, origin, detail });

const fileReading = (
  problems: readonly ConfigProblem[],
  texts = new Map<string, string>(),
): SourceReading => ({ origin, texts, problems });

const isMapping = (value: unknown): value is Mapping =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const scalarToText = (value: unknown): string | null => {
  if (typeof value === "string") return value;
  if (Array.isArray(value) && value.every((item) => typeof item === "string"))
    return value.join(",");
  return null;
};

/** The whole file, or what is wrong with it. */
const readMapping = (path: string): Mapping | readonly ConfigProblem[] => {
  let source: string;
  try {
    source = readFileSync(path, "utf8");
  } catch (error) {
    const fix = fileFix(error, dirname(path));
    const why = `cannot be read (${reasonOf(error)})`;
    return [problemAt(path, fix === null ? why : `${why}: ${fix}`)];
  }
  const document = parseDocument(source, { schema: "failsafe" });
  if (document.errors.length > 0)
    return document.errors.map(({ message }) => problemAt(path, message.split("\n")[0] ?? message));
  const content: unknown = document.toJS() ?? {};
  return isMapping(content) ? content : [problemAt(path, "has to be a list of NAME: value")];
};

/** The part of the file that is ours; a misspelt name of our section is a problem, not an empty section. */
const ownPart = (content: Mapping, section: string): Mapping | readonly ConfigProblem[] => {
  const own = section.toUpperCase();
  const misspelt = Object.keys(content).filter(
    (key) =>
      isMapping(content[key]) &&
      key.toUpperCase() !== own &&
      closestName(nameOf(key), [own]) !== undefined,
  );
  if (misspelt.length > 0) return misspelt.map((key) => unknownKey(key, origin, [own]));
  const part = Object.entries(content).find(([key]) => key.toUpperCase() === own)?.[1] ?? {};
  if (part === "") return {};
  return isMapping(part) ? part : [problemAt(section, "has to hold a list of NAME: value")];
};

const withoutSections = (content: Mapping, sections: readonly string[]): Mapping => {
  const skipped = new Set(sections.map((name) => name.toUpperCase()));
  return Object.fromEntries(
    Object.entries(content).filter(
      ([key, value]) => !(skipped.has(key.toUpperCase()) && (isMapping(value) || value === "")),
    ),
  );
};

/** A name that this part of the file does not have: another part may, or another file. */
const unknownSetting = (
  schema: ConfigSchema,
  key: string,
  { section, otherSections = [], elsewhere = {} }: ConfigSources,
): ConfigProblem => {
  const name = nameOf(key);
  if (Object.hasOwn(elsewhere, name))
    return problemAt(key, `belongs elsewhere: ${elsewhere[name]}`);
  const sections = section === undefined ? otherSections : [];
  const known = [...Object.keys(schema), ...sections.map((one) => one.toUpperCase())];
  const problem = unknownKey(key, origin, known);
  const whose = sections.find((one) => name.startsWith(`${one.toUpperCase()}_`));
  if (whose === undefined) return problem;
  return problemAt(key, `${problem.detail} What is for ${whose} stands under ${whose}:`);
};

const readSettings = (schema: ConfigSchema, content: Mapping, sources: ConfigSources) => {
  const texts = new Map<string, string>();
  const problems: ConfigProblem[] = [];
  for (const [key, value] of Object.entries(content)) {
    const text = scalarToText(value);
    if (!Object.hasOwn(schema, key.toUpperCase()))
      problems.push(unknownSetting(schema, key, sources));
    else if (text === null)
      problems.push(problemAt(key, "has to be one value or a list of values"));
    else texts.set(key.toUpperCase(), text);
  }
  return fileReading(problems, texts);
};

/** Reads a file of settings without guessing types: every value is a text, or a list of texts, for the setting to read. */
export const readYaml = (schema: ConfigSchema, sources: ConfigSources): SourceReading => {
  if (sources.file === undefined) return fileReading([]);
  const { texts, problems } = readFile(schema, sources, sources.file);
  const name = `${basename(sources.file, ".yaml")}.yaml` as const;
  return {
    origin: name,
    texts,
    problems: problems.map((problem) => ({ ...problem, origin: name })),
  };
};

const readFile = (schema: ConfigSchema, sources: ConfigSources, file: string): SourceReading => {
  const { section, otherSections = [] } = sources;
  const content = readMapping(file);
  if (!isMapping(content)) return fileReading(content);
  const own =
    section === undefined ? withoutSections(content, otherSections) : ownPart(content, section);
  return isMapping(own) ? readSettings(schema, own, sources) : fileReading(own);
};
