import { amountToMicro } from "../format/money.ts";

type Wish = { readonly threshold_usdt: string };

/** From which balance on (USDT) an owner is paid: what it wishes, where that is more than the network's threshold. */
export const thresholdInForce = (owner: Wish, network: Wish): string =>
  amountToMicro(owner.threshold_usdt) > amountToMicro(network.threshold_usdt)
    ? owner.threshold_usdt
    : network.threshold_usdt;

/** Whether a person wrote an amount as the API takes it: no sign, no grouping, at most six decimals. */
export const isUsdt = (written: string): boolean =>
  /^(0|[1-9][0-9]{0,11})(\.[0-9]{1,6})?$/.test(written);
