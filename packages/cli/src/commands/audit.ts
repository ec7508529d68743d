import { exitCode, Failure, outputOf, serviceUrl, type Io } from "@lucid/agent";
import { Command } from "commander";
import { type AuditLine, signInAsAdmin, type KeyedPlace } from "../admin/index.ts";
import { withKey } from "./place.ts";
import {
  type Column,
  type PageOption,
  pageLine,
  table,
  wholeNumberFrom,
  withPage,
} from "../lists/index.ts";

type ListOptions = KeyedPlace &
  PageOption & {
    readonly who?: string;
    readonly subject?: string;
    readonly operation?: string;
    readonly epoch?: number;
    readonly check?: boolean;
    readonly log?: string;
  };

/** `lucid admin audit`: who changed what; with --check, whether the trail is still the one that the log knows. */
export const createAuditCommand = (io: Io): Command =>
  withPage(withKey(new Command("audit")))
    .description("who changed what, when, and from what to what: the newest first")
    .option("--who <principal_id>", "only changes by")
    .option("--subject <id>", "only changes of")
    .option("--operation <operation>", "only these, like changeStanding")
    .option("--epoch <epoch>", "only of this epoch", wholeNumberFrom(0))
    .option("--check", "recompute the root of --epoch and compare it with the log")
    .option("--log <url>", "where the log is; the service's own if not given", serviceUrl)
    .action((options: ListOptions, command: Command) =>
      options.check === true ? check(io, options, command) : list(io, options, command),
    );

const list = async (io: Io, options: ListOptions, command: Command): Promise<void> => {
  const { who, subject, operation, epoch, page } = options;
  const query = {
    page,
    limit: 100,
    ...(who !== undefined && { principal_id: who }),
    ...(subject !== undefined && { subject }),
    ...(operation !== undefined && { operation }),
    ...(epoch !== undefined && { epoch }),
  };
  const client = await signInAsAdmin(options);
  const { items, pagination } = await client.call("listAudit", { query });
  const output = outputOf(io, command);
  output.result({ event: "audit", items, pagination }, () =>
    [...table(items, columns, output), pageLine(pagination)].join("\n"),
  );
};

const columns: readonly Column<AuditLine>[] = [
  { head: "at", cell: ({ at }) => at },
  { head: "operation", cell: ({ operation }) => operation },
  { head: "of", cell: ({ subject }) => subject },
  { head: "outcome", cell: ({ outcome }) => outcome },
  { head: "by", cell: ({ principal }) => `${principal.id} (${principal.roles.join(", ")})` },
];

const check = async (io: Io, options: ListOptions, command: Command): Promise<void> => {
  const { epoch, service, log = `${service}/log` } = options;
  if (epoch === undefined)
    throw new Failure("usage", "--check needs --epoch: each epoch has its own root", {
      fix: "Name one that is over; the console shows which one is open",
      exit: exitCode.usage,
    });
  const [{ checkAudit }, { withLog }] = await Promise.all([
    import("../admin/audit-check.ts"),
    import("../blocks/index.ts"),
  ]);
  const client = await signInAsAdmin(options);
  const found = await withLog(log, (opened) => checkAudit(client, opened, epoch));
  const { shown, sealed, height, same } = found;
  if (!same)
    throw new Failure(
      "audit.changed",
      `the audit trail of epoch ${epoch} was changed: it shows ${shown.count} lines with root ${shown.root}, and block ${height} says ${sealed.count} with ${sealed.root}`,
      {
        fix: "Compare it line by line with a backup of the store from that time",
        exit: exitCode.finding,
      },
    );
  outputOf(io, command).result(
    { event: "audit_checked", ...found },
    () =>
      `${shown.count} lines of epoch ${epoch} are those that block ${height} knows (${shown.root})`,
  );
};
