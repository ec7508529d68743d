import { defineConfig } from "oxlint";
import type { OxlintOverride } from "oxlint";
import { featureOrders, packageArrows, packageNames, serviceNames } from "./arrows.ts";

const refuse = (regex: string, message: string) => ({ regex, message });

const reachedThrough = [
  refuse("^(\\.\\./)+packages/", "import a package by its name"),
  refuse("^@lucid/[a-z-]+/src/", "import what a package exports"),
];

/** Imports of other packages that do not stand in the package's row. */
const packageRules = packageNames.map((name): OxlintOverride => ({
  files: [`packages/${name}/src/**/*.{ts,tsx}`],
  excludeFiles: ["**/*.test.ts", "**/*.test.tsx", "**/testing/**"],
  rules: {
    "eslint/no-restricted-imports": [
      "error",
      { patterns: [...refusedPackages(name), ...reachedThrough] },
    ],
  },
}));

/** A feature may use only what stands before it, and of that only its index. */
const featureRules = serviceNames.flatMap((service) => {
  const order: readonly string[] = featureOrders[service];
  return order.map((feature, position): OxlintOverride => ({
    files: [`packages/${service}/src/${feature}/**/*.ts`],
    excludeFiles: ["**/*.test.ts", "**/testing/**"],
    rules: {
      "eslint/no-restricted-imports": [
        "error",
        {
          patterns: [
            ...refusedPackages(service),
            ...reachedThrough,
            ...order
              .slice(position + 1)
              .map((later) =>
                refuse(
                  `^\\.\\./(\\.\\./)*${later}/`,
                  `${feature} stands before ${later}: turn the arrow round`,
                ),
              ),
            ...order.slice(1, position).map((earlier) => ({
              group: [`../${earlier}/*`, `!../${earlier}/index.ts`],
              message: `import ${earlier}/index.ts, never its inside`,
            })),
          ],
        },
      ],
    },
  }));
});

/** In the package for TRON only the signer, a program of its own, uses what programs need. */
const tronRule: OxlintOverride = {
  files: ["packages/tron/src/**/*.ts"],
  excludeFiles: ["packages/tron/src/signer/**", "**/*.test.ts", "**/testing/**"],
  rules: {
    "eslint/no-restricted-imports": [
      "error",
      {
        patterns: [
          ...refusedPackages("tron"),
          ...reachedThrough,
          refuse("^@lucid/(platform|verify)(/|$)", "only the signer may import it"),
        ],
      },
    ],
  },
};

function refusedPackages(name: (typeof packageNames)[number]) {
  const allowed: readonly string[] = [...packageArrows[name], name];
  return packageNames
    .filter((other) => !allowed.includes(other))
    .map((other) => refuse(`^@lucid/${other}(/|$)`, `${name} may not import ${other}`));
}

export default defineConfig({
  plugins: ["typescript", "import", "unicorn", "oxc", "promise", "react", "jsx-a11y", "vitest"],
  categories: { correctness: "error", suspicious: "error" },
  ignorePatterns: ["**/dist/**", "**/node_modules/**", "vectors/**", "data/**"],
  rules: {
    "import/no-cycle": "error",
    "typescript/no-floating-promises": "error",
    "typescript/no-misused-promises": "error",
    "typescript/switch-exhaustiveness-check": "error",
    "typescript/no-explicit-any": "error",
    "typescript/no-unsafe-argument": "error",
    "typescript/no-unsafe-assignment": "error",
    "typescript/no-unsafe-call": "error",
    "typescript/no-unsafe-member-access": "error",
    "typescript/no-unsafe-return": "error",
    "typescript/consistent-type-imports": "error",
    "eslint/no-shadow": "off",
    "eslint/eqeqeq": "error",
    // What MongoDB calls the id.
    "eslint/no-underscore-dangle": ["error", { allow: ["_id"] }],
    "eslint/max-lines": ["error", { max: 300, skipBlankLines: false, skipComments: false }],
    "react/react-in-jsx-scope": "off",
    "unicorn/consistent-function-scoping": "off",
    "typescript/no-unsafe-type-assertion": "off",
    "eslint/no-await-in-loop": "off",
    "import/no-unassigned-import": "off",
    "unicorn/no-array-sort": "off",
    "promise/always-return": "off",
    "oxc/no-async-endpoint-handlers": "off",
    // Tests are registered by functions here: the compliance suites, and the browser's, which may be skipped.
    "vitest/expect-expect": "off",
    "vitest/valid-expect": "off",
    "vitest/valid-title": "off",
    "vitest/valid-describe-callback": "off",
    "vitest/no-conditional-tests": "off",
  },
  overrides: [
    ...packageRules,
    ...featureRules,
    tronRule,
    {
      // Plain JavaScript that runs before anything is installed has no types to be safe with.
      files: ["**/*.mjs"],
      rules: {
        "typescript/no-unsafe-argument": "off",
        "typescript/no-unsafe-assignment": "off",
        "typescript/no-unsafe-call": "off",
        "typescript/no-unsafe-member-access": "off",
        "typescript/no-unsafe-return": "off",
      },
    },
  ],
});
