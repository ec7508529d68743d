import type { Output } from "@lucid/agent";
import type { RestoredStore } from "@lucid/node-management";
import type { Checked } from "./check.ts";
import { describeRecovered, recoveredToSummary } from "./describe-recovered.ts";
import type { MadeBackup } from "./make.ts";
import type { RestoredFolder } from "./restore.ts";

type Paint = Output["paint"];

/** What a backup holds, for a program. */
export const summaryOf = ({ manifest, store, blocks, secrets }: Checked) => ({
  id: manifest.id,
  network_id: manifest.network_id,
  made_at: manifest.made_at,
  documents: store?.documents ?? null,
  ledger_entries: store?.entries ?? null,
  blocks,
  secrets: secrets === null ? null : [...secrets.keys()],
});

const holdings = ({ manifest, store, blocks, secrets }: Checked): string[] => [
  `network  ${manifest.network} ${manifest.network_id}`,
  `made     ${manifest.made_at} by version ${manifest.lucid}`,
  store === null
    ? "store    none on this machine"
    : `store    ${store.documents} documents; ${store.entries} ledger entries in ${store.accounts} chains that hold`,
  blocks === null ? "log      none on this machine" : `log      ${blocks} blocks, each verified`,
  secrets === null
    ? `keys     ${manifest.secrets === null ? "not in it" : `${manifest.secrets.length} files, encrypted, not opened (--keys)`}`
    : `keys     ${[...secrets.keys()].join(", ")}`,
];

export const describeBackup = (
  { folder, checked, leftOut, removed }: MadeBackup,
  paint: Paint,
): string =>
  [
    ...holdings(checked),
    ...(leftOut.length > 0
      ? [`         left out, keep copies of your own or use --keys: ${leftOut.join(", ")}`]
      : []),
    ...(removed.length > 0 ? [`removed  ${removed.length} older: ${removed.join(", ")}`] : []),
    `${paint("green", "Read back whole:")} ${folder}`,
    `Next: copy it to another machine, and try it there: lucid restore ${folder} --rehearse`,
  ].join("\n");

export const describeRehearsal = (checked: Checked, paint: Paint): string =>
  [
    ...holdings(checked),
    ...(checked.store?.recovered ? describeRecovered(checked.store.recovered) : []),
    `${paint("green", "Can be restored.")} Nothing was started, nothing is left of the rehearsal.`,
  ].join("\n");

/** What a restore made, or would make, for a program. */
export const restoredToSummary = (checked: Checked, store: RestoredStore | null) => ({
  ...summaryOf(checked),
  from_log: store?.recovered ? recoveredToSummary(store.recovered) : null,
});

export const describeRestored = (
  { checked, store }: RestoredFolder,
  { data, isShared }: { readonly data: string; readonly isShared: boolean },
): string =>
  [
    ...holdings(checked),
    ...(store?.recovered ? describeRecovered(store.recovered) : []),
    `Restored into ${data}. Payouts are paused; nothing was started.`,
    "Never run it while the services it was copied from still run, here or elsewhere.",
    ...(checked.secrets === null
      ? [`Next: put the keys into ${data}/keys (backup-sheet.txt says which), mode 600`]
      : []),
    ...(checked.newer?.copyTo === null
      ? [`Next: set BLOCK_MANAGER_PEERS to ${checked.newer.where}, to fetch what the log lacks`]
      : []),
    ...(isShared ? [`Next: set MONGODB_URI in ${data}/lucid.yaml to the same database`] : []),
    `Next: lucid up --data ${data}, then lucid admin treasury list, then lucid payouts resume`,
  ].join("\n");
