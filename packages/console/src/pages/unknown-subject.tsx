import { ApiError } from "@lucid/api/client";
import type { ReactNode } from "react";
import { Link } from "wouter";
import { Empty } from "../parts/empty.tsx";

type Props = { readonly error: Error | null; readonly what: string; readonly children: ReactNode };

/** A page about something, or the word that the network does not know it. */
export const UnknownSubject = ({ error, what, children }: Props) => {
  const status = error instanceof ApiError ? error.status : null;
  if (error === null || (status !== 404 && status !== 422)) return children;
  return (
    <Empty title={`This network does not know that ${what}.`}>
      {error.message}. Check the id, or <Link href="/">look at the overview</Link>.
    </Empty>
  );
};
