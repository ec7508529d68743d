import { formatUsdt, parseUsdt } from "@lucid/protocol";

/** An amount cut so that a page can set its parts apart; `rest` holds the zeros nobody needs to read. */
type AmountParts = {
  readonly sign: "" | "+" | "−";
  readonly whole: string;
  readonly decimals: string;
  readonly rest: string;
};

/** Micro-USDT of a signed API amount such as `-9.900000`. */
export const amountToMicro = (usdt: string): bigint =>
  usdt.startsWith("-") ? -parseUsdt(usdt.slice(1)) : parseUsdt(usdt);

/** Parts of an amount; `signed` also marks what comes in with a plus. */
export const amountParts = (usdt: string, signed = false): AmountParts => {
  const micro = amountToMicro(usdt);
  const [whole = "0", fraction = ""] = formatUsdt(micro < 0n ? -micro : micro).split(".");
  const needed = fraction.replace(/0+$/, "").padEnd(2, "0");
  return {
    sign: micro < 0n ? "−" : signed && micro > 0n ? "+" : "",
    whole: whole.replace(/\B(?=(\d{3})+$)/g, ","),
    decimals: needed,
    rest: fraction.slice(needed.length),
  };
};

/** An amount as one line of text, without the zeros after the second place. */
export const formatAmount = (usdt: string): string => {
  const { sign, whole, decimals } = amountParts(usdt);
  return `${sign}${whole}.${decimals}`;
};
