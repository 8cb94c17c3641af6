import { describe, expect, it } from 'vitest';
import type { Image } from '../../src/core/image.ts';
import { newestFirst } from '../../src/core/imageAge.ts';
import { isDeprecated } from '../../src/core/lifecycle.ts';
import { renderSnippet, type SnippetId, snippetKinds } from '../../src/core/snippets.ts';
import { matchesEach, matchesWildcard } from '../../src/core/wildcard.ts';
import { anImage } from './anImage.ts';
import { evaluateYaml, hasPyYaml, hasTerraform, scriptFormatted, terraformFormatted } from './snippets/judges.ts';
import { type AskedLookup, readAnsible, readLookups } from './snippets/readLookups.ts';

const account = '111122223333';
const now = Date.UTC(2026, 10, 26);

const tools = snippetKinds
  .filter(({ keeps }) => keeps === 'lookup')
  .map(({ id }) => id)
  .filter((id) => id !== 'ansible-tasks' || hasPyYaml());

let made = 0;
function own(name: string, day: string, parts: Partial<Image> = {}): Image {
  made += 1;
  const id = `ami-${made.toString(16).padStart(17, '0')}`;
  return anImage({
    id,
    name,
    ownerId: account,
    public: false,
    creationDate: `${day}T00:00:00.000Z`,
    ...parts,
  });
}

function render(tool: SnippetId, image: Image, known: readonly Image[]): string {
  return renderSnippet(tool, [image], { account, now, known });
}

function asked(tool: SnippetId, code: string): readonly AskedLookup[] {
  const read = readLookups[tool];
  return read ? read(code) : readAnsible(evaluateYaml(code));
}

/** EC2's answer, by one reading of `?` or the other, after the tool's choice. */
function found(
  lookup: AskedLookup,
  images: readonly Image[],
  matches: (pattern: string, text: string) => boolean,
): Image | undefined {
  const valuesOf = (image: Image): Readonly<Record<string, readonly (string | undefined)[]>> => ({
    name: [image.name],
    architecture: [image.architecture],
    'image-id': [image.id],
    'image-type': ['machine'],
    'product-code': image.productCodes,
    'root-device-type': [image.rootDeviceType],
    'virtualization-type': [image.virtualizationType],
    state: [image.state],
  });
  return images
    .filter(
      (image) =>
        lookup.owners.some(
          (owner) =>
            owner === image.ownerId || owner === image.ownerAlias || (owner === 'self' && image.ownerId === account),
        ) &&
        (lookup.includeDeprecated || image.ownerId === account || !isDeprecated(image, now)) &&
        lookup.filters.every(({ name, values }) =>
          (valuesOf(image)[name] ?? []).some((has) => values.some((value) => matches(value, has ?? ''))),
        ) &&
        (lookup.expression === undefined || new RegExp(lookup.expression, 'u').test(image.name)),
    )
    .sort(newestFirst)[0];
}

/** For each tool, the images that it finds instead of the given one; undefined for a tool that got the id itself. */
function chosen(image: Image, images: readonly Image[]): Map<SnippetId, readonly (string | undefined)[]> {
  return new Map(
    tools.map((tool) => {
      const code = render(tool, image, images);
      const lookups = asked(tool, code);
      if (lookups.length === 0) expect(code).toContain(image.id);
      const names = lookups.flatMap((lookup) => [
        found(lookup, images, matchesEach)?.name,
        found(lookup, images, matchesWildcard)?.name,
      ]);
      return [tool, names];
    }),
  );
}

/** Expects that each tool finds this image, or says that it finds others. */
function expectFoundOrSaid(image: Image, images: readonly Image[], name: string): void {
  const misled = [...chosen(image, images)].filter(
    ([tool, names]) =>
      names.some((found) => found !== name) && !render(tool, image, images).includes('This also finds'),
  );
  expect(misled).toEqual([]);
}

describe('a lookup', () => {
  it('finds the newest image that is available', () => {
    const images = [
      own('web-20260101', '2026-01-01'),
      own('web-20260201', '2026-02-01'),
      own('web-20260301', '2026-03-01', { state: 'pending' }),
      own('web-20260401', '2026-04-01', { state: 'failed' }),
    ];
    const [first = anImage()] = images;
    for (const [tool, names] of chosen(first, images)) expect(names, tool).toEqual(['web-20260201', 'web-20260201']);
  });

  it.each([
    ['web-42', ['web-canary-20260601']],
    ['web-42', ['web-canary-3', 'web-42-debug', 'web-staging']],
    ['web-9', ['web-canary-20260601', 'web-10']],
    ['web-1.4.2', ['web-canary-1.9.0']],
    ['payments-api-v1.42.0-20261102', ['payments-api-vault-20261103']],
    ['payments-api-v1.42.0-20261102', ['payments-api-v2-beta-20261103', 'payments-api-v1.43.0-20261103']],
    ['api-3f2a9bc', ['api-gateway-3f2a9bd', 'api-documentation']],
    ['nightly-build-1234', ['nightly-arm-build-1300', 'nightly-tools-2']],
    ['golden (7) web', ['golden (old) (8) web']],
    ['[golden] web-7', ['[golden] web-canary-8']],
  ])('of %s does not find others of the owner: %j', (name, newer) => {
    const image = own(name, '2026-01-01');
    const images = [image, ...newer.map((other) => own(other, '2026-06-01'))];
    const newest = images.findLast((other) => other === image || isBuildOf(image, other))?.name;
    for (const [tool, names] of chosen(image, images)) expect(names, tool).toEqual([newest, newest]);
  });

  it('stays with the root device and the virtualization of its image', () => {
    const image = own('web-42', '2026-01-01');
    const others = [
      own('web-43', '2026-06-01', { rootDeviceType: 'instance-store' }),
      own('web-44', '2026-07-01', { virtualizationType: 'paravirtual' }),
    ];
    for (const each of [image, ...others]) {
      for (const [tool, names] of chosen(each, [image, ...others])) expect(names, tool).toEqual([each.name, each.name]);
    }
    // An endpoint without root device types finds nothing by one.
    for (const tool of tools) {
      expect(render(tool, { ...image, rootDeviceType: undefined }, []), tool).not.toContain('root-device-type');
    }
  });

  it.each([
    ['web-1.2.3', 'web-20260601'],
    ['Web-20260101', 'web-20260601'],
    ['web-build-3', 'web-42'],
  ])('of %s finds the newest of the family by a pattern of its own: %s', (name, newer) => {
    const image = own(name, '2026-01-01');
    const images = [image, own(newer, '2026-06-01')];
    for (const [tool, names] of chosen(image, images)) expect(names, tool).toEqual([newer, newer]);
    const others = [...images, own('web-canary-20260701', '2026-07-01'), own('web-a1', '2026-08-01')];
    expectFoundOrSaid(image, others, newer);
    // The newest image needs no pattern of an older one.
    expect(render('aws-cli', images[1] ?? image, images)).not.toContain(name.slice(0, -1));
  });

  it('says so where a tool cannot keep others out', () => {
    const image = own('web-42', '2026-01-01');
    const images = [image, own('web-a1', '2026-06-01')];
    for (const tool of tools) {
      const code = render(tool, image, images);
      const names = asked(tool, code).map((lookup) => found(lookup, images, matchesEach)?.name);
      if (names[0] === 'web-42') expect(code, tool).not.toContain('web-a1');
      else expect(code, tool).toContain('This also finds other images of the owner, web-a1 for one.');
    }
    expect(render('terraform-data-source', image, images)).toContain('name_regex  = "^web-[0-9]+$"\n');
    expect(render('cdk-lookup', image, images)).toContain('// This also finds');
  });

  it('says so where EC2 has not said what else it finds', () => {
    const image = own('web-42', '2026-01-01');
    const unchecked = new Set([image.id]);
    const remark = 'Not checked: EC2 has not said whether this finds other images of the owner, too.';
    for (const tool of tools) {
      expect(renderSnippet(tool, [image], { account, now, unchecked }), tool).toContain(remark);
      expect(renderSnippet(tool, [image], { account, now, unchecked: new Set() }), tool).not.toContain('Not checked');
      // Known images are excluded; without a pattern, no other image is found.
      const known = [image, own('web-canary-1', '2026-06-01')];
      expect(renderSnippet(tool, [image], { account, now, unchecked, known }), tool).not.toContain('Not checked');
      expect(renderSnippet(tool, [{ ...image, name: '' }], { account, now, unchecked }), tool).not.toContain(
        'Not checked',
      );
    }
  });

  it('is one for each region where it names the region, else one for all', () => {
    const image = own('web-42', '2026-01-01');
    const images = [image, own('web-43', '2026-01-01', { region: 'eu-west-1' })];
    for (const tool of tools) {
      const code = renderSnippet(tool, images, { account, now });
      const regional = tool === 'aws-cli' || tool === 'ansible-tasks';
      expect(asked(tool, code), tool).toHaveLength(regional ? 2 : 1);
      for (const { region } of images) expect(code.includes(region), tool).toBe(regional);
    }
  });

  it.each([
    ['\u{1f600}app-7', '\u{1f600}app-canary-9'],
    ['a,b-v1', 'al2023-v2'],
    ['"web" 7', 'aweb" 8'],
    [' web-7', 'xweb-8'],
  ])('finds nothing else of the owner for characters that tools read in their own way: %s', (name, other) => {
    const image = own(name, '2026-01-01');
    const images = [image, own(other, '2026-06-01')];
    expectFoundOrSaid(image, images, name);
  });

  it('finds the newest among a great many images, whatever their order', () => {
    const day = (index: number) => new Date(1.6e12 + index * 1e7).toISOString().slice(0, 10);
    const builds = Array.from({ length: 6_000 }, (_, index) => own(`web-${index}`, day(index)));
    const many = [own('web-old', day(-1)), ...builds, own('web-canary', day(6_001))];
    for (const known of [many, many.toReversed()]) {
      const code = renderSnippet('aws-cli', builds.slice(0, 1), { account, now, known });
      // The same values exclude the newest and the oldest of the other images.
      expect(code).toContain("'Name=name,Values=web-?,web-??,web-???,web-????'");
      const [lookup] = asked('aws-cli', code);
      expect(lookup && found(lookup, known, matchesWildcard)?.name).toBe('web-5999');
    }
  });

  it('stays as short as it can where nothing else is found', () => {
    const images = [own('web-42', '2026-01-01'), own('api-1', '2026-06-01')];
    const [image = anImage()] = images;
    for (const tool of tools) {
      const code = render(tool, image, images);
      expect(code, tool).toContain('web-*');
      expect(code, tool).not.toMatch(/regex|match|\?\?|This also/i);
    }
    // Images of other owners and architectures do not count.
    const others = [
      own('web-x', '2026-06-01', { ownerId: '444455556666' }),
      own('web-x', '2026-06-01', { architecture: 'arm64' }),
    ];
    expect(render('terraform-data-source', image, [image, ...others])).not.toContain('name_regex');
  });

  it('is right by both readings of `?`, for numbers that grow, too', () => {
    const image = own('web-42', '2026-01-01');
    const images = [image, own('web-canary-7', '2026-06-01')];
    expect(render('cdk-lookup', image, images)).toContain("name: ['web-?', 'web-??', 'web-???', 'web-????'],");
    expect(render('packer-source-filter', image, images)).toContain('= "web-?,web-??,web-???,web-????"');
    expect(render('aws-cli', image, images)).toContain("'Name=name,Values=web-?,web-??,web-???,web-????'");
    const later = [...images, own('web-100', '2026-07-01'), own('web-1', '2025-01-01')];
    for (const [tool, names] of chosen(image, later)) expect(names, tool).toEqual(['web-100', 'web-100']);
  });
});

function isBuildOf(image: Image, other: Image): boolean {
  return other !== image && image.name.replaceAll(/\d+/g, '') === other.name.replaceAll(/\d+/g, '');
}

describe('a lookup of a deprecated image', () => {
  const shared = (name: string, day: string, deprecationTime?: string) =>
    own(name, day, { ownerId: '444455556666', deprecationTime });
  const past = '2026-06-01T00:00:00.000Z';
  const image = shared('golden-20260101', '2026-01-01', past);

  it('asks for deprecated images where the tool can, else gives the id and says why', () => {
    for (const [tool, names] of chosen(image, [image])) {
      expect([[image.name, image.name], []], tool).toContainEqual(names);
      const code = render(tool, image, [image]);
      expect(code, tool).toContain(`${image.id} is deprecated`);
    }
    expect(render('terraform-data-source', image, [])).toMatch(/^ {2}include_deprecated = true$/m);
    expect(render('packer-source-filter', image, [])).toMatch(/^ {2}include_deprecated = true$/m);
    expect(render('pulumi-lookup', image, [])).toMatch(/^ {2}includeDeprecated: true,$/m);
    expect(render('aws-cli', image, [])).toContain(' --include-deprecated \\\n');
    expect(render('cdk-lookup', image, [])).toContain(
      `genericLinux({\n  'us-east-1': '${image.id}', // golden-20260101\n`,
    );
    expect(render('ansible-tasks', image, [])).toContain(`golden_image_id: ${image.id}\n`);
  });

  it('finds the newest of the family where that is not deprecated', () => {
    const newer = shared('golden-20260201', '2026-02-01');
    for (const [tool, names] of chosen(image, [image, newer])) {
      expect(names, tool).toEqual([newer.name, newer.name]);
      expect(render(tool, image, [image, newer]), tool).not.toMatch(/deprecated/i);
    }
  });

  it('finds the newest of the family whatever the form of its name', () => {
    for (const newer of [shared('Golden-20260201', '2026-02-01'), shared('golden-1.2.3', '2026-02-01')]) {
      for (const [tool, names] of chosen(image, [image, newer])) expect(names, tool).toEqual([newer.name, newer.name]);
    }
  });

  it.each([
    ['in another region', { region: 'eu-west-1' }],
    ['that is pending', { state: 'pending' }],
    ['of another architecture', { architecture: 'arm64' }],
    ['with another kind of root device', { rootDeviceType: 'instance-store' }],
    ['that is deprecated as well', { deprecationTime: past }],
  ])('is not helped by one %s', (_, parts) => {
    const other = { ...shared('golden-20260201', '2026-02-01'), ...parts };
    expect(render('terraform-data-source', image, [image, other])).toContain('include_deprecated = true');
  });

  it('asks for nothing special for an own one, or one whose deprecation is to come', () => {
    const mine = own('golden-20260101', '2026-01-01', { deprecationTime: past });
    const later = shared('golden-20260101', '2026-01-01', '2027-01-01T00:00:00.000Z');
    for (const each of [mine, later]) {
      for (const [tool, names] of chosen(each, [each])) {
        expect(names, tool).toEqual([each.name, each.name]);
        expect(render(tool, each, [each]), tool).not.toMatch(/deprecated/i);
      }
    }
  });
});

describe('what is written of such images', () => {
  const shared = own('golden-1', '2026-01-01', {
    ownerId: '444455556666',
    deprecationTime: '2026-06-01T00:00:00.000Z',
    name: 'a name of many words that is long enough to break lines on all sides of it (x)-42',
  });
  const images = [
    own('web-42', '2026-01-01'),
    { ...own('web-42', '2026-01-01'), name: `it's \u202e"\${x}" {{ y }} !$(id) web-42` },
    own('payments-api-for-the-department-of-very-long-names-and-some-more-words-v1.42.0-42', '2026-01-01'),
    shared,
    own('web-7', '2026-01-01', { ownerId: '', state: 'disabled' }),
  ];
  const known = images.flatMap((image) => [
    image,
    { ...image, name: image.name.replace(/-[\dv.-]+$/, '-canary-7') },
    { ...image, name: image.name.replace(/\d+$/, 'a1') },
  ]);
  const text = (tool: SnippetId) => renderSnippet(tool, images, { account, now, known });

  it('is left as it is by the formatters', () => {
    expect(text('terraform-data-source')).toContain('name_regex');
    if (hasTerraform()) {
      for (const tool of ['terraform-data-source', 'packer-source-filter'] as const) {
        expect(terraformFormatted(text(tool)), tool).toBe(text(tool));
      }
    }
    expect(scriptFormatted(text('cdk-lookup'), 'single')).toBe(text('cdk-lookup'));
    expect(scriptFormatted(text('pulumi-lookup'), 'double')).toBe(text('pulumi-lookup'));
  });

  it('is one lookup for each image that has one, for the tools that read it', () => {
    for (const tool of tools) {
      const ids = images.filter(({ id }) => new RegExp(`(?:echo |= "|-1': '|Id = "|_id: )${id}`).test(text(tool)));
      expect(asked(tool, text(tool)).length + ids.length, text(tool)).toBe(images.length);
    }
  });
});

describe('a lookup of what the Marketplace sells', () => {
  const sold = (id: string, day: string, productCodes: readonly string[], parts: Partial<Image> = {}) =>
    own(`OpenVPN Access Server Community Image-${id}`, day, {
      ownerId: '679593333241',
      ownerAlias: 'aws-marketplace',
      productCodes,
      ...parts,
    });
  const image = sold('fe8020db-5343-4c43-9e65-5ed4a825c931', '2025-01-01', ['aaa', 'bbb']);
  const anothers = sold('3b5882c4-551b-43fa-acfe-7f5cdb896ff1', '2026-01-01', ['ccc']);

  it('finds the product’s own images', () => {
    for (const [tool, names] of chosen(image, [image, anothers])) {
      expect(names, tool).toEqual([image.name, image.name]);
      expect(render(tool, image, []), tool).toMatch(/product-code\W+(?:values\W+|Values=)?aaa/);
    }
  });

  it('takes images whose codes nobody knows for none of its own', () => {
    const appliance = { ...image, name: 'Appliance 1.2.3' };
    const ofCatalog = { ...appliance, productCodes: [] };
    for (const tool of tools) expect(render(tool, appliance, [appliance, ofCatalog]), tool).not.toContain('This also');
  });

  it('says where another product shares the code', () => {
    const appliance = { ...image, name: 'Appliance 1.2.3' };
    const other = { ...appliance, name: 'Appliance 9.9.9', productCodes: ['aaa', 'ccc'] };
    expect(render('cdk-lookup', appliance, [appliance, other])).toContain('Appliance 9.9.9 for one.');
  });

  it('goes by the product code where no id is in the name', () => {
    const name = (each: Image, version: string) => ({ ...each, name: `Appliance ${version}` });
    const images = [name(image, '1.2.3'), name(anothers, '9.9.9')];
    const [first = anImage()] = images;
    for (const [tool, names] of chosen(first, images))
      expect(names, tool).toEqual(['Appliance 1.2.3', 'Appliance 1.2.3']);
  });
});

describe('a lookup of an image of which EC2 says little', () => {
  it('has no filter for what is not said', () => {
    const image = own('web-1', '2026-01-01', {
      architecture: undefined,
      virtualizationType: undefined,
      rootDeviceType: undefined,
      creationDate: undefined,
    });
    for (const tool of tools)
      expect(render(tool, image, []), tool).not.toMatch(/unknown|architecture|root-device|undefined/);
  });

  it('is the id itself where nobody knows the owner', () => {
    const image = own('web-1', '2026-01-01', { ownerId: '' });
    for (const tool of tools) {
      const code = render(tool, image, []);
      expect(asked(tool, code), tool).toEqual([]);
      expect(code, tool).toContain(`does not name that of ${image.id}`);
    }
  });

  it('says that an image cannot be found as it is', () => {
    expect(render('aws-cli', own('web-1', '2026-01-01', { state: 'pending' }), [])).toContain('is still pending');
    expect(render('cdk-lookup', own('web-1', '2026-01-01', { state: 'disabled' }), [])).toContain('is disabled: only');
  });
});
