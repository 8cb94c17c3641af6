import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commands } from '../../src/contributions/commands.ts';
import type { Connection } from '../../src/ec2/port.ts';
import { openImageLink } from '../../src/ui/commands/imageLinks.ts';
import { extension } from './extension.ts';

const ref = { region: 'eu-west-1', id: 'ami-0123456789abcdef0' };

describe('a link to an image', () => {
  it('is copied for the editor that it is copied in, one on each line', async () => {
    const { id } = await extension();
    const link = `${vscode.env.uriScheme}://${id}/image/eu-west-1/ami-0123456789abcdef0`;
    await vscode.commands.executeCommand(commands.copyImageLink, ref);
    assert.equal(await vscode.env.clipboard.readText(), link);
    const node = (image: object) => ({ kind: 'image', id: 'images/x', image });
    const nodes = [node(ref), node({ ...ref, region: 'us-east-1' })];
    await vscode.commands.executeCommand(commands.copyImageLink, nodes[0], nodes);
    assert.equal(await vscode.env.clipboard.readText(), `${link}\n${link.replace('eu-west-1', 'us-east-1')}`);
  });
});

describe('an opened link', () => {
  /** What is opened by a link, on a connection. */
  async function opened(link: string, connection: Partial<Connection> | undefined): Promise<readonly unknown[]> {
    const shown: unknown[] = [];
    const deps = {
      session: {
        connection: async () => {
          if (!connection) throw new Error('there are no credentials');
          return connection as Connection;
        },
        partition: () => 'aws' as const,
      },
      details: { show: async (...args: unknown[]) => void shown.push(...args) },
    };
    await openImageLink(deps, vscode.Uri.parse(link));
    return shown;
  }

  const aws: Partial<Connection> = {
    choice: { kind: 'aws', profile: undefined, endpointUrl: undefined },
    foreignEndpoint: undefined,
    defaultRegion: 'eu-west-1',
  };
  const link = (path: string) => `vscode://ami-explorer.ami-explorer${path}`;

  it('shows the image, and keeps it open', async () => {
    assert.deepEqual(await opened(link('/image/eu-west-1/ami-0123456789abcdef0'), aws), [ref, { preview: false }]);
  });

  it('shows the image where there is no connection: the details say why', async () => {
    assert.deepEqual(await opened(link('/image/eu-west-1/ami-0123456789abcdef0'), undefined), [
      ref,
      { preview: false },
    ]);
  });

  it('shows nothing of another partition of AWS', async () => {
    assert.deepEqual(await opened(link('/image/cn-north-1/ami-0123456789abcdef0'), aws), []);
  });

  it('shows any region of an endpoint that is not of AWS', async () => {
    const elsewhere = { ...aws, foreignEndpoint: 'http://127.0.0.1:5000' };
    const [shown] = await opened(link('/image/cn-north-1/ami-0123456789abcdef0'), elsewhere);
    assert.deepEqual(shown, { ...ref, region: 'cn-north-1' });
  });

  it('does nothing but that', async () => {
    for (const path of [
      '',
      '/image',
      '/image/eu-west-1/ami-0123456789abcdef0?command=amiExplorer.createImage',
      '/image/eu-west-1/ami-0123456789abcdef0#x',
      '/image/eu-west-1%2Fevil/ami-0123456789abcdef0',
      '/image/evil.example.com/ami-0123456789abcdef0',
      '/command/amiExplorer.createImage',
    ]) {
      assert.deepEqual(await opened(link(path), aws), [], path);
    }
  });
});
