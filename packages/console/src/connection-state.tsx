import { connection } from "./api/connection.ts";
import { useStore } from "./api/store.ts";
import { useSeconds } from "./api/ticker.ts";
import { formatAge } from "./format/time.ts";

const words = {
  connecting: { mark: "◐", text: "Connecting", tone: "busy" },
  live: { mark: "●", text: "Live", tone: "good" },
  polling: { mark: "◐", text: "Polling", tone: "busy" },
  lost: { mark: "▲", text: "Disconnected", tone: "bad" },
} as const;

/** How the page hears of changes. */
export const ConnectionState = () => {
  const { mark, text, tone } = words[useStore(connection).state];
  return (
    <output className={`status connection ${tone}`}>
      <span aria-hidden="true">{mark}</span> {text}
    </output>
  );
};

/** Says that the service does not answer; what was read before stays on the page. */
export const ConnectionBanner = () => {
  const now = useStore(connection);
  if (now.state !== "lost") return null;
  return (
    <div className="banner" role="alert">
      <strong>The service does not answer.</strong> The last answers stay on the page, each with its
      age. Trying again every few seconds <LostSince since={now.since} />
    </div>
  );
};

const LostSince = ({ since }: { since: number }) => (
  <span aria-hidden="true">(lost {formatAge(Math.max(0, useSeconds() - since))})</span>
);
