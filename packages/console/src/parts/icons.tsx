export const CopyIcon = () => (
  <svg viewBox="0 0 16 16" aria-hidden="true" className="icon">
    <rect x="5.5" y="5.5" width="8" height="8" rx="1.5" />
    <path d="M10.5 5.5v-1.5a1.5 1.5 0 0 0-1.5-1.5h-5a1.5 1.5 0 0 0-1.5 1.5v5a1.5 1.5 0 0 0 1.5 1.5h1.5" />
  </svg>
);

export const DoneIcon = () => (
  <svg viewBox="0 0 16 16" aria-hidden="true" className="icon">
    <path d="M3 8.5l3.5 3.5 6.5-8" />
  </svg>
);

export const LucidMark = () => (
  <svg viewBox="0 0 24 24" aria-hidden="true" className="mark">
    <path d="M6 17V7M10 17V10M14 17V7M18 17v-3" />
  </svg>
);
