import { NEW_TOKEN } from "../chain/state.ts";
import type { Account, StateSource, TokenSwitches, World } from "../chain/state.ts";
import type { Database } from "./database.ts";
import { fromJson, toJson } from "./json.ts";

const ACCOUNT =
  "SELECT state FROM account_states WHERE address = ? AND block <= ? ORDER BY block DESC LIMIT 1";
const TOKEN = "SELECT state FROM token_states WHERE block <= ? ORDER BY block DESC LIMIT 1";

type Row = { state: string } | null;

export function createStateTables({ one, run }: Database) {
  return {
    /** The state after a block. */
    stateAt: (block: number): StateSource => ({
      account(address) {
        const row = one(ACCOUNT, address, block) as Row;
        return row === null ? null : (fromJson(row.state) as Account);
      },
      token() {
        const row = one(TOKEN, block) as Row;
        return row === null ? NEW_TOKEN : (fromJson(row.state) as TokenSwitches);
      },
    }),
    addState(block: number, world: World): void {
      const { accounts, token } = world.changes();
      for (const [address, state] of accounts) {
        run(
          "INSERT OR REPLACE INTO account_states VALUES (?, ?, ?)",
          address,
          block,
          toJson(state),
        );
      }
      if (token !== null) {
        run("INSERT OR REPLACE INTO token_states VALUES (?, ?)", block, toJson(token));
      }
    },
  };
}
