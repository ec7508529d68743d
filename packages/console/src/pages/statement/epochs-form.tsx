import { type FormEvent, useState } from "react";
import { useLocation } from "wouter";
import { type Epochs, epochsOf, epochsToSearch } from "../../model/statement-epochs.ts";

type Props = { readonly ownerId: string; readonly epochs: Epochs };

/** Which epochs, and the same statement to print or to keep; not on the paper. */
export const EpochsForm = ({ ownerId, epochs }: Props) => {
  const [, navigate] = useLocation();
  const [first, setFirst] = useState(String(epochs.epoch ?? ""));
  const [last, setLast] = useState(String(epochs.to_epoch ?? ""));
  const path = `/owners/${ownerId}/statement`;
  const show = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const query = new URLSearchParams({ epoch: first.trim(), to_epoch: last.trim() });
    navigate(path + epochsToSearch(epochsOf(query.toString())));
  };
  const answer = (form: string) => `/api/v1${path}${form}${epochsToSearch(epochs)}`;
  return (
    <form className="statement-form" onSubmit={show}>
      <EpochInput label="From epoch" value={first} onChange={setFirst} />
      <EpochInput label="to epoch" value={last} onChange={setLast} />
      <button type="submit">Show</button>
      <button type="button" onClick={() => print()}>
        Print
      </button>
      <a href={answer(".csv")} download>
        CSV
      </a>
      <a href={answer("")}>JSON</a>
    </form>
  );
};

type InputProps = {
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
};

const EpochInput = ({ label, value, onChange }: InputProps) => (
  <label>
    {label}{" "}
    <input
      inputMode="numeric"
      pattern="[0-9]*"
      size={7}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  </label>
);
