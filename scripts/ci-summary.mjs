import { readFileSync } from "node:fs";

const report = JSON.parse(readFileSync(process.argv[2], "utf8"));
const { numPassedTests, numFailedTests, numPendingTests, testResults } = report;
for (const { status, fullName } of testResults.flatMap(({ assertionResults }) => assertionResults))
  if (status === "skipped" || status === "pending") console.log(`skipped: ${fullName}`);
console.log(`${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped`);
