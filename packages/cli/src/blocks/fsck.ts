import { exitCode, Failure, type Io, type Output } from "@lucid/agent";
import type { FsckProgress, FsckReport, openDisk } from "@lucid/block-manager";

/** Nobody needs to be told before, and not more often. */
const quietMs = 2000;
const shownFindings = 50;

type Disk = Awaited<ReturnType<typeof openDisk>>;

/** Verifies the log in a folder again, byte for byte; throws a Failure for what cannot be read. */
export const checkFolder = async (
  folder: string,
  { io, output }: { readonly io: Io; readonly output: Output },
): Promise<FsckReport> => {
  const blockManager = await import("@lucid/block-manager"); // loaded only here, so that the others start fast
  const { DiskError } = blockManager;
  try {
    const disk = await logIn(await blockManager.openDisk(folder));
    return await blockManager.fsck(disk, {
      live: await isInUse(disk),
      signal: io.signal,
      onProgress: createProgress(io, output),
    });
  } catch (error) {
    if (io.signal.aborted)
      throw new Failure("interrupted", "stopped before the end", { exit: exitCode.interrupted });
    if (error instanceof DiskError) throw unreadable(error.code, error.message, error);
    throw error;
  }
};

/** The log's own folder, or the one below the data folder. */
const logIn = async (disk: Disk): Promise<Disk> => {
  for (const place of [disk.folder("log"), disk])
    if ((await place.size("network.json")) !== null && (await holdsLog(place))) return place;
  throw unreadable("disk.missing", `there is no log in ${disk.name}`);
};

const holdsLog = async (disk: Disk): Promise<boolean> => {
  const names = (await disk.list("")).map(({ name }) => name);
  return ["checkpoint", "tile", "body", "compact"].some((name) => names.includes(name));
};

/** Whether a service has the folder right now; where nobody ever had it, nothing is left behind to find out. */
const isInUse = async (disk: Disk): Promise<boolean> => {
  if ((await disk.size("lock")) === null) return false;
  try {
    await (await disk.lock()).release();
    return false;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "disk.locked";
  }
};

const unreadable = (code: string, message: string, cause?: unknown): Failure =>
  new Failure(code, message, {
    fix: "Name the network's folder, or the log's, with --data",
    exit: exitCode.usage,
    cause,
  });

const createProgress = (io: Io, output: Output) => {
  let saidMs = io.clock.monotonic();
  return ({ step, done, of }: FsckProgress): void => {
    if (io.clock.monotonic() - saidMs < quietMs) return;
    saidMs = io.clock.monotonic();
    const sentence = output.paint("dim", `${step}: ${done} of ${of}`);
    output.event("progress", { step, done, of }, sentence);
  };
};

export const fsckToText = (report: FsckReport, paint: Output["paint"]): string => {
  const { clean, size, findings, checked } = report;
  const counts = Object.entries(checked).map(([what, count]) => `${count} ${what}`);
  const shown = findings
    .slice(0, shownFindings)
    .map(({ path, code, detail }) => `${paint("red", code.padEnd(11))} ${path}: ${detail}`);
  const rest = findings.length - shown.length;
  const answer = clean
    ? paint("green", `clean: ${size} blocks`)
    : paint("red", `${findings.length} problems${size === null ? "" : ` in ${size} blocks`}`);
  return [...shown, ...(rest > 0 ? [`and ${rest} more`] : []), answer, counts.join(", ")].join(
    "\n",
  );
};
