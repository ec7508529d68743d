/** The keys and settings that hold secrets, encrypted. */
export const SECRETS = "secrets.json";
/** The signer's journal, without its mark. */
export const JOURNAL = "signer/journal.sqlite";
/** The log's directory, as block-manager keeps it. */
export const LOG = "log";
export const GENESIS = "network.json";
/** How folders end that are no backup yet. */
export const UNFINISHED = ".unfinished";
