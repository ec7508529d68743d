type Parameter = { name: string; type: string; indexed?: boolean };

const view = (name: string, type: string, inputs: Parameter[] = []) => ({
  name,
  type: "Function",
  stateMutability: "View",
  inputs,
  outputs: [{ type }],
});

/** The token's interface in java-tron's spelling, which TronWeb's `contract().at()` reads. */
export const TOKEN_ABI = [
  view("name", "string"),
  view("symbol", "string"),
  view("decimals", "uint8"),
  view("totalSupply", "uint256"),
  view("owner", "address"),
  view("paused", "bool"),
  view("deprecated", "bool"),
  view("basisPointsRate", "uint256"),
  view("maximumFee", "uint256"),
  view("balanceOf", "uint256", [{ name: "who", type: "address" }]),
  view("isBlackListed", "bool", [{ name: "", type: "address" }]),
  {
    name: "transfer",
    type: "Function",
    stateMutability: "Nonpayable",
    inputs: [
      { name: "_to", type: "address" },
      { name: "_value", type: "uint256" },
    ],
    outputs: [{ type: "bool" }],
  },
  {
    name: "Transfer",
    type: "Event",
    inputs: [
      { indexed: true, name: "from", type: "address" },
      { indexed: true, name: "to", type: "address" },
      { name: "value", type: "uint256" },
    ],
  },
];
