const unitsMs = { ms: 1, s: 1_000, m: 60_000, min: 60_000, h: 3_600_000, d: 86_400_000 } as const;

type Unit = keyof typeof unitsMs;

const isUnit = (text: string): text is Unit => Object.hasOwn(unitsMs, text);

/** Reads `90s` or, with a unit to fall back on, `90`; null when it is neither. Result in ms. */
export const parseDuration = (text: string, fallbackUnit = ""): number | null => {
  const [, digits, written] = /^([0-9]{1,12})([a-z]*)$/.exec(text) ?? [];
  if (digits === undefined) return null;
  const unit = written === "" ? fallbackUnit : String(written);
  return isUnit(unit) ? Number(digits) * unitsMs[unit] : null;
};

/** Writes a duration in the largest unit that needs no fraction. */
export const formatDuration = (ms: number): string => {
  const unit = (["d", "h", "m", "s"] as const).find((name) => ms !== 0 && ms % unitsMs[name] === 0);
  return unit === undefined ? `${ms}ms` : `${ms / unitsMs[unit]}${unit}`;
};
