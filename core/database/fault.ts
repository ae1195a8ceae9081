/**
 * Fault points are part of the code, so that a crash can be repeated exactly: with `HD_FAULT=ingest.afterCommit:17`
 * the process is killed with SIGKILL when it passes that point for the 17th time. Without the variable: nothing.
 */
export function createFault(setting: string | undefined): (point: string) => void {
  if (!setting) return () => undefined;
  const [name, count] = setting.split(':');
  let left = Number(count ?? 1);
  return (point) => {
    if (point !== name) return;
    left -= 1;
    if (left === 0) process.kill(process.pid, 'SIGKILL');
  };
}
