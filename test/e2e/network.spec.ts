import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startProxy, startTlsEndpoint, type TestProxy, type TestServer, tlsFile } from '../ec2/networkServers.ts';
import { localEndpoint } from '../vscode/isolation.ts';
import { type Editor, openEditor } from './editor.ts';
import { pictureOnFailure } from './pictureOnFailure.ts';

/** Nobody but the proxy knows the way there. */
const beyond = 'https://ec2.example.invalid';

describe('behind a proxy that the editor knows, with certificates of one’s own', () => {
  let editor: Editor;
  let endpoint: TestServer;
  let proxy: TestProxy;

  /** Times that the proxy was asked for the endpoint; the editor asks it for what it needs itself. */
  const timesAsked = () => proxy.asked.filter((asked) => asked === 'CONNECT ec2.example.invalid:443').length;

  beforeAll(async () => {
    let behind = '';
    endpoint = await startTlsEndpoint(() => behind);
    proxy = await startProxy({ tunnelsTo: endpoint, credentials: 'user:pass' });
    const url = `http://user:pass@localhost:${proxy.port}`;
    editor = await openEditor({
      env: {
        ...localEndpoint(beyond),
        AWS_CA_BUNDLE: tlsFile('endpoint-ca.pem'),
        // The editor takes it for https as well, where the AWS CLI does not: the download has to go where the views go.
        HTTP_PROXY: url,
      },
    });
    behind = editor.server.url;
    await editor.workbench.openAmiExplorer();
  });
  beforeEach(() => pictureOnFailure(() => editor));
  afterAll(async () => {
    await editor?.close();
    await proxy?.close();
    await endpoint?.close();
  });

  it('the views show what there is', async () => {
    const { workbench } = editor;
    await workbench.expand('Images', 'Owned by me', 'web-server-golden');
    await workbench.row('Instances', 'data-node-1').waitFor();
    await expect.poll(() => workbench.viewDescription('Images')).toContain('123456789012');
    expect(timesAsked()).toBeGreaterThan(0);
  });

  it('a catalog is downloaded', async () => {
    const { workbench } = editor;
    const before = timesAsked();
    await workbench.command('Browse Public Catalog');
    await workbench
      .webview()
      .getByRole('row', { name: /ubuntu/ })
      .first()
      .waitFor();
    expect(timesAsked()).toBeGreaterThan(before);
  });
});

describe('with a proxy that the editor’s settings name', () => {
  let editor: Editor;
  let endpoint: TestServer;
  let proxy: TestProxy;
  let behind = '';

  const timesAsked = () => proxy.asked.filter((asked) => asked === 'CONNECT ec2.example.invalid:443').length;
  const proxySetting = () => ({ 'http.proxy': `http://user:pass@localhost:${proxy.port}` });
  const unreachable = /^The endpoint could not be reached \(ENOTFOUND\)/;

  beforeAll(async () => {
    endpoint = await startTlsEndpoint(() => behind);
    proxy = await startProxy({ tunnelsTo: endpoint, credentials: 'user:pass' });
    editor = await openEditor({
      env: { ...localEndpoint(beyond), AWS_CA_BUNDLE: tlsFile('endpoint-ca.pem') },
      userSettings: proxySetting(),
    });
    behind = editor.server.url;
    await editor.workbench.openAmiExplorer();
  });
  beforeEach(() => pictureOnFailure(() => editor));
  afterAll(async () => {
    await editor?.close();
    await proxy?.close();
    await endpoint?.close();
  });

  it('the views show what there is', async () => {
    const { workbench } = editor;
    await workbench.expand('Images', 'Owned by me', 'web-server-golden');
    expect(timesAsked()).toBeGreaterThan(0);
  });

  it('a catalog is downloaded', async () => {
    const { workbench } = editor;
    const before = timesAsked();
    await workbench.command('Browse Public Catalog');
    await workbench
      .webview()
      .getByRole('row', { name: /ubuntu/ })
      .first()
      .waitFor();
    expect(timesAsked()).toBeGreaterThan(before);
  });

  it.each([
    ['an exception', { 'http.noProxy': ['example.invalid'] }],
    ['no proxies', { 'http.proxySupport': 'off' }],
  ])('neither goes there with %s, from when it is set', async (_what, more) => {
    const { workbench } = editor;
    await workbench.writeUserSettings({ ...proxySetting(), ...more });
    await workbench.row('Instances', unreachable).waitFor();
    const before = timesAsked();
    await workbench.command('Clear Public Catalog');
    await workbench.dialog().getByRole('button', { name: 'Clear' }).click();
    await workbench.webview().getByRole('button', { name: 'Download' }).click();
    await workbench
      .webview()
      .getByText(/could not be reached/)
      .first()
      .waitFor();
    expect(timesAsked()).toBe(before);
    await workbench.writeUserSettings(proxySetting());
    await workbench.row('Instances', 'data-node-1').waitFor();
  });
});
