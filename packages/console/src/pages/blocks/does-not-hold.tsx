import type { LogError } from "@lucid/verify";
import { logAddress } from "../../api/log.ts";
import { explain, verdictOn } from "../../model/log-words.ts";

type Props = Pick<LogError, "code" | "place" | "message">;

/** Where the log contradicts itself, and what to do about it. */
export const DoesNotHold = ({ code, place, message }: Props) => {
  const { meaning, detail } = explain(code, message);
  return (
    <div role="alert">
      <p className="verdict bad">✗ {verdictOn(code)}</p>
      <p>{meaning}</p>
      <p className="note long">
        {[code, ...whereIs(place), ...(detail === "" ? [] : [detail])].join(" · ")}
      </p>
      <p className="note">
        Check the whole log from your own machine: <code>lucid verify {logAddress}</code>
      </p>
    </div>
  );
};

const whereIs = ({ height, leaf, path }: Props["place"]): string[] => [
  ...(height === undefined ? [] : [`block ${height}`]),
  ...(leaf === undefined ? [] : [`leaf ${leaf}`]),
  ...(path === undefined ? [] : [path]),
];
