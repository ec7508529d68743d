import type { Events, SubscribeOptions } from "./port.ts";

export type EventsOptions = {
  /** Told when a listener failed and was unsubscribed. */
  onFailure?: (error: unknown) => void;
};

type Subscriber<E> = { offer(event: E): void; stop(): void };

/** The bus of one process. */
export function createEvents<E>({ onFailure = () => undefined }: EventsOptions = {}): Events<E> {
  const subscribers = new Set<Subscriber<E>>();

  return {
    publish: (event) => {
      for (const subscriber of subscribers) subscriber.offer(event);
    },
    subscribe: (listener, options) => {
      const subscriber: Subscriber<E> = createSubscriber(listener, options, (error) => {
        if (subscribers.delete(subscriber)) onFailure(error);
      });
      subscribers.add(subscriber);
      return {
        unsubscribe: () => {
          subscribers.delete(subscriber);
          subscriber.stop();
        },
      };
    },
    get subscribers() {
      return subscribers.size;
    },
  };
}

function createSubscriber<E>(
  listener: (event: E) => void | Promise<void>,
  { capacity = 256, onResync = () => undefined }: SubscribeOptions = {},
  fail: (error: unknown) => void,
): Subscriber<E> {
  let waiting: E[] = [];
  let missed = 0;
  let busy = false;
  let stopped = false;

  return {
    stop: () => {
      stopped = true;
    },
    offer: (event) => {
      if (missed > 0 || waiting.length >= capacity) {
        missed += waiting.length + 1;
        waiting = [];
      } else {
        waiting.push(event);
      }
      if (!busy) void deliver();
    },
  };

  async function deliver(): Promise<void> {
    busy = true;
    try {
      while (hasWork()) {
        const delivery = deliverNext();
        // A listener that is done at once takes the next event at once.
        if (delivery !== undefined) await delivery;
      }
    } catch (error) {
      stopped = true;
      fail(error);
    } finally {
      busy = false;
    }
  }

  function hasWork(): boolean {
    return !stopped && (missed > 0 || waiting.length > 0);
  }

  function deliverNext(): void | Promise<void> {
    if (missed > 0) {
      const count = missed;
      missed = 0;
      return onResync(count);
    }
    const [event] = waiting.splice(0, 1) as [E];
    return listener(event);
  }
}
