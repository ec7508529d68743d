import type { ReactNode } from "react";

/** Nothing to show yet, and what brings it about. */
export const Empty = ({ title, children }: { title: string; children?: ReactNode }) => (
  <div className="empty">
    <p className="empty-title">{title}</p>
    {children !== undefined && <p>{children}</p>}
  </div>
);
