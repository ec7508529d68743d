import type { Examples } from "../program/index.ts";

/** What an owner types, by command. */
export const nodeExamples: Examples = {
  init: ["lucid node init"],
  enrol: [
    "lucid node enrol --service https://lucid.example --address TJRa…pRTv8",
    "lucid node enrol --service https://lucid.example --address TJRa…pRTv8 --wallet-key-file wallet.key",
  ],
  run: ["lucid node run"],
  status: ["lucid node status", "lucid node status --json"],
  "address show": ["lucid node address show"],
  "address change": ["lucid node address change --to TNPe…NYqeL"],
  "address cancel": ["lucid node address cancel --wallet-key-file old-wallet.key"],
  threshold: ["lucid node threshold", "lucid node threshold 25.50 --wallet-key-file wallet.key"],
  "pool show": ["lucid node pool show"],
  "pool join": [
    "lucid node pool join",
    "lucid node pool join pool_south --from pool_north --consent equal",
  ],
  "pool leave": ["lucid node pool leave"],
  "maintenance announce": [
    "lucid node maintenance announce --from 2026-11-21T22:00Z --to 2026-11-21T23:00Z",
  ],
  "maintenance list": ["lucid node maintenance list"],
  "alerts show": ["lucid node alerts show"],
  "alerts set": ["lucid node alerts set --disk 90 --for 600"],
  "alerts reset": ["lucid node alerts reset"],
  doctor: ["lucid node doctor"],
};
