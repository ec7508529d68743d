/** How much of something is done, from 0 to 1; the figures beside it say the same. */
export const Meter = ({ share }: { share: number }) => (
  <span className="meter" aria-hidden="true">
    <span style={{ transform: `scaleX(${share.toFixed(4)})` }} />
  </span>
);
