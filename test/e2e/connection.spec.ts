import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { expectGone, expectShown } from '../vscode/expectShown.ts';
import { quietSettings } from '../vscode/serve.ts';
import { type Editor, type EditorOptions, openEditor } from './editor.ts';
import { pictureOnFailure } from './pictureOnFailure.ts';
import type { Workbench } from './workbench.ts';

let editor: Editor | undefined;

async function open(options: EditorOptions): Promise<Workbench> {
  editor = await openEditor(options);
  await editor.workbench.openAmiExplorer();
  return editor.workbench;
}

beforeEach(() => pictureOnFailure(() => editor));
afterEach(async () => {
  await editor?.close();
  editor = undefined;
});

describe('without credentials', () => {
  it('says so in one sentence, and leads to the sample account', async () => {
    const workbench = await open({ env: {} });
    const view = workbench.view('Images');
    await view.getByText('No AWS credentials were found.').waitFor();
    await view.getByRole('button', { name: 'Select AWS Profile…' }).waitFor();
    await view.getByRole('button', { name: 'Explore the Sample Account' }).click();
    await workbench.row('Images', 'us-east-1').waitFor();
    await workbench.row('Images', 'eu-west-1').waitFor();
    await expect.poll(() => workbench.viewDescription('Images')).toBe('Sample account · 123456789012');
    await workbench.expand('Images', 'Owned by me', 'web-server-golden');
    // No port and no network: the server of the test has not been asked.
    expect(editor?.server.requests).toEqual([]);
  });
});

const twoProfiles: EditorOptions = {
  env: { AWS_ENDPOINT_URL: 'SERVER' },
  awsFiles: {
    config:
      '[default]\nregion = us-east-1\n\n[profile sydney]\nregion = ap-southeast-2\n\n' +
      '[profile assumed]\nrole_arn = arn:aws:iam::123456789012:role/Deploy\nsource_profile = default\n',
    credentials:
      '[default]\naws_access_key_id = AKIADEFAULT000000000\naws_secret_access_key = s\n\n' +
      '[sydney]\naws_access_key_id = AKIASYDNEY0000000000\naws_secret_access_key = s\n',
  },
};

describe('profiles', () => {
  it('are listed with what each is, and switched to', async () => {
    const workbench = await open(twoProfiles);
    await workbench.row('Images', 'us-east-1').waitFor();
    await workbench.command('Select AWS Profile…');
    await workbench.quickPickRow('assumes a role').waitFor();
    await workbench.quickPickRow('sydney').click();
    await workbench.row('Images', 'ap-southeast-2').waitFor();
    await workbench.row('Images', 'us-east-1').waitFor({ state: 'detached' });
    await expect.poll(() => workbench.viewDescription('Images')).toContain('sydney · 123456789012');
  });

  it('that are switched while a request is under way show nothing of the old account', async () => {
    const workbench = await open(twoProfiles);
    const server = editor?.server;
    server?.faults.add({ kind: 'delay', milliseconds: 4_000, action: 'DescribeImages', region: 'us-east-1' });
    await workbench.expand('Images', 'Owned by me');
    await expect.poll(() => server?.requests.some(({ action }) => action === 'DescribeImages')).toBe(true);
    await workbench.command('Select AWS Profile…');
    await workbench.quickPickRow('sydney').click();
    await workbench.row('Images', 'ap-southeast-2').waitFor();
    await workbench.expand('Images', 'Owned by me');
    await workbench.row('Images', /./).waitFor();
    // Longer than the delayed answer takes.
    await new Promise((resolve) => setTimeout(resolve, 5_000));
    expect((await workbench.rows('Images')).join('\n')).not.toContain('us-east-1');
    expect((await workbench.rows('Images')).join('\n')).not.toContain('legacy-batch');
  });

  it('that do not exist are said where they were given, and another one can be chosen', async () => {
    const workbench = await open({ ...twoProfiles, settings: { 'amiExplorer.profile': 'nobody' } });
    await workbench.notification('The profile “nobody” is not in').waitFor();
    await workbench.view('Images').getByRole('button', { name: 'Select AWS Profile…' }).click();
    await workbench.quickPickRow('sydney').click();
    await expectShown(workbench.row('Images', 'ap-southeast-2'));
  });
});

describe('profiles that cannot be used', () => {
  it('are marked with the reason, say it when they are chosen, and leave the others alone', async () => {
    const workbench = await open({
      env: { AWS_ENDPOINT_URL: 'SERVER' },
      awsFiles: {
        config:
          '[profile "My Laptop"]# mine\nRegion = eu-west-1\n\n' +
          '[profile corp]\nsso_session = corp\nsso_account_id = 111122223333\nsso_role_name = Admin\n\n' +
          '[profile typo]\nregion eu-west-1\n\n[plugins]\nnothing\n',
        credentials: '[My Laptop]\nAWS_ACCESS_KEY_ID=AKIALAPTOP0000000000\nAWS_SECRET_ACCESS_KEY=s\n',
      },
      settings: { 'amiExplorer.profile': 'My Laptop' },
    });
    await workbench.row('Images', 'eu-west-1').waitFor();
    await workbench.command('Select AWS Profile…');
    await workbench.quickPickRow(/My Laptop.*access keys · eu-west-1/).waitFor();
    await workbench.quickPickRow(/typo.*cannot be used.*config, line 10: .*neither a \[section\]/).waitFor();
    await workbench.quickPickRow(/config, line 13: .*neither/).waitFor();
    const missing = /config, line 5: sso_session names the section \[sso-session corp\]/;
    await workbench.quickPickRow(missing).click();
    await workbench.notification('The profile “corp” cannot be used').waitFor();
    await workbench.view('Images').getByRole('button', { name: 'Open Config File' }).click();
    await workbench.tab('config').waitFor();
    await workbench.page.getByText('Ln 5, Col 1').waitFor();
    await workbench.view('Images').getByRole('button', { name: 'Select AWS Profile…' }).click();
    await workbench.quickPickRow('My Laptop').click();
    await expectShown(workbench.row('Images', 'eu-west-1'));
  });

  it('are shown where they are wrong', async () => {
    const workbench = await open({ env: {}, awsFiles: { config: 'region = us-east-1\n' } });
    await workbench.command('Select AWS Profile…');
    await workbench.quickPickRow(/config, line 1: The setting is outside/).click();
    await expectShown(workbench.tab('config'));
  });
});

describe('a config file that cannot be read', () => {
  it('is said with its line, and leaves the sample account usable', async () => {
    const workbench = await open({ env: {}, awsFiles: { config: '[default]\nregion us-east-1\n' } });
    await workbench.notification('config, line 2').waitFor();
    await workbench.command('Explore the Sample Account');
    await expectShown(workbench.row('Images', 'us-east-1'));
  });
});

describe('regions', () => {
  it('are chosen from those of the account, with those not opted in marked', async () => {
    const workbench = await open({});
    await workbench.row('Images', 'us-east-1').waitFor();
    await workbench.command('Select Regions…');
    await workbench.quickPickRow('us-east-1').waitFor();
    await workbench.quickInput().fill('ap-east-1');
    await workbench.quickPickRow(/ap-east-1.*not enabled/).waitFor();
    await workbench.quickInput().fill('eu-west-1');
    await workbench.quickPickRow('eu-west-1').click();
    await workbench.quickInput().press('Enter');
    await workbench.row('Images', 'eu-west-1').waitFor();
    await expectShown(workbench.row('Instances', 'eu-west-1'));
  });
});

describe('a profile without a region', () => {
  it('is in the partition of the regions that are chosen, and in another one with others', async () => {
    const settings = { ...quietSettings, 'amiExplorer.profile': 'keys' };
    const workbench = await open({
      env: { AWS_ENDPOINT_URL: 'SERVER' },
      awsFiles: { credentials: '[keys]\naws_access_key_id = AKIAEXAMPLE\naws_secret_access_key = s\n' },
      settings: { ...settings, 'amiExplorer.regions': [' US-Gov-West-1 '] },
    });
    await workbench.row('Images', 'us-gov-west-1').waitFor();
    await workbench.row('Images', 'us-east-1').waitFor({ state: 'detached' });
    const path = join(editor?.dataFolder ?? '', 'data', 'Machine', 'settings.json');
    await writeFile(path, JSON.stringify({ ...settings, 'amiExplorer.regions': ['cn-north-1', 'cn-northwest-1'] }));
    await workbench.row('Images', 'cn-northwest-1').waitFor();
    await workbench.row('Images', 'us-gov-west-1').waitFor({ state: 'detached' });
    await workbench.expand('Images', 'Public');
    await workbench.row('Images', 'Canonical').waitFor();
    await expectGone(workbench.row('Images', 'Talos'));
  });
});

describe('a profile whose region is in another partition than those that are chosen', () => {
  it('says so to who looks at it, shows its own, and leads to others', async () => {
    editor = await openEditor({
      ...twoProfiles,
      settings: { 'amiExplorer.profile': 'sydney', 'amiExplorer.regions': ['us-gov-west-1', 'us-gov-east-1'] },
    });
    const { workbench, server, folder } = editor;
    const text =
      /The selected regions \(us-gov-west-1, us-gov-east-1\) belong to another partition of AWS than the region of the profile or the environment \(ap-southeast-2\)/;
    const id = 'ami-0c5d9b17e3f2a8464';
    await writeFile(join(folder, 'a.sh'), `aws ec2 run-instances --image-id ${id}\n`);
    await workbench.openFile('a.sh');
    // A file has needed the connection, and nobody has asked for it.
    await expect.poll(() => JSON.stringify(server.requests)).toContain(id);
    await workbench.page.waitForTimeout(500);
    expect(await workbench.page.locator('.notification-toast').filter({ hasText: text }).count()).toBe(0);
    await workbench.openAmiExplorer();
    await workbench.row('Images', 'ap-southeast-2').waitFor();
    await workbench.view('Images').getByText(text).waitFor();
    await workbench.pressNotificationButton(text, 'Select Regions…');
    await workbench.quickPickRow('eu-west-1').waitFor();
    await workbench.quickInput().fill('eu-west-1');
    await workbench.quickPickRow('eu-west-1').click();
    await workbench.quickInput().press('Enter');
    await workbench.row('Images', 'eu-west-1').waitFor();
    await expectGone(workbench.view('Images').getByText(text));
  });
});

describe('other partitions', () => {
  it.each(['cn-north-1', 'us-gov-west-1'])('%s works with its own publishers', async (region) => {
    const workbench = await open({
      env: {
        AWS_ENDPOINT_URL: 'SERVER',
        AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
        AWS_SECRET_ACCESS_KEY: 's',
        AWS_REGION: region,
      },
    });
    await workbench.row('Images', region).waitFor();
    await workbench.expand('Images', 'Public');
    await workbench.row('Images', 'Canonical').waitFor();
    await expectGone(workbench.row('Images', 'Talos'));
  });
});
