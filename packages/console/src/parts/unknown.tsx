/** A figure that could not be read, and why. Never a zero. */
export const Unknown = ({ why }: { why: string }) => (
  <span className="unknown">
    unknown <small>{why}</small>
  </span>
);
