import type { Answered, Asked, Checked } from "./log-messages.ts";

/** The log could not be read or checked; `code` says why, and nothing about the log. */
class LogFault extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = "LogFault";
    this.code = code;
  }
}

type Waiting = {
  readonly resolve: (answered: Answered) => void;
  readonly reject: (fault: LogFault) => void;
};

/** Asks the thread that reads the log; it starts with the first question. */
export const createLogThread = (remember: (networkId: string, text: string) => void) => {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | null = null;
  let asked = 0;

  const start = (): Worker => {
    const thread = new Worker(new URL("./log-worker.ts", import.meta.url), { type: "module" });
    thread.addEventListener("message", ({ data }: MessageEvent<Answered>) => {
      waiting.get(data.id)?.resolve(data);
      waiting.delete(data.id);
    });
    thread.addEventListener("error", () => {
      worker = null;
      const fault = new LogFault(
        "log.thread",
        "What checks the log did not start: reload the page.",
      );
      for (const { reject } of waiting.values()) reject(fault);
      waiting.clear();
    });
    return thread;
  };

  return async (question: Omit<Asked, "id">): Promise<Checked<unknown>> => {
    const id = asked++;
    const answered = await new Promise<Answered>((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no other origin
      (worker ??= start()).postMessage({ ...question, id } satisfies Asked);
    });
    if (answered.remember !== null) remember(question.networkId, answered.remember);
    if ("fault" in answered) throw new LogFault(answered.fault.code, answered.fault.message);
    return answered.checked;
  };
};
