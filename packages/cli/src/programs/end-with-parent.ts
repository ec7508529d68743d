// Preloaded with --import into every program that another one starts. The channel closes when the parent is gone, however
// it went; then this program ends too.
const GRACE_MS = 8000;

const { channel } = process;
if (channel !== undefined && channel !== null) {
  process.on("disconnect", () => {
    setTimeout(() => process.kill(process.pid, "SIGKILL"), GRACE_MS).unref();
    process.kill(process.pid, "SIGTERM");
  });
  channel.unref(); // waiting for the parent is no reason to stay
}
