import { failed, type Finding, fine, unknown, warning } from "@lucid/platform/checks";
import type { DoctorContext } from "../context.ts";
import type { Ready } from "../ready.ts";

/** Those have a line of their own. */
const elsewhere: ReadonlySet<string> = new Set(["chores", "payouts", "signer", "log"]);

const judge = (ready: Ready, words: string): Finding => {
  const wrong = ready.filter(({ name, ok }) => !ok && !elsewhere.has(name));
  if (wrong.length === 0) return fine(words);
  return failed(
    wrong.map(({ name, detail }) => `${name}: ${detail}`).join("; "),
    "see docs/troubleshooting.md, or its log",
  );
};

export const checkService = ({ service, serviceUrl, folder }: DoctorContext): Finding =>
  service === null
    ? warning(`nothing answers at ${serviceUrl}`, `start it: lucid up --data ${folder}`)
    : judge(service, `ready at ${serviceUrl}`);

/** Whether block-manager answers, and has what node-management sealed. */
export const checkLog = ({ log, logUrl, service, folder }: DoctorContext): Finding => {
  if (log === null)
    return service === null
      ? warning(`nothing answers at ${logUrl}`, `start it: lucid up --data ${folder}`)
      : failed(`block-manager does not answer at ${logUrl}`, "start it, or set BLOCK_MANAGER_URL");
  const own = judge(log, "");
  if (own.state !== "ok") return own;
  const behind = service?.find(({ name }) => name === "log");
  if (behind !== undefined && !behind.ok)
    return failed(behind.detail, "see what keeps block-manager from appending, in its log");
  return fine(log.find(({ name }) => name === "append")?.detail ?? `ready at ${logUrl}`);
};

/** When each chore of both programs was last done. */
export const checkChores = ({ service, log }: DoctorContext): Finding => {
  const found = [...(service ?? []), ...(log ?? [])].filter(({ name }) => name === "chores");
  if (found.length === 0) return unknown("nothing runs that could tell");
  const wrong = found.filter(({ ok }) => !ok);
  if (wrong.length > 0)
    return failed(wrong.map(({ detail }) => detail).join("; "), "the service's log has the cause");
  return fine(sumUp(found.map(({ detail }) => detail).join(", ")));
};

/** Every one is said in `/ready`; here, which one waits longest. */
const sumUp = (detail: string): string => {
  const done = [...detail.matchAll(/(\w+) \w+, done (\d+) s ago/g)].map(([, name, seconds]) => ({
    name,
    seconds: Number(seconds),
  }));
  const [first, ...others] = done;
  if (first === undefined) return detail;
  const last = others.reduce((a, b) => (a.seconds >= b.seconds ? a : b), first);
  return `${done.length} get on; the longest ago is ${last.name}, ${last.seconds} s`;
};
