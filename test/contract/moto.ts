import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

export interface Moto {
  readonly url: string;
  stop(): Promise<void>;
}

/** A command of the Python package `moto[server]`. */
const COMMAND = 'moto_server';
const START_SECONDS = 40;

/** Starts `moto_server` on a free port; undefined where it is not installed. @throws Error when it does not start */
export async function startMoto(): Promise<Moto | undefined> {
  const port = await freePort();
  const child = spawn(COMMAND, ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
  const started = await Promise.race([
    once(child, 'spawn').then(() => true),
    once(child, 'error').then(() => false),
  ]).catch(() => false);
  if (!started) {
    return undefined;
  }
  const url = `http://127.0.0.1:${port}`;
  try {
    return (await untilReady(url, child)) ? { url, stop: () => stop(child) } : undefined;
  } catch (error) {
    await stop(child);
    throw error;
  }
}

/**
 * False where the command ends before it answers, such as a version manager's shim for a program that is not installed.
 */
async function untilReady(url: string, child: ChildProcess): Promise<boolean> {
  for (let tenths = 0; tenths < START_SECONDS * 10; tenths++) {
    if (child.exitCode !== null) {
      return false;
    }
    try {
      await fetch(`${url}/moto-api/data.json`);
      return true;
    } catch {
      await delay(100);
    }
  }
  throw new Error(`moto_server did not answer within ${START_SECONDS} seconds.`);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    const force = setTimeout(() => child.kill('SIGKILL'), 3000);
    await exited;
    clearTimeout(force);
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') {
    throw new Error('No free port was found.');
  }
  return address.port;
}
