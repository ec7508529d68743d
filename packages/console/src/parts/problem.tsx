import { ApiError } from "@lucid/api/client";

/** What went wrong with one reading, with its code. */
export const Problem = ({ error, onRetry }: { error: Error; onRetry: () => void }) => (
  <div className="problem" role="alert">
    <p>{error.message}</p>
    <p>
      {error instanceof ApiError && <code>{error.code}</code>}
      <button type="button" onClick={onRetry}>
        Try again
      </button>
    </p>
  </div>
);
