import assert from 'node:assert/strict';
import { DescribeImagesCommand, EC2Client } from '@aws-sdk/client-ec2';
import * as vscode from 'vscode';
import { until } from '../extension.ts';

export interface Sought {
  readonly owner?: string;
  readonly state?: string;
  readonly region?: string;
}

/** Images of the sample account by a name with wildcards, the oldest first. */
export async function images(name: string, { owner = 'self', state = 'available', region = 'us-east-1' }: Sought = {}) {
  const { Images = [] } = await new EC2Client({ region }).send(
    new DescribeImagesCommand({
      Owners: [owner],
      IncludeDeprecated: true,
      IncludeDisabled: true,
      Filters: [
        { Name: 'name', Values: [name] },
        { Name: 'state', Values: [state] },
      ],
    }),
  );
  const found = Images.map(({ ImageId: id = '', Name = '', CreationDate = '', DeprecationTime }) => ({
    id,
    name: Name,
    created: CreationDate,
    isDeprecated: DeprecationTime !== undefined && Date.parse(DeprecationTime) < Date.now(),
  }));
  assert.ok(found.length > 0, name);
  return found.sort((a, b) => a.created.localeCompare(b.created));
}

export async function image(...args: Parameters<typeof images>) {
  const [found] = await images(...args);
  assert.ok(found);
  return found;
}

/** A command line in a region that uses an image. */
export const runs = (id: string, region = 'us-east-1') => `aws ec2 run-instances --region ${region} --image-id ${id}\n`;

export const ours = (document: vscode.TextDocument) =>
  vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === 'AMI Explorer');

export const ruleOf = ({ code }: vscode.Diagnostic) => (typeof code === 'object' ? String(code.value) : String(code));

export async function reported(
  document: vscode.TextDocument,
  ...rules: readonly string[]
): Promise<vscode.Diagnostic[]> {
  const expected = rules.toSorted().join();
  await until(() => ours(document).map(ruleOf).sort().join() === expected).catch(() => undefined);
  assert.deepEqual(ours(document).map(ruleOf).sort(), rules.toSorted());
  return ours(document);
}

export async function lensesOf(document: vscode.TextDocument): Promise<readonly vscode.CodeLens[]> {
  return vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri, 100);
}

/** Sets a setting of the user. */
export const set = (name: string, value: unknown) =>
  vscode.workspace.getConfiguration().update(name, value, vscode.ConfigurationTarget.Global);
