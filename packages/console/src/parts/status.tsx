import { statusTones, toneMarks } from "../model/tone.ts";

/** A status word with a mark, so that it does not hang on colour. */
export const Status = ({ word }: { word: keyof typeof statusTones }) => {
  const tone = statusTones[word];
  return (
    <span className={`status ${tone}`}>
      <span aria-hidden="true">{toneMarks[tone]}</span> {word.replaceAll("_", " ")}
    </span>
  );
};
