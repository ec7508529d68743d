import { useState } from "react";

type Attempt = {
  /** Why the last attempt was refused; empty when it was not. */
  readonly refused: string;
  readonly isBusy: boolean;
  readonly attempt: (work: () => Promise<unknown>) => void;
};

/** What a person asks the service for: whether it is under way, and what was said against it. */
export const useAttempt = (): Attempt => {
  const [refused, setRefused] = useState("");
  const [isBusy, setBusy] = useState(false);
  const attempt = (work: () => Promise<unknown>): void => {
    setRefused("");
    setBusy(true);
    work()
      .catch((error: unknown) => setRefused(error instanceof Error ? error.message : String(error)))
      .finally(() => setBusy(false));
  };
  return { refused, isBusy, attempt };
};
