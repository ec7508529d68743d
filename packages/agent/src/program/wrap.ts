/** A sentence in lines of at most `width` characters, as far as its words allow; none of nothing. */
export const wrap = (sentence: string, width: number): string[] => {
  const lines: string[] = [];
  for (const word of sentence.split(" ").filter((part) => part !== "")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
};
