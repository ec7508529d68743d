import type { ConfigSchema, Setting } from "./definition.ts";
import { formatSetting } from "./format.ts";

const span = (from: string | undefined, to: string | undefined): string => {
  if (from !== undefined && to !== undefined) return `${from}..${to}`;
  if (from !== undefined) return `from ${from}`;
  return to === undefined ? "" : `up to ${to}`;
};

const written = (bound: unknown, setting: Setting): string | undefined =>
  bound === undefined ? undefined : formatSetting(bound, setting);

const boundsOf = (setting: Setting): string => {
  if (setting.type === "integer" || setting.type === "usdt") {
    return span(written(setting.minimum, setting), written(setting.maximum, setting));
  }
  if (setting.type === "duration") {
    return span(written(setting.minimumMs, setting), written(setting.maximumMs, setting));
  }
  if (setting.type === "enum") return setting.values.map((value) => `\`${value}\``).join(", ");
  if ((setting.type === "string" || setting.type === "list") && setting.example !== undefined)
    return `like \`${setting.example}\``;
  if (setting.type !== "url") return "";
  return (setting.protocols ?? []).map((protocol) => `\`${protocol}//\``).join(", ");
};

const defaultOf = (setting: Setting): string => {
  if (setting.default !== undefined) {
    const text = formatSetting(setting.default, setting);
    return text === "" ? "empty" : `\`${text}\``;
  }
  return setting.optional === true ? "not set" : "**needed**";
};

const notesOf = (name: string, { secret, seedOnly }: Setting): string =>
  [
    secret === true ? ` Secret; also from the file that \`${name}_FILE\` names.` : "",
    seedOnly === true ? " Seeds the network once; a different value later refuses to start." : "",
  ].join("");

const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ");

const row = ([name, setting]: [string, Setting]): string => {
  const kind = [setting.type, setting.unit, boundsOf(setting)].filter(
    (part) => part !== undefined && part !== "",
  );
  const description = `${setting.description}${notesOf(name, setting)}`;
  return `| \`${name}\` | ${cell(kind.join(", "))} | ${cell(defaultOf(setting))} | ${cell(description)} |`;
};

/** A program whose settings are documented. */
export type DocumentedProgram = {
  readonly name: string;
  /** Its mapping in lucid.yaml; without one its settings stand at the top. */
  readonly section?: string;
  /** A file of its own instead of lucid.yaml. */
  readonly file?: string;
  readonly schema: ConfigSchema;
};

const placeOf = ({ section, file = "lucid.yaml" }: DocumentedProgram): string =>
  section === undefined
    ? `In \`${file}\` these stand at the top.`
    : `In \`${file}\` these stand under \`${section}:\`.`;

const chapter = (program: DocumentedProgram): string => `
## ${program.name}

${placeOf(program)}

| name | type | default | meaning |
| --- | --- | --- | --- |
${Object.entries(program.schema).map(row).join("\n")}
`;

/** Renders docs/configuration.md from the schemas, so that it cannot say anything else. */
export const renderConfigurationDoc = (
  programs: readonly DocumentedProgram[],
): string => `# Configuration

A value comes from the first of: command-line flag, environment variable, \`lucid.yaml\`, default. Names are the
same everywhere (lower case is fine in \`lucid.yaml\`; flags are \`--set NAME=value\` of \`lucid up\`, \`--like-this\` of a service). A malformed value, an unknown
\`LUCID_*\` variable, a misspelt name and an unknown key refuse to start, all in one message. \`lucid config check\` prints the
effective set with the origin of every value. Amounts are in USDT, durations are written like \`500ms\`, \`30s\`, \`15m\`, \`1h\`.
${programs.map(chapter).join("")}`;
