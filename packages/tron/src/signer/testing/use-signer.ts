import { afterEach, beforeEach } from "vitest";
import { createSignerWorld, type SignerProcess, type SignerWorld } from "./world.ts";

type SignerStart = (options?: Parameters<SignerWorld["start"]>[0]) => void;

export type UsedSigner = {
  readonly world: SignerWorld;
  readonly signer: SignerProcess;
  readonly stop: () => void;
  /** Starts it on the same files, after it was stopped. */
  readonly start: SignerStart;
  readonly restart: SignerStart;
};

/** A world with a running signer for each test of a file. */
export const useSigner = (): UsedSigner => {
  let world: SignerWorld;
  let signer: SignerProcess;
  const stop = (): void => signer[Symbol.dispose]();
  const start: SignerStart = (options) => {
    signer = world.start(options);
  };
  beforeEach(async () => {
    world = await createSignerWorld();
    start();
  });
  afterEach(async () => {
    stop();
    await world[Symbol.asyncDispose]();
  });
  return {
    get world() {
      return world;
    },
    get signer() {
      return signer;
    },
    stop,
    start,
    restart: (options) => {
      stop();
      start(options);
    },
  };
};
