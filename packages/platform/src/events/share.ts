import type { Cache } from "../cache/index.ts";
import type { Events } from "./port.ts";

export type ShareOptions<E> = {
  readonly channel: string;
  /** Whether others are told of an event. */
  readonly isForOthers: (event: E) => boolean;
  /** Called with every event that came from elsewhere. */
  readonly onForeign?: (event: E) => void;
};

/** Carries events of this process to others and theirs here, as far as the cache carries them. */
export const shareEvents = async <E extends { readonly type: string }>(
  { events, cache }: { readonly events: Events<E>; readonly cache: Cache },
  { channel, isForOthers, onForeign = () => undefined }: ShareOptions<E>,
): Promise<Disposable> => {
  const foreign = new WeakSet<E>();
  const sent = new Set<string>();
  const ours = events.subscribe((event) => {
    if (foreign.has(event) || !isForOthers(event)) return;
    const message = JSON.stringify(event);
    // The cache tells this process as well.
    sent.add(message);
    cache.publish(channel, message);
    sent.delete(message);
  });
  const theirs = await cache.subscribe(channel, (message) => {
    const event = sent.has(message) ? null : (readEvent(message) as E | null);
    if (event === null) return;
    foreign.add(event);
    events.publish(event);
    onForeign(event);
  });
  return {
    [Symbol.dispose]: () => {
      ours.unsubscribe();
      theirs.unsubscribe();
    },
  };
};

/** Null for what is no event: others may run another version. */
const readEvent = (message: string): { readonly type: string } | null => {
  try {
    const event: unknown = JSON.parse(message);
    return isEvent(event) ? event : null;
  } catch {
    return null;
  }
};

const isEvent = (value: unknown): value is { readonly type: string } =>
  typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
