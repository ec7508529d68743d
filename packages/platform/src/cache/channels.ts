import type { CacheSubscription } from "./port.ts";

type Listener = (message: string) => void;

/** The subscribers of one process, by channel. */
export type Channels = {
  add(channel: string, listener: Listener): CacheSubscription;
  tell(channel: string, message: string): void;
  names(): readonly string[];
};

export const createChannels = (): Channels => {
  const listeners = new Map<string, Set<{ readonly tell: Listener }>>();
  return {
    add: (channel, tell) => {
      const known = listeners.get(channel) ?? new Set();
      const subscriber = { tell };
      listeners.set(channel, known.add(subscriber));
      return { unsubscribe: () => void known.delete(subscriber) };
    },
    tell: (channel, message) => {
      for (const { tell } of listeners.get(channel) ?? []) tell(message);
    },
    names: () => [...listeners.keys()],
  };
};
