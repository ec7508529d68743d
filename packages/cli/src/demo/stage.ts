import type { Io, Output, Style } from "@lucid/agent";

/** Where the demo speaks: sentences with the time since the start, and on a terminal one line that changes. */
export type Stage = {
  say(event: string, fields: object, sentence: string | null, style?: Style): void;
  /** Lines that belong to the sentence before. */
  detail(...lines: string[]): void;
  /** Replaces the changing line. */
  live(line: string): void;
  /** From now on only the changing line. */
  quiet(): void;
  /** The last words, also when it is quiet. */
  farewell(line: string): void;
  /** Takes the changing line away. */
  clear(): void;
  seconds(): number;
  readonly isLive: boolean;
  readonly output: Output;
};

const CLEAR_LINE = "\r\u001b[2K";

export const createStage = (io: Io, output: Output, columns: () => number): Stage => {
  const startedMs = io.clock.monotonic();
  const isLive = io.stdout.isTTY === true && !output.json;
  let shown = "";
  let isQuiet = false;
  const seconds = () => Math.round((io.clock.monotonic() - startedMs) / 100) / 10;
  const erase = () => {
    if (shown !== "") io.stdout.write(CLEAR_LINE);
  };
  const draw = () => {
    if (shown !== "") io.stdout.write(shown);
  };
  return {
    isLive,
    output,
    seconds,
    quiet() {
      isQuiet = true;
    },
    say(event, fields, sentence, style) {
      if (isQuiet) return;
      erase();
      const text =
        sentence === null || style === undefined ? sentence : output.paint(style, sentence);
      const at = output.paint("dim", minutes(seconds()));
      output.event(
        event,
        { seconds: seconds(), ...fields },
        text === null ? null : `${at}  ${text}`,
      );
      draw();
    },
    detail(...lines) {
      if (output.json || isQuiet) return;
      erase();
      for (const line of lines) io.stdout.write(`${`       ${line}`.trimEnd()}\n`);
      draw();
    },
    live(line) {
      if (!isLive) return;
      erase();
      shown = `${minutes(seconds())}  ${line}`.slice(0, columns() - 1);
      draw();
    },
    farewell(line) {
      output.event("stopped", {}, line);
    },
    clear() {
      erase();
      shown = "";
    },
  };
};

const minutes = (seconds: number): string => {
  const whole = Math.floor(seconds);
  return `${String(Math.floor(whole / 60)).padStart(2)}:${String(whole % 60).padStart(2, "0")}`;
};
