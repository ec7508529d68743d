import { basename, relative } from "node:path";

export type Start = {
  /** `process.argv[1]` */
  readonly script: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
};

/** What to type for `lucid`, seen from how this program was started. */
const commandName = ({ script = "", env, cwd }: Start): string => {
  const npmScript = env["npm_lifecycle_event"];
  if (npmScript === "npx") return "npx lucid";
  if (npmScript !== undefined || env["npm_execpath"] !== undefined)
    return "npm run --silent lucid --";
  if (!script.endsWith(".mjs")) return "lucid";
  const path = relative(cwd, script);
  return `node ${path.startsWith("..") ? script : path}`;
};

const COMMAND =
  /\blucid (?=(?:admin|backup|blocks|complete|config|demo|doctor|init|migrate|node|payouts|pools|restore|signer|up|verify)\b|--help\b)/g;
const NODE_COMMAND =
  /\blucid node (?=(?:address|alerts|doctor|enrol|init|maintenance|pool|run|status|threshold)\b)/g;

/** Rewrites the commands in a hint into what its reader can type; the agent's own program has no `node` before them. */
export const createHints = (start: Start): ((text: string) => string) => {
  const name = commandName(start);
  const isAgent = basename(start.script ?? "").startsWith("lucid-agent");
  if (!isAgent) return (text) => text.replaceAll(COMMAND, `${name} `);
  const agent = name === "lucid" ? "lucid-agent" : name;
  return (text) => text.replaceAll(NODE_COMMAND, `${agent} `);
};
