import { PassThrough, Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { type AnswerLimits, answerBody, usualAnswerLimits } from '../../src/ec2/answers/wholeAnswer.ts';

const quick: AnswerLimits = { time: 5_000, stretch: 50, leastBytes: 10, mostBytes: 1_000_000 };

async function read(body: unknown, limits = quick): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of answerBody(body, limits)) {
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

/** A stream that gets a text at each interval (ms) until it is destroyed. */
function dripping(text: string, interval: number): Readable {
  const stream = new PassThrough();
  const timer = setInterval(() => stream.write(text), interval);
  return stream.once('close', () => clearInterval(timer));
}

describe('a whole answer', () => {
  it.each([
    ['bytes', () => new TextEncoder().encode('wörld')],
    ['text', () => 'wörld'],
    ['a stream', () => Readable.from([Buffer.from('wö'), Buffer.from('rld')])],
  ])('is read from %s', async (_, body) => {
    expect(await read(body())).toBe('wörld');
  });

  it.each([undefined, '', Readable.from([])])('has no piece where there is nothing: %s', async (body) => {
    expect(await read(body)).toBe('');
  });

  it('ends in a time-out where nothing comes, and the stream with it', async () => {
    const body = new PassThrough();
    body.write('<DescribeImagesResponse>');
    await expect(read(body)).rejects.toMatchObject({ name: 'TimeoutError', code: 'ETIMEDOUT' });
    expect(body.destroyed).toBe(true);
  });

  it('ends in a time-out where it only drips, which never is a standstill', async () => {
    await expect(read(dripping('.', 10))).rejects.toMatchObject({
      name: 'TimeoutError',
      message: expect.stringContaining('too slowly'),
    });
  });

  it('ends in a time-out where it goes on for ever at a good rate', async () => {
    await expect(read(dripping('x'.repeat(1_000), 1), { ...quick, time: 100 })).rejects.toMatchObject({
      name: 'TimeoutError',
      message: expect.stringContaining('0.1 s'),
    });
  });

  it('may be slow where it keeps the rate, and small and quick to end', async () => {
    const body = new PassThrough();
    setTimeout(() => body.end('abc'), 20);
    expect(await read(body)).toBe('abc');
    const slow = dripping('x'.repeat(50), 10);
    setTimeout(() => slow.push(null), 600);
    expect((await read(slow, { ...quick, stretch: 250 })).length).toBeGreaterThan(200);
  });

  it('is not larger than it may be', async () => {
    await expect(read('x'.repeat(2_000_000))).rejects.toMatchObject({ name: 'SyntaxError' });
    await expect(read(Readable.from(endless()))).rejects.toMatchObject({ name: 'SyntaxError' });
  });

  it('fails as its stream does', async () => {
    const body = new PassThrough();
    setTimeout(() => body.destroy(Object.assign(new Error('aborted'), { code: 'ECONNRESET' })), 5);
    await expect(read(body)).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  it('lets other things run while a large one is read, however much of it is there already', async () => {
    const pieces = answerBody(new Uint8Array(40 * 65_536), usualAnswerLimits);
    let others = 0;
    const timer = setInterval(() => {
      others += 1;
    }, 1);
    for await (const _ of pieces) {
      const until = performance.now() + 4;
      while (performance.now() < until);
    }
    clearInterval(timer);
    expect(others).toBeGreaterThan(5);
  });
});

function* endless(): Generator<Buffer> {
  for (;;) {
    yield Buffer.alloc(100_000);
  }
}
