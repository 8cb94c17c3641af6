import { logicalName, unique, wordsOf } from './identifier.ts';
import type { FixedImage, RegionMap } from './input.ts';
import { commentText, yamlString } from './quote.ts';

/** CloudFormation checks values of this type against the region when a stack is created or updated. */
const imageIdType = 'AWS::EC2::Image::Id';

/** The most parameters of a template, and attributes of a mapping (CloudFormation User Guide, "Quotas"). */
const maxEntries = 200;

/** A section `Parameters` with a parameter for each image. Its default is the same in every region. */
export function cloudFormationParameters(images: readonly FixedImage[]): string {
  const names = new Set<string>();
  const parameters = images.map((image) => {
    const name = unique(names, `${logicalName(wordsOf(image.label))}Id`, '');
    const description = commentText(`${image.name} (${image.region})`);
    return `  ${name}:
    Type: ${imageIdType}
    Description: ${yamlString(literalText(description))}
    Default: ${yamlString(image.id)}
`;
  });
  const remark = images.length > maxEntries ? `# A template takes ${maxEntries} parameters: divide these.\n` : '';
  return `${remark}Parameters:\n${parameters.join('')}`;
}

/**
 * The section `Mappings` with maps from region to id, divided by CloudFormation's limit, and comments with their usage.
 */
export function cloudFormationMapping(maps: readonly RegionMap[]): string {
  const names = new Set<string>();
  const named = maps.map((map) => ({ ...map, name: unique(names, logicalName(wordsOf(map.label)), '') }));
  const mappings: { readonly title: string; readonly entries: readonly NamedMap[] }[] = [];
  for (let at = 0; at < named.length; at += maxEntries) {
    const title = at === 0 ? 'RegionMap' : `RegionMap${mappings.length + 1}`;
    mappings.push({ title, entries: named.slice(at, at + maxEntries) });
  }
  const usage = mappings.flatMap(({ title, entries }) =>
    entries.map(({ name }) => `# ImageId: !FindInMap [${title}, !Ref AWS::Region, ${name}]\n`),
  );
  const written = mappings.map(({ title, entries }) => `  ${title}:\n${regionEntries(entries)}`);
  return `${usage.join('')}Mappings:\n${written.join('')}`;
}

interface NamedMap extends RegionMap {
  readonly name: string;
}

function regionEntries(maps: readonly NamedMap[]): string {
  const regions = [...new Set(maps.flatMap(({ images }) => images.map(({ region }) => region)))].sort();
  return regions
    .map((region) => {
      const ids = maps.flatMap(({ name, images }) =>
        images.filter((image) => image.region === region).map((image) => `      ${name}: ${yamlString(image.id)}\n`),
      );
      return `    ${yamlString(region)}:\n${ids.join('')}`;
    })
    .join('');
}

/** CloudFormation's tools read `${…}` as a variable and `{{resolve:…}}` as a reference in any string. */
export function literalText(text: string): string {
  return text.replaceAll('${', '${!').replaceAll('{{', '{ {');
}
