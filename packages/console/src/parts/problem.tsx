/** What went wrong with one reading, with its code. */
export const Problem = ({ error, onRetry }: { error: Error; onRetry: () => void }) => (
  <div className="problem" role="alert">
    <p>{error.message}</p>
    <p>
      {"code" in error && <code>{String(error.code)}</code>}
      <button type="button" onClick={onRetry}>
        Try again
      </button>
    </p>
  </div>
);
