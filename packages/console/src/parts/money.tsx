import { amountParts } from "../format/money.ts";

type Props = { readonly usdt: string; readonly signed?: boolean; readonly unit?: boolean };

/** An amount to the micro-USDT; the zeros at its end stand back. */
export const Money = ({ usdt, signed = false, unit = false }: Props) => {
  const { sign, whole, decimals, rest } = amountParts(usdt, signed);
  return (
    <span className="money">
      {sign}
      {whole}.{decimals}
      <span className="zeros">{rest}</span>
      {unit && <span className="unit"> USDT</span>}
    </span>
  );
};
