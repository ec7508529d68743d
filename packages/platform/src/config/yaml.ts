import { readFileSync } from "node:fs";
import { parseDocument } from "yaml";
import type { ConfigSchema } from "./definition.ts";
import type { ConfigProblem } from "./error.ts";
import { reasonOf, unknownKey, type SourceReading } from "./sources.ts";

const fileReading = (
  problems: readonly ConfigProblem[],
  texts = new Map<string, string>(),
): SourceReading => ({
  origin: "lucid.yaml",
  texts,
  problems,
});

const scalarToText = (value: unknown): string | null => {
  if (typeof value === "string") return value;
  if (Array.isArray(value) && value.every((item) => typeof item === "string"))
    return value.join(",");
  return null;
};

/** Reads lucid.yaml without guessing types: every value is a text, or a list of texts, for the setting to read. */
export const readYaml = (schema: ConfigSchema, path: string | undefined): SourceReading => {
  if (path === undefined) return fileReading([]);
  const problem = (detail: string, key = path): ConfigProblem => ({
    key,
    origin: "lucid.yaml",
    detail,
  });
  let source: string;
  try {
    source = readFileSync(path, "utf8");
  } catch (error) {
    return fileReading([problem(`cannot be read (${reasonOf(error)})`)]);
  }
  const document = parseDocument(source, { schema: "failsafe" });
  if (document.errors.length > 0) {
    return fileReading(
      document.errors.map(({ message }) => problem(message.split("\n")[0] ?? message)),
    );
  }
  const content: unknown = document.toJS() ?? {};
  if (typeof content !== "object" || content === null || Array.isArray(content)) {
    return fileReading([problem("has to be a list of NAME: value")]);
  }
  const texts = new Map<string, string>();
  const problems: ConfigProblem[] = [];
  for (const [key, value] of Object.entries(content)) {
    const text = scalarToText(value);
    if (!Object.hasOwn(schema, key.toUpperCase())) {
      problems.push(unknownKey(key, "lucid.yaml", Object.keys(schema)));
    } else if (text === null)
      problems.push(problem("has to be one value or a list of values", key));
    else texts.set(key.toUpperCase(), text);
  }
  return fileReading(problems, texts);
};
