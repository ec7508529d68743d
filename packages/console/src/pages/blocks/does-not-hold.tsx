import type { LogError } from "@lucid/verify";
import { logAddress } from "../../api/log.ts";

type Props = Pick<LogError, "code" | "place" | "message">;

/** Where the log contradicts itself, and what to do about it. */
export const DoesNotHold = ({ code, place, message }: Props) => (
  <div role="alert">
    <p className="verdict bad">✗ {verdictOf(code)}</p>
    <p>{message}</p>
    <p className="note">
      {[code, ...whereIs(place)].join(" · ")}. Check the whole log from your own machine:{" "}
      <code>lucid verify {logAddress}</code>
    </p>
  </div>
);

const verdictOf = (code: Props["code"]): string => {
  if (code.endsWith("_missing")) return "A file that must be there is missing.";
  return code === "range"
    ? "The log does not go that far."
    : "This does not hold. Do not believe it.";
};

const whereIs = ({ height, leaf, path }: Props["place"]): string[] => [
  ...(height === undefined ? [] : [`block ${height}`]),
  ...(leaf === undefined ? [] : [`leaf ${leaf}`]),
  ...(path === undefined ? [] : [path]),
];
