import { outputOf, type Io } from "@lucid/agent";
import { Command } from "commander";
import { withServiceOptions, type ServiceOptions } from "./service-options.ts";

type MigrateOptions = ServiceOptions & { readonly dryRun?: boolean };

/** `lucid migrate`; what it needs is loaded only now, so that the other commands start fast. */
export const createMigrateCommand = (io: Io): Command =>
  withServiceOptions(new Command("migrate"))
    .description("bring the store of an earlier version to this one, as the first start would")
    .option("--dry-run", "only try it on every document; changes nothing, services may run")
    .action(async (options: MigrateOptions, command: Command) => {
      const { explained } = await import("../backup/index.ts");
      const { planUpgrade, upgradeStore } = await import("@lucid/node-management");
      const { loadServicesConfig } = await import("../services/index.ts");
      const { values } = loadServicesConfig(io, options).service;
      const output = outputOf(io, command);
      const isDryRun = options.dryRun === true;
      const plan = await explained(() => planUpgrade(values));
      if (!isDryRun) await explained(() => upgradeStore(values, io.clock));
      const changed = plan.filter(({ from, to }) => from !== to);
      output.result({ event: "migrate", dry_run: isDryRun, collections: plan }, () =>
        [
          ...changed.map(({ name, from, to, documents }) =>
            from === null
              ? `${name}: new`
              : `${name}: ${documents} documents from schema ${from} to ${to}`,
          ),
          `${sumOf(plan)} documents fit this version${isDryRun ? "; nothing was changed" : ""}.`,
        ].join("\n"),
      );
    });

const sumOf = (plan: readonly { readonly documents: number }[]): number =>
  plan.reduce((sum, { documents }) => sum + documents, 0);
