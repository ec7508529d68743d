import { useSearchParams } from "wouter";

/** What to put into the page's address; null takes it away. */
export type Changes = Readonly<Record<string, string | null>>;
type Setting = {
  /** For what nobody did: it leaves no step to go back to. */
  readonly replace?: boolean;
};

/** The parameters in the page's address: what somebody may come back to, or send to somebody else. */
export const useParameters = () => {
  const [parameters, setParameters] = useSearchParams();
  const change = (changes: Changes, setting: Setting = {}): void =>
    setParameters((before) => {
      const after = new URLSearchParams(before);
      for (const [name, value] of Object.entries(changes)) {
        if (value === null) after.delete(name);
        else after.set(name, value);
      }
      return after;
    }, setting);
  return [parameters, change] as const;
};
