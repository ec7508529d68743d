import { exitCode, Failure } from "@lucid/agent";
import { ApiError, createBlockClient, type BlockClient } from "@lucid/api/client";
import { type Log, LogError, openLog, openUrl, SourceError } from "@lucid/verify";

/** Reads and proves something of the log at an address; what does not hold or cannot be read ends the command. */
export const withLog = async <T>(service: string, use: (log: Log) => Promise<T>): Promise<T> => {
  try {
    return await use(await openLog(openUrl(service)));
  } catch (error) {
    if (error instanceof LogError)
      throw new Failure(`log.${error.code}`, `the log does not hold: ${error.message}`, {
        fix: "Keep what it serves as evidence, and run: lucid verify",
        cause: error,
      });
    if (error instanceof SourceError)
      throw new Failure(error.code, error.message, {
        fix: "See that the block manager runs and that --service is its address",
        exit: exitCode.unreachable,
        cause: error,
      });
    throw error;
  }
};

/** Asks the block manager at an address; another service at that address ends the command. */
export const askService = async <T>(
  service: string,
  ask: (client: BlockClient) => Promise<T>,
): Promise<T> => {
  try {
    return await ask(createBlockClient({ baseUrl: service }));
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== "request.not_found") throw error;
    throw new Failure(error.code, `there is no block manager at ${service}`, {
      fix: "Give its own address with --service; its port is 8086 unless it was set",
      exit: exitCode.refused,
      cause: error,
    });
  }
};

/** The height of a block that was named by its height or by its header hash. */
export const heightOf = async (service: string, block: string): Promise<number> => {
  if (/^(0|[1-9][0-9]{0,14})$/.test(block)) return Number(block);
  if (!/^[0-9a-f]{64}$/.test(block))
    throw new Failure("usage", `${block} is neither a height nor a header hash of 64 hex digits`, {
      fix: "Both stand in: lucid blocks list",
      exit: exitCode.usage,
    });
  const found = await askService(service, (client) =>
    client.call("getBlock", { params: { block } }),
  );
  return found.height;
};

/** A block that the log does not have is no fault of the log. */
export const requireHeight = (log: Log, height: number): void => {
  if (height < log.checkpoint.size) return;
  const ends = log.checkpoint.size === 0 ? "is empty" : `ends at height ${log.checkpoint.size - 1}`;
  throw new Failure("blocks.unknown", `there is no block ${height}: the log ${ends}`, {
    fix: "See what there is: lucid blocks list",
    exit: exitCode.refused,
  });
};
