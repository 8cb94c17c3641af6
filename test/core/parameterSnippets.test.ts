import { describe, expect, it } from 'vitest';
import { type LatestParameter, latestParameter } from '../../src/core/latestParameter.ts';
import { parameterSnippetKinds, renderParameterSnippet } from '../../src/core/parameterSnippets.ts';
import { evaluateYaml, hasPyYaml, hasTerraform, scriptFormatted, terraformFormatted } from './snippets/judges.ts';

const parameter = (name: string, region = 'us-east-1'): LatestParameter => {
  const found = latestParameter(region, `/aws/service/${name}`, 'ami-0123456789abcdef0');
  if (!found) {
    throw new Error(`${name} names no image.`);
  }
  return found;
};

const amazonLinux = parameter('ami-amazon-linux-latest/al2023-ami-kernel-6.12-arm64');
const windows = parameter('ami-windows-latest/Windows_Server-2022-English-Full-Base');
const ubuntu = parameter('canonical/ubuntu/server/24.04/stable/current/arm64/hvm/ebs-gp3/ami-id', 'eu-west-1');
const several = [amazonLinux, windows, ubuntu];
const ids = parameterSnippetKinds.map(({ id }) => id);

describe('renderParameterSnippet', () => {
  it.each(ids)('writes %s as expected', async (id) => {
    await expect(renderParameterSnippet(id, several)).toMatchFileSnapshot(`snippets/expected/${id}.txt`);
  });

  it.each(ids)('ends %s with one line break, and writes nothing for nothing', (id) => {
    expect(renderParameterSnippet(id, [amazonLinux])).toMatch(/[^\n]\n$/);
    expect(renderParameterSnippet(id, [])).toBe('');
  });

  it('writes a parameter of several regions once, unless the code says the region', () => {
    const twice = [amazonLinux, { ...amazonLinux, region: 'eu-west-1' }];
    expect(renderParameterSnippet('resolve-ssm', twice)).toBe(renderParameterSnippet('resolve-ssm', [amazonLinux]));
    expect(renderParameterSnippet('aws-cli-ssm', twice).match(/get-parameter/g)).toHaveLength(2);
  });

  it('is left as it is by the formatters of TypeScript', () => {
    const cdk = renderParameterSnippet('cdk-ssm-parameter', several);
    expect(scriptFormatted(cdk, 'single')).toBe(cdk);
    const pulumi = renderParameterSnippet('pulumi-ssm-parameter', several);
    expect(scriptFormatted(pulumi, 'double')).toBe(pulumi);
  });

  it.skipIf(!hasTerraform())('is left as it is by terraform fmt', () => {
    for (const id of ['terraform-ssm-parameter', 'packer-parameterstore'] as const) {
      const text = renderParameterSnippet(id, several);
      expect(terraformFormatted(text), id).toBe(text);
    }
  });

  it.skipIf(!hasPyYaml())('is YAML with the names in it', () => {
    const { Parameters } = evaluateYaml(renderParameterSnippet('cloudformation-ssm-parameter', several)) as {
      Parameters: Record<string, { Default: string }>;
    };
    expect(Object.values(Parameters).map(({ Default }) => Default)).toEqual(several.map(({ name }) => name));
    const tasks = evaluateYaml(renderParameterSnippet('ansible-ssm-lookup', several));
    for (const { name } of several) expect(JSON.stringify(tasks)).toContain(`'${name}'`);
  });
});
