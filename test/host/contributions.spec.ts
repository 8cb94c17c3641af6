import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commands } from '../../src/contributions/commands.ts';
import { settings } from '../../src/contributions/settings.ts';
import { views } from '../../src/contributions/views.ts';
import { extension } from './extension.ts';

describe('what package.json contributes', () => {
  it('is registered, every command of it and no other', async () => {
    await extension();
    const all = await vscode.commands.getCommands(true);
    // Views bring commands of their own: focus, resetViewLocation and the like.
    const own = all.filter((id) => /^amiExplorer\.[a-zA-Z]+$/.test(id) && !Object.values<string>(views).includes(id));
    assert.deepEqual(own.sort(), Object.values<string>(commands).sort());
  });

  it('keeps connection settings out of the hands of an untrusted workspace', async () => {
    const { packageJSON } = await extension();
    const { supported, restrictedConfigurations } = packageJSON.capabilities.untrustedWorkspaces;
    assert.equal(supported, 'limited');
    assert.ok(restrictedConfigurations.includes(settings.profile));
    assert.ok(restrictedConfigurations.includes(settings.endpointUrl));
    assert.ok(restrictedConfigurations.includes(settings.regions));
  });
});
