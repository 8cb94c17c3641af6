/** In ms. Looking more often costs as much as what is measured. */
const tickInterval = 5;

/** The longest turn (CPU time in ms) of this thread while something runs, whatever else the machine does meanwhile. */
export async function longestBlock(run: () => Promise<unknown>): Promise<number> {
  let last = cpuTime();
  let longest = 0;
  const ticking = setInterval(() => {
    const now = cpuTime();
    longest = Math.max(longest, now - last);
    last = now;
  }, tickInterval);
  await pause(20);
  longest = 0;
  await run();
  await pause(20);
  clearInterval(ticking);
  return longest;
}

/** The CPU time of this thread, in ms. */
export function cpuTime(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

export async function times(count: number, run: () => Promise<void>): Promise<readonly number[]> {
  const spent: number[] = [];
  for (let round = 0; round < count; round += 1) {
    spent.push(await timed(run));
  }
  return spent;
}

/** In ms. */
export async function timed(run: () => Thenable<unknown>): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
