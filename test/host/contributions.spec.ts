import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commands, settings, views } from '../../src/ui/contributions.ts';
import { extension } from './extension.ts';

describe('what package.json contributes', () => {
  it('is what the code names: commands', async () => {
    const { packageJSON } = await extension();
    const declared: { command: string; category: string; title: string }[] = packageJSON.contributes.commands;
    assert.deepEqual(declared.map(({ command }) => command).sort(), Object.values(commands).sort());
    for (const { category, title } of declared) {
      assert.equal(category, 'AMI Explorer');
      assert.doesNotMatch(title, /%/, 'a title that package.nls.json lacks');
    }
  });

  it('is registered, every command of it and no other', async () => {
    await extension();
    const all = await vscode.commands.getCommands(true);
    // Views bring commands of their own: focus, resetViewLocation and the like.
    const own = all.filter((id) => /^amiExplorer\.[a-zA-Z]+$/.test(id) && !Object.values<string>(views).includes(id));
    assert.deepEqual(own.sort(), Object.values<string>(commands).sort());
  });

  it('is what the code names: settings', async () => {
    const { packageJSON } = await extension();
    const declared = Object.keys(packageJSON.contributes.configuration.properties);
    assert.deepEqual(declared.sort(), Object.values(settings).sort());
  });

  it('is what the code names: views', async () => {
    const { packageJSON } = await extension();
    const declared: { id: string }[] = packageJSON.contributes.views.amiExplorer;
    assert.deepEqual(declared.map(({ id }) => id).sort(), Object.values(views).sort());
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
