import { useState, type SubmitEvent } from "react";
import { useAttempt } from "../api/attempt.ts";
import { Refused } from "./refused.tsx";

type Props<T extends string> = {
  /** What can be done, each with the words on its button. */
  readonly acts: readonly (readonly [act: T, words: string])[];
  /** The reason that it mostly is. */
  readonly usual?: string;
  /** What to write. */
  readonly placeholder?: string;
  /** What the reason has to look like, where not every sentence will do. */
  readonly pattern?: string;
  /** Throws when it is refused. */
  readonly onAct: (act: T, reason: string) => Promise<void>;
};

/** What a person decides, with the reason that goes into the record. */
export function ReasonForm<T extends string>({
  acts,
  usual = "",
  placeholder = "a sentence that everybody sees",
  pattern,
  onAct,
}: Props<T>) {
  const [reason, setReason] = useState(usual);
  const { refused, isBusy, attempt } = useAttempt();
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { submitter } = event.nativeEvent;
    const act = acts.find(([name]) => name === (submitter as HTMLButtonElement | null)?.value)?.[0];
    if (act === undefined) return;
    attempt(async () => {
      await onAct(act, reason.trim());
      setReason(usual);
    });
  };
  return (
    <form className="row" onSubmit={submit}>
      <label>
        Reason{" "}
        <input
          autoComplete="off"
          required
          size={36}
          placeholder={placeholder}
          title={placeholder}
          pattern={pattern}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </label>
      {acts.map(([act, words]) => (
        <button key={act} type="submit" value={act} disabled={isBusy}>
          {words}
        </button>
      ))}
      <Refused why={refused} />
    </form>
  );
}
