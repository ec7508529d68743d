import type { ChainPort } from "../port.ts";
import { ask, known, unknown } from "./ask.ts";
import type { Providers } from "./provider.ts";
import {
  accountReply,
  parametersReply,
  type PermissionReply,
  permissionReply,
  resourcesReply,
} from "./replies.ts";
import type { createTokenReads } from "./token.ts";
import { hexAddress } from "./transfers.ts";

type Token = Pick<ReturnType<typeof createTokenReads>, "balance" | "blacklisted">;
type Shown = { readonly address: string; readonly owner_permission?: PermissionReply };
type AccountReads = Pick<ChainPort, "balances" | "resources" | "addressState" | "prices">;

export function createAccountReads({ full, solidity }: Providers, token: Token): AccountReads {
  return {
    async balances(address) {
      const payload = { address: hexAddress(address) };
      const account = await ask(solidity, {
        path: "walletsolidity/getaccount",
        payload,
        reply: accountReply,
      });
      if (!account.ok) return account;
      if (account.value.address !== payload.address)
        return unknown(`getaccount answered for ${account.value.address}`);
      const tokenMicro = await token.balance(address);
      if (!tokenMicro.ok) return tokenMicro;
      return known({ trxSun: BigInt(account.value.balance ?? 0), tokenMicro: tokenMicro.value });
    },

    async resources(address) {
      const payload = { address: hexAddress(address) };
      const answer = await ask(full, {
        path: "wallet/getaccountresource",
        payload,
        reply: resourcesReply,
      });
      if (!answer.ok) return answer;
      const { freeNetLimit, freeNetUsed, NetLimit, NetUsed, EnergyLimit, EnergyUsed } =
        answer.value;
      return known({
        energy: left(EnergyLimit, EnergyUsed),
        bandwidth: left(freeNetLimit, freeNetUsed) + left(NetLimit, NetUsed),
      });
    },

    async addressState(address) {
      const payload = { address: hexAddress(address) };
      const account = await ask(full, {
        path: "wallet/getaccount",
        payload,
        reply: permissionReply,
      });
      if (!account.ok) return account;
      const shown: Shown = "address" in account.value ? account.value : payload;
      if (shown.address !== payload.address)
        return unknown(`getaccount answered for ${shown.address}`);
      const listed = await token.blacklisted(address);
      if (!listed.ok) return listed;
      const permission = shown.owner_permission;
      return known({
        blacklisted: listed.value !== 0n,
        keyMoved: permission !== undefined && !controls(shown.address, permission),
      });
    },

    async prices() {
      const answer = await ask(full, { path: "wallet/getchainparameters", reply: parametersReply });
      if (!answer.ok) return answer;
      const values = new Map(answer.value.chainParameter.map(({ key, value }) => [key, value]));
      const energy = values.get("getEnergyFee");
      const bandwidth = values.get("getTransactionFee");
      const maxFeeLimit = values.get("getMaxFeeLimit");
      if (energy === undefined || bandwidth === undefined || maxFeeLimit === undefined) {
        return unknown("chain parameters lack getEnergyFee, getTransactionFee or getMaxFeeLimit");
      }
      return known({
        energySun: BigInt(energy),
        bandwidthSun: BigInt(bandwidth),
        maxFeeLimitSun: BigInt(maxFeeLimit),
      });
    },
  };
}

/** Whether the key of an address alone reaches the threshold of a permission. */
function controls(address: string, { threshold = 0, keys = [] }: PermissionReply): boolean {
  return keys.some((key) => key.address === address && (key.weight ?? 0) >= threshold);
}

function left(limit = 0, used = 0): bigint {
  return BigInt(Math.max(0, limit - used));
}
