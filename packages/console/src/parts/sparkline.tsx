type Props = {
  /** What is drawn, for those who do not see it. */
  readonly title: string;
  /** In order; null where nothing is known, which leaves a gap. */
  readonly values: readonly (number | null)[];
  /** The top of the drawing. */
  readonly most: number;
  /** A line across, in the same unit. */
  readonly mark?: number | undefined;
};

const width = 240;
const height = 48;

/** A small drawing of a figure over time. */
export const Sparkline = ({ title, values, most, mark }: Props) => {
  const yOf = (value: number): number =>
    height - (Math.min(value, most) / Math.max(most, 1)) * height;
  return (
    <svg
      className="sparkline"
      role="img"
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
    >
      <title>{title}</title>
      {mark !== undefined && (
        <line className="sparkline-mark" x1="0" x2={width} y1={yOf(mark)} y2={yOf(mark)} />
      )}
      <path d={pathOf(values, yOf)} />
    </svg>
  );
};

const pathOf = (values: readonly (number | null)[], yOf: (value: number) => number): string => {
  const step = width / Math.max(1, values.length - 1);
  return values
    .map((value, i) => {
      if (value === null) return "";
      const before = values[i - 1];
      const verb = before === null || before === undefined ? "M" : "L";
      return `${verb}${(i * step).toFixed(1)},${yOf(value).toFixed(1)}`;
    })
    .join("");
};
