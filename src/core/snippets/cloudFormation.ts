import { logicalName, unique, wordsOf } from './identifier.ts';
import type { FixedImage, RegionMap } from './input.ts';
import { commentText, yamlString } from './quote.ts';

/** CloudFormation checks a value of this type against the region when the stack is made or updated. */
const imageIdType = 'AWS::EC2::Image::Id';

/** The section `Parameters` with a parameter for each image. A parameter has one default, whatever the region. */
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
  return `Parameters:\n${parameters.join('')}`;
}

/** The section `Mappings` with a map from region to id, and how to read it. */
export function cloudFormationMapping(maps: readonly RegionMap[]): string {
  const names = new Set<string>();
  const named = maps.map((map) => ({ ...map, name: unique(names, logicalName(wordsOf(map.label)), '') }));
  const regions = [...new Set(maps.flatMap(({ images }) => images.map(({ region }) => region)))].sort();
  const usage = named.map(({ name }) => `# ImageId: !FindInMap [RegionMap, !Ref AWS::Region, ${name}]\n`);
  const entries = regions.map((region) => {
    const ids = named.flatMap(({ name, images }) =>
      images.filter((image) => image.region === region).map((image) => `      ${name}: ${yamlString(image.id)}\n`),
    );
    return `    ${yamlString(region)}:\n${ids.join('')}`;
  });
  return `${usage.join('')}Mappings:\n  RegionMap:\n${entries.join('')}`;
}

/** CloudFormation's tools take `${…}` for a variable and `{{resolve:…}}` for a reference wherever they stand. */
function literalText(text: string): string {
  return text.replaceAll('${', '${!').replaceAll('{{', '{ {');
}
