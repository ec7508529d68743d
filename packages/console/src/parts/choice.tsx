type Props<T extends string> = {
  /** What is chosen, for those who do not see where it stands. */
  readonly label: string;
  readonly choices: readonly (readonly [value: T, name: string])[];
  readonly value: T;
  readonly onChange: (value: T) => void;
};

/** One of a few, for what a panel shows. */
export function Choice<T extends string>({ label, choices, value, onChange }: Props<T>) {
  return (
    <label>
      <span className="hidden">{label}</span>
      <select value={value} onChange={(event) => onChange(event.target.value as T)}>
        {choices.map(([choice, name]) => (
          <option key={choice} value={choice}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
