import { exitCode, Failure, type ExitCode, type Io } from "@lucid/agent";
import { ApiError } from "@lucid/api/client";
import type { Report } from "@lucid/verify";
import { auditBooks, readBooks } from "./audit.ts";
import { interrupted } from "./listening.ts";
import { reportToText } from "../verify/index.ts";
import type { Payout } from "./observer.ts";
import { verifyOwnLog } from "./own-log.ts";
import { setUp, type Scene } from "./scene.ts";
import type { Stage } from "./stage.ts";
import { describeSummary } from "./summary.ts";
import { createWatch } from "./watch.ts";

export type DemoOptions = {
  readonly data: string;
  /** Preferred for service and console. */
  readonly port: number;
  /** End after the summary instead of waiting for Ctrl-C. */
  readonly exit: boolean;
  readonly timeoutMs: number;
};

const WANTED_PAYOUTS = 3;
const NOTICE_MS = 1000;

/**
 * Runs the whole demo.
 * @returns 0 when everything was as it should be; throws a Failure otherwise. Nothing is left running either way.
 */
export const runDemo = async (io: Io, stage: Stage, options: DemoOptions): Promise<ExitCode> => {
  await using stack = new AsyncDisposableStack();
  stack.defer(() => stage.clear());
  const trouble = new AbortController();
  try {
    return await play(await setUp(io, stage, options, stack, trouble), options);
  } catch (error) {
    // A call that failed may be the first we notice of a program that has just died.
    if (error instanceof ApiError) await io.clock.sleep(NOTICE_MS, trouble.signal);
    if (trouble.signal.aborted) throw trouble.signal.reason;
    throw io.signal.aborted && error instanceof ApiError ? interrupted() : error;
  }
};

const play = async (scene: Scene, options: DemoOptions): Promise<ExitCode> => {
  const { stage } = scene;
  const watch = createWatch(scene);
  const confirmed = await watch.untilConfirmed(WANTED_PAYOUTS, options.timeoutMs);
  const ok = await sumUp(scene, confirmed);
  if (!options.exit) {
    stage.detail("", "It goes on until you press Ctrl-C; a second start continues here.");
    stage.quiet();
    await watch.forever();
    stage.clear();
    stage.farewell(
      `Stopped. Everything is kept in ${options.data}; to start over, remove that folder.`,
    );
  }
  return ok ? exitCode.ok : exitCode.fault;
};

const sumUp = async (scene: Scene, confirmed: readonly Payout[]): Promise<boolean> => {
  const { stage, client, folder, ground, url } = scene;
  const chainUrl = ground.announced.url;
  const books = await readBooks(client, chainUrl);
  const ledgerProblems = auditBooks(books, folder.treasury);
  const { payout, actor } = chooseExample(scene, confirmed);
  const statement = await client.call("getStatement", {
    params: { owner_id: payout.owner_id },
    query: {},
  });
  const ok = ledgerProblems.length === 0 && statement.adds_up;
  const report = await verifyItself(scene);
  for (const problem of ledgerProblems) stage.say("ledger_problem", { problem }, null);
  stage.clear();
  stage.output.result(
    {
      event: "summary",
      confirmed_payouts: books.payouts.filter(({ state }) => state === "confirmed").length,
      epochs_closed: await countClosedEpochs(scene),
      ledger_ok: ok,
      seconds: stage.seconds(),
    },
    () =>
      [
        describeSummary(
          {
            actor,
            statement,
            payout,
            consoleUrl: url,
            chainUrl,
            ledgerProblems,
            entries: books.entries.length,
          },
          stage.output,
        ),
        describeReport(scene, report),
      ].join("\n"),
  );
  return ok && report.follows;
};

/** What an auditor would do, on the log that the demo itself has published. */
const verifyItself = async (scene: Scene): Promise<Report> => {
  const { stage } = scene;
  stage.live("recomputing everything from the public log …");
  const report = await verifyOwnLog(scene);
  stage.clear();
  stage.output.event("verified", report, null);
  return report;
};

const describeReport = ({ stage, log, folder }: Scene, report: Report): string => {
  const command = `lucid verify ${log.announced.url} --network-id ${folder.networkId}`;
  const { paint } = stage.output;
  return ["", paint("bold", command), reportToText(report, paint)].join("\n");
};

/** The flaky node's owner has the most to ask; otherwise the first who was paid. */
const chooseExample = ({ troupe }: Scene, confirmed: readonly Payout[]) => {
  const owned = confirmed.flatMap((payout) => {
    const actor = troupe.actors.find(({ ownerId }) => ownerId === payout.owner_id);
    return actor === undefined ? [] : [{ payout, actor }];
  });
  const example = owned.find(({ actor }) => actor.role === "flaky") ?? owned[0];
  if (example !== undefined) return example;
  throw new Failure("demo.strangers", "payouts were confirmed, but to none of the demo's owners", {
    fix: "Something else pays from this folder's network: start the demo in another one, with --data",
  });
};

/** The open and the closing epoch are among the newest. */
const countClosedEpochs = async ({ client }: Scene): Promise<number> => {
  const { items, pagination } = await client.call("listEpochs", { query: { limit: 100 } });
  return pagination.total - items.filter(({ state }) => state !== "closed").length;
};
