/** The longest that one turn of the event loop worked, in ms of this thread's processor time: neighbours do not count. */
export function startHoldMeter(): { stop(): number } {
  let longest = 0;
  let before = worked();
  let isStopped = false;
  const look = (): void => {
    const now = worked();
    longest = Math.max(longest, now - before);
    before = worked();
    if (!isStopped) setImmediate(look);
  };
  setImmediate(look);
  return {
    stop: () => {
      isStopped = true;
      return longest;
    },
  };
}

function worked(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
