import { languageOf } from '../language.ts';
import type { SourceFile } from '../scanText.ts';
import type { CodeNode } from '../tree/codeTree.ts';
import { type RegionMap, regionMapsIn } from './regionMap.ts';

/** The region maps of a file. Loads the parser of its language; texts without values in values have none. */
export async function loadRegionMaps({ path, text, languageId }: SourceFile): Promise<readonly RegionMap[]> {
  const root = await treeOf({ path, text, languageId });
  return root ? regionMapsIn(root) : [];
}

async function treeOf({ path, text, languageId }: SourceFile): Promise<CodeNode | undefined> {
  switch (languageOf(path, text, languageId)) {
    case 'hcl':
      return (await import('../tree/hclTree.ts')).hclTree(text);
    case 'json':
      return (await import('../tree/jsonTree.ts')).parseJson(text);
    case 'yaml':
      return (await import('../tree/yamlTree.ts')).parseYaml(text);
    case 'script':
      return (await import('../tree/scriptTree.ts')).scriptTree(text, { jsx: !/\.[mc]?ts$/i.test(path) });
    case 'python':
      return (await import('../tree/pythonTree.ts')).pythonTree(text);
    case 'other':
      return (await import('../tree/looseTree.ts')).looseTree(text, path);
    default:
      return undefined;
  }
}
