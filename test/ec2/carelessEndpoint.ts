import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What happens to the answer after CreateImage was carried out. */
export type LostAnswer =
  /** The connection ends. */
  | 'dropped'
  /** InternalError, status 500. */
  | 'server-error'
  /** RequestLimitExceeded, status 503, although the image was made. */
  | 'throttled'
  /** The page of a gateway, status 504. */
  | 'gateway'
  /** Status 200 with an empty body. */
  | 'empty'
  /** The connection stays open without an answer. */
  | 'silence';

export interface CarelessOptions {
  /** The sample server that carries out the requests. */
  readonly url: () => string;
  /** Whether dry runs make an image too. */
  readonly ignoresDryRun?: boolean;
  /** How long (ms) a new image is not listed. */
  readonly showsAfter?: number;
  /** What happens to the answers to CreateImage and its dry runs, in order; all later ones are sent. */
  readonly answers?: readonly (LostAnswer | undefined)[];
}

export interface CarelessEndpoint {
  readonly url: string;
  /** The names of the images that were made, oldest first. */
  readonly made: readonly string[];
  /** How many CreateImage requests have arrived, with dry runs. */
  readonly asked: () => number;
  close(): Promise<void>;
}

/**
 * An EC2-compatible endpoint with the faults of real ones: names need not be unique, dry runs may make an image, images
 * are listed late, and answers are lost.
 */
export async function startCarelessEndpoint(options: CarelessOptions): Promise<CarelessEndpoint> {
  const made: { readonly name: string; readonly at: number }[] = [];
  let asked = 0;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
      chunks.push(Buffer.from(chunk));
    }
    const params = new URLSearchParams(Buffer.concat(chunks).toString());
    const action = params.get('Action');
    let lost: LostAnswer | undefined;
    let name: string | undefined;
    if (action === 'CreateImage') {
      lost = options.answers?.[asked];
      asked += 1;
      name = params.get('Name') ?? '';
      params.set('Name', `${name}@@${asked}`);
      if (options.ignoresDryRun) {
        params.delete('DryRun');
      }
    }
    if (action === 'DescribeImages') {
      for (const key of [...params.keys()].filter((candidate) => candidate.startsWith('Filter.'))) {
        params.delete(key);
      }
    }
    const { host: _, 'content-length': __, ...headers } = request.headers;
    const answer = await fetch(options.url(), {
      method: 'POST',
      headers: headers as Record<string, string>,
      body: params.toString(),
    });
    const text = await answer.text();
    if (name !== undefined && answer.ok) {
      made.push({ name: `${name}@@${asked}`, at: Date.now() });
    }
    const late = made.filter(({ at }) => Date.now() - at < (options.showsAfter ?? 0));
    const shown = late
      .reduce((xml, image) => xml.replaceAll(`<name>${image.name}</name>`, '<name>not-yet</name>'), text)
      .replace(/@@\d+<\/name>/g, '</name>');
    switch (lost) {
      case 'dropped':
        response.destroy();
        return;
      case 'silence':
        return;
      case 'server-error':
        response.writeHead(500).end(errorXml('InternalError'));
        return;
      case 'throttled':
        response.writeHead(503).end(errorXml('RequestLimitExceeded'));
        return;
      case 'gateway':
        response
          .writeHead(504, { 'content-type': 'text/html' })
          .end('<html><body><h1>Gateway Time-out</h1></body></html>');
        return;
      case 'empty':
        response.writeHead(200).end();
        return;
      case undefined:
        response
          .writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/xml' })
          .end(shown);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get made() {
      return made.map(({ name }) => name.replace(/@@\d+$/, ''));
    },
    asked: () => asked,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

function errorXml(code: string): string {
  return `<Response><Errors><Error><Code>${code}</Code><Message>Not so.</Message></Error></Errors><RequestID>1</RequestID></Response>`;
}
