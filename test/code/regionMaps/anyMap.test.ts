import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { completedMap, type WantedId } from '../../../src/code/regionMaps/completedMap.ts';
import { loadRegionMaps } from '../../../src/code/regionMaps/loadRegionMaps.ts';
import { edited } from '../../../src/code/textEdit.ts';
import { hasTerraform, terraformFormatted } from '../../core/snippets/judges.ts';
import { anyId, anyMapText, type MapLanguage, randomOf } from './anyMap.ts';

const paths: Readonly<Record<MapLanguage, string>> = {
  hcl: 'main.tf',
  yaml: 'template.yaml',
  json: 'template.json',
  script: 'stack.ts',
  python: 'app.py',
};

async function completed(language: MapLanguage, seed: number) {
  const random = randomOf(seed);
  const text = anyMapText(language, random);
  const path = paths[language];
  const [map] = await loadRegionMaps({ path, text });
  if (!map) return undefined;
  const slots = [...new Set(map.rows.flatMap(({ cells }) => cells.map(({ slot }) => slot)))];
  const present = map.rows.map(({ region }) => region);
  const wanted = [...present, 'eu-west-2', 'me-central-1', 'ap-southeast-3']
    .filter(() => random.chance(0.7))
    .flatMap((region): readonly WantedId[] =>
      slots.filter(() => random.chance(0.8)).map((slot) => ({ region, slot, id: anyId(random) })),
    );
  const edit = completedMap(text, map, wanted);
  return { path, text, map, wanted, result: edit ? edited(text, [edit]) : text };
}

async function ids(path: string, text: string): Promise<ReadonlyMap<string, string>> {
  const [map] = await loadRegionMaps({ path, text });
  return new Map(
    map?.rows.flatMap(({ region, cells }) =>
      cells.flatMap(({ slot, id }) => (id === undefined ? [] : [[`${region} ${slot}`, id] as const])),
    ),
  );
}

/** What another parser makes of the text. */
function parsed(language: MapLanguage, text: string): unknown {
  if (language === 'json') return JSON.parse(text);
  if (language === 'yaml') return parse(text, { uniqueKeys: true });
  if (language === 'script') return new Function(`${text.replaceAll('const ', 'var ')}\nreturn amis;`)();
  return undefined;
}

const languages: readonly MapLanguage[] = ['hcl', 'yaml', 'json', 'script', 'python'];

describe.each(languages)('any map in %s', (language) => {
  it('has the wanted ids, the others as before, and the same code around it', { timeout: 120_000 }, async () => {
    let seen = 0;
    for (let seed = 1; seed <= 150; seed += 1) {
      const done = await completed(language, seed);
      if (!done) continue;
      seen += 1;
      const { path, text, map, wanted, result } = done;
      const expected = new Map(await ids(path, text));
      for (const { region, slot, id } of wanted) expected.set(`${region} ${slot}`, id);
      expect(await ids(path, result), `seed ${seed}\n${text}\n→\n${result}`).toEqual(expected);
      expect(result.startsWith(text.slice(0, map.map.span.start))).toBe(true);
      expect(result.endsWith(text.slice(map.map.span.end))).toBe(true);
      expect(() => parsed(language, text), `seed ${seed}\n${text}`).not.toThrow();
      expect(() => parsed(language, result), `seed ${seed}\n${text}\n→\n${result}`).not.toThrow();
      for (const [comment] of text.matchAll(/(?:#|\/\/) (?:ok|a "b|it's \{|x, y = z)/g))
        expect(result).toContain(comment);
      expect(result.match(/(?:#|\/\/) /g)).toEqual(text.match(/(?:#|\/\/) /g));
      if (text.includes('\r\n')) expect(result).not.toMatch(/(?<!\r)\n/);
    }
    expect(seen).toBeGreaterThan(120);
  });
});

describe.skipIf(!hasTerraform())('terraform fmt', () => {
  it('has nothing to add to a map that it has formatted before', { timeout: 120_000 }, async () => {
    for (let seed = 1; seed <= 25; seed += 1) {
      const random = randomOf(seed);
      const text = terraformFormatted(anyMapText('hcl', random));
      const [map] = await loadRegionMaps({ path: 'main.tf', text });
      if (!map || !text.startsWith('variable')) continue;
      const slots = [...new Set(map.rows.flatMap(({ cells }) => cells.map(({ slot }) => slot)))];
      const wanted = [...map.rows.map(({ region }) => region), 'ap-southeast-3', 'eu-west-2'].flatMap((region) =>
        slots.filter(() => random.chance(0.7)).map((slot) => ({ region, slot, id: anyId(random) })),
      );
      const edit = completedMap(text, map, wanted);
      const result = edit ? edited(text, [edit]) : text;
      expect(terraformFormatted(result), `seed ${seed}\n${text}`).toBe(result);
    }
  });
});
