import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { TextScans } from '../../src/scan/textScans.ts';
import { hugeTexts } from '../../test/code/hugeTexts.ts';
import { root } from '../../test/vscode/install.ts';

/** Prints what a text of one shape takes, in a process of its own, since memory is given back late if at all. */
async function main([name, length]: readonly string[]): Promise<void> {
  const shape = hugeTexts.find((one) => one.name === name);
  if (!shape) throw new Error(`There is no shape "${name}".`);
  const { path } = shape;
  // A string in one piece, as an editor's text is.
  const text = Buffer.from(shape.text(Number(length))).toString();
  const scans = new TextScans({ thread: join(root, 'dist', 'scan.cjs') });
  await scans.references({ path, text: shape.text(10_000) }, []);
  global.gc?.();
  await delay(200);
  const memoryBefore = process.memoryUsage.rss();
  let memory = memoryBefore;
  let turn = 0;
  let last = hostTime();
  const ticking = setInterval(() => {
    const now = hostTime();
    turn = Math.max(turn, now - last);
    last = now;
    memory = Math.max(memory, process.memoryUsage.rss());
  }, 2);
  const [before, hostBefore] = [process.cpuUsage(), hostTime()];
  const references = await scans.references({ path, text }, []);
  const { user, system } = process.cpuUsage(before);
  const cpu = (user + system) / 1_000 - (hostTime() - hostBefore);
  await delay(20);
  clearInterval(ticking);
  scans.dispose();
  console.log(
    JSON.stringify({ references: references.length, cpu, memory: (memory - memoryBefore) / 1_000_000, turn }),
  );
}

/** Of this thread alone, in ms of a processor, which other work on the machine does not count to. */
function hostTime(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

await main(process.argv.slice(2));
