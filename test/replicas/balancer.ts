import { setTimeout as wait } from "node:timers/promises";

const lookEveryMs = 100;
const readyWithinMs = 1000;

/** Requests that are sent once, and what went wrong with them. */
export type Witness = Pick<Balancer, "fetch" | "failures">;

/** Sends every request to the origin that `originFor` names for it. */
export const createWitness = (originFor: (asked: URL) => string): Witness => {
  const failures: string[] = [];
  const send: typeof globalThis.fetch = async (input, init) => {
    const url = new URL(input as string);
    const where = `${init?.method ?? "GET"} ${url.pathname}`;
    const target = `${originFor(url)}${url.pathname}${url.search}`;
    const response = await fetch(target, init).catch((error: unknown) => {
      failures.push(`${where}: ${reasonOf(error)}`);
      throw error;
    });
    if (response.status >= 500) failures.push(`${where}: ${response.status}`);
    return response;
  };
  return { fetch: send, failures };
};

export type Balancer = Disposable & {
  /** Sends a request to the next replica that said it is ready; never a second time. */
  readonly fetch: typeof globalThis.fetch;
  /** What went wrong with requests since the start, one line each. */
  readonly failures: readonly string[];
  /** Resolves once exactly so many replicas are ready. */
  ready(count: number): Promise<void>;
};

/** A round-robin over whatever replicas there are at the moment, as balancers work: by /ready, twice is not tried. */
export const createBalancer = (urls: () => readonly string[]): Balancer => {
  const stop = new AbortController();
  let ready: string[] = [];
  let turn = 0;

  const isReady = async (url: string): Promise<boolean> => {
    const signal = AbortSignal.timeout(readyWithinMs);
    return fetch(`${url}/ready`, { signal }).then(
      async (response) => {
        await response.arrayBuffer();
        return response.ok;
      },
      () => false,
    );
  };
  const look = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      const known = urls();
      const answers = await Promise.all(known.map(isReady));
      ready = known.filter((_, i) => answers[i]);
      await wait(lookEveryMs);
    }
  };
  void look();

  const witness = createWitness(
    ({ origin }) => ready[turn++ % Math.max(1, ready.length)] ?? origin,
  );
  return {
    ...witness,
    ready: async (count) => {
      while (ready.length !== count) await wait(lookEveryMs);
    },
    [Symbol.dispose]: () => stop.abort(),
  };
};

const reasonOf = (error: unknown): string => {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  return cause instanceof Error ? cause.message : String(cause);
};
