import { useEffect, useRef, type ReactNode } from "react";

let shown: string | null = null;

/** A page with its heading: names the tab, and takes the focus when one comes from another page. */
export const Page = ({ title, heading, children }: Props) => {
  const headingRef = useRef<HTMLHeadingElement>(null);
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
      {children}
    </>
  );
};

type Props = {
  readonly title: string;
  readonly heading?: ReactNode;
  readonly children: ReactNode;
};
