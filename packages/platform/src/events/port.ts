export type Subscription = { unsubscribe(): void };

export type SubscribeOptions = {
  /** How many events may wait for a subscriber that is still busy; more are dropped and `onResync` is told. */
  capacity?: number;
  /** Called in place of the dropped events: the subscriber has to read the present state again. */
  onResync?: (missed: number) => void | Promise<void>;
};

/** Live events inside one process: a hint that something changed, never the only record of it. */
export type Events<E> = {
  /** Hands the event to every subscriber and returns at once; a slow or failing subscriber holds up nobody. */
  publish(event: E): void;
  /** Calls `listener` with every event from now on, one at a time. A listener that fails is unsubscribed. */
  subscribe(listener: (event: E) => void | Promise<void>, options?: SubscribeOptions): Subscription;
  readonly subscribers: number;
};
