import { useIsFetching } from "@tanstack/react-query";
import { useEffect, useRef, useState, type ReactNode } from "react";

let shown: string | null = null;

/** A page with its heading: names the tab, and takes the focus when one comes from another page. */
export const Page = ({ title, heading, children }: Props) => {
  const headingRef = useRef<HTMLHeadingElement>(null);
  const isReady = useReadiness();
  useEffect(() => {
    document.title = `${title} · Lucid`;
    if (shown !== null && shown !== title) headingRef.current?.focus();
    shown = title;
  }, [title]);
  return (
    <>
      <h1 ref={headingRef} tabIndex={-1}>
        {heading ?? title}
      </h1>
      <div className={isReady ? undefined : "unready"}>{children}</div>
    </>
  );
};

/** What takes longer than this says in its own place that it is still being read. */
const PATIENCE_MS = 500;
/** In which an answer makes a page ask for more. */
const SETTLE_MS = 50;

/** Whether what a page reads first is there, so that its panels are drawn together and none pushes another away. */
const useReadiness = (): boolean => {
  const [isReady, setReady] = useState(false);
  const isReading = useIsFetching({ predicate: ({ state }) => state.data === undefined }) > 0;
  useEffect(() => {
    const timer = setTimeout(() => setReady(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  useEffect(() => {
    if (isReading) return undefined;
    const timer = setTimeout(() => setReady(true), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [isReading]);
  return isReady;
};

type Props = {
  readonly title: string;
  readonly heading?: ReactNode;
  readonly children: ReactNode;
};
