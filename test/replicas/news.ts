import type { Replica } from "./world.ts";

export type News = {
  /** Resolves once each of these nodes was told of, and listens no longer. */
  all(nodeIds: readonly string[]): Promise<void>;
};

/** Listens to what one replica tells live about nodes (server-sent events). */
export const hearNodes = async ({ url }: Pick<Replica, "url">): Promise<News> => {
  const stop = new AbortController();
  const response = await fetch(`${url}/api/v1/events`, { signal: stop.signal });
  let text = "";
  let heard = Promise.withResolvers<void>();
  const read = async (): Promise<void> => {
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += chunk;
      heard.resolve();
      heard = Promise.withResolvers();
    }
  };
  read().catch((error: unknown) => {
    if (!stop.signal.aborted) throw error;
  });
  const isTold = (id: string): boolean => text.includes(`"type":"node","node_id":"${id}"`);
  return {
    all: async (nodeIds) => {
      while (!nodeIds.every(isTold)) await heard.promise;
      stop.abort();
    },
  };
};
