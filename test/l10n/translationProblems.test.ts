import { expect, it } from 'vitest';
import { translationProblems } from './translationProblems.ts';

const titles = new Map([['Select Regions…', 'Regionen auswählen…']]);

it.each([
  ['a sentence', 'No image of {0}.', 'Kein Image von {0}.'],
  ['another order', '{0} of {1} images', 'Von {1} Images {0}'],
  ['one word that both languages have', 'Name', 'Name'],
  ['what is no word', '{0} GiB', '{0} GiB'],
  ['a link and an icon', '$(sync) [Sign In](command:a.signIn)', '$(sync) [Anmelden](command:a.signIn)'],
  ['a title', 'Use *Select Regions…* first.', 'Zuerst *Regionen auswählen…* ausführen.'],
])('nothing is wrong with %s', (_, english, translated) => {
  expect(translationProblems({ key: english }, { key: translated }, titles)).toEqual([]);
});

it.each([
  ['a lost placeholder', 'No image of {0}.', 'Kein Image.', 'placeholders'],
  ['another placeholder', 'No image of {0}.', 'Kein Image von {1}.', 'placeholders'],
  ['a repeated placeholder', '{0} images', '{0} Images von {0}', 'placeholders'],
  ['wide braces', 'No image of {0}.', '没有 ｛0｝ 的映像。', 'placeholders'],
  ['a brace too many', 'No image of {0}.', 'Kein Image von {0}}.', 'braces'],
  ['a changed command', '[Sign In](command:a.signIn)', '[Anmelden](command:a.anmelden)', 'links'],
  ['a link taken apart', '[Sign In](command:a.signIn)', '[Anmelden] (command:a.signIn)', 'links'],
  ['a wide bracket', '[Sign In](command:a.signIn)', '[登录]（command:a.signIn）', 'links'],
  ['a translated icon', '$(sync) Loading {0}', '$(synchronisieren) {0} wird geladen', 'icons'],
  ['translated code', 'Set `endpoint_url` here', 'Setzen Sie hier `Endpunkt`', 'code'],
  ['lost emphasis', 'Use *this one* here', 'Hier dieses verwenden', 'emphasis'],
  ['lost bold words', 'Under **Public** here', 'Hier unter Öffentlich', 'bold words'],
  ['a lost line break', 'One\nTwo', 'Eins zwei', 'line breaks'],
  ['an escaped line break', 'One\nTwo', 'Eins\\nZwei', 'line breaks'],
  ['a lost backslash', 'Write \\* here', 'Hier * schreiben', 'backslashes'],
  ['a lost space at the end', 'Name: ', 'Name:', 'spaces'],
  ['dots instead of an ellipsis', 'Copy As…', 'Kopieren als...', '“…”'],
  ['a translated setting', 'Set amiExplorer.regions first', 'amiExplorer.regionen setzen', 'settings'],
  ['an English sentence', 'No image of {0}.', 'No image of {0}.', 'English'],
  ['nothing', 'Name', '', 'empty'],
  ['a command by another name', 'Use Select Regions… now.', 'Jetzt Regionen wählen… verwenden.', 'command'],
])('%s is found', (_, english, translated, problem) => {
  expect(translationProblems({ key: english }, { key: translated }, titles).join('\n')).toContain(problem);
});

it('says which texts are missing, are no more, or are no strings', () => {
  const english = { One: 'One', 'Two/of three': { message: 'Two', comment: ['of three'] }, Three: 'Three' };
  const translated = { 'Two/of three': { message: 'Zwei', comment: [] }, Three: 'Drei', Four: 'Vier' };
  expect(translationProblems(english, translated)).toEqual([
    '“Four” is no text any more',
    '“One” is missing',
    '“Two/of three” is to be a string',
  ]);
});

it('takes an English sentence that the language has as it is', () => {
  const english = { key: 'AMI Explorer' };
  expect(translationProblems(english, english, new Map(), [])).toHaveLength(1);
  expect(translationProblems(english, english, new Map(), ['AMI Explorer'])).toEqual([]);
});
