import { describe, expect, it } from 'vitest';
import { displayText, visibleJson, visibleSentence, visibleText } from '../../src/core/visibleText.ts';
import { hostileNames } from './hostile.ts';

/** Characters that reorder, hide or forge the text around them. */
const unseen =
  /\u034f|[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Co}\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\u2800\u3164\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e007f}]/u;

describe('what nobody sees is shown', () => {
  it.each([
    ['an override', 'photo\u202egpj.exe', 'photo‹U+202E›gpj.exe'],
    ['isolates', '\u2066a\u2067b\u2068c\u2069', '‹U+2066›a‹U+2067›b‹U+2068›c‹U+2069›'],
    ['marks of direction', 'a\u200eb\u200fc\u061cd', 'a‹U+200E›b‹U+200F›c‹U+061C›d'],
    ['what has no width', 'pay\u200bpal\u2060 \ufeffx', 'pay‹U+200B›pal‹U+2060› ‹U+FEFF›x'],
    ['a soft hyphen', 'pay\u00adpal', 'pay‹U+00AD›pal'],
    ['controls and escapes', 'a\u0000b\u001b[31mc\u007fd\u009be', 'a‹U+0000›b‹U+001B›[31mc‹U+007F›d‹U+009B›e'],
    ['separators of lines', 'a\u2028b\u2029c\u0085d', 'a‹U+2028›b‹U+2029›c‹U+0085›d'],
    ['fillers', '\u115f\u3164\uffa0\u2800', '‹U+115F U+3164 U+FFA0 U+2800›'],
    ['text in tags', 'x\u{e0068}\u{e0069}', 'x‹U+E0068 U+E0069›'],
    ['annotations', 'a\ufff9b\ufffac\ufffb', 'a‹U+FFF9›b‹U+FFFA›c‹U+FFFB›'],
    ['halves of pairs', 'a\ud800b\udc00', 'a‹U+D800›b‹U+DC00›'],
    ['private and unassigned characters', 'a\ue0b0b\uffffc\u{f0000}', 'a‹U+E0B0›b‹U+FFFF›c‹U+F0000›'],
    ['joiners that join nothing', 'pay\u200dpal a\u200c', 'pay‹U+200D›pal a‹U+200C›'],
    ['two joiners in a row', 'می\u200c\u200cخ', 'می‹U+200C×2›خ'],
    ['variation selectors without a character of theirs', 'a\ufe0fb 1\ufe0f\u{e0101}', 'a‹U+FE0F›b 1‹U+FE0F U+E0101›'],
    ['many of a kind, by their number', `a${'\u200b'.repeat(400)}b`, 'a‹U+200B×400›b'],
    ['a mark without a letter', '\u0301x \u0301', '‹U+0301›x ‹U+0301›'],
    ['marks that tower', `a${'\u0301'.repeat(40)}`, `a${'\u0301'.repeat(4)}‹U+0301×36›`],
  ])('%s', (_, text, shown) => {
    expect(visibleText(text)).toBe(shown);
  });

  it('and a text cannot pretend it', () => {
    expect(visibleText('a‹U+202E›b')).toBe('a‹U+2039›U+202E›b');
    expect(visibleText('‹‹U+202E›')).not.toBe(visibleText('‹\u202e'));
    expect(visibleText('‹quoted›')).toBe('‹quoted›');
  });

  it('and a long run does not fill the line', () => {
    const hidden = Array.from({ length: 60 }, (_, index) => String.fromCodePoint(0xe0020 + index)).join('');
    expect(visibleText(`x${hidden}`)).toMatch(/^x‹U\+E0020 .*U\+E002B …›$/);
  });
});

describe('what languages and emoji need stays', () => {
  it.each([
    'שלום עולם',
    'مرحبا، السعر ١٢٣',
    'می\u200cخواهم',
    'क्\u200dष नमस्ते',
    'ශ්\u200dරී ලංකා',
    'สวัสดีครับ',
    'བཀྲ་ཤིས་བདེ་ལེགས།',
    'Tiếng Việt, e\u0301te\u0301',
    '日本語 葛\u{e0100}飾区',
    '👩\u200d💻 👨\u200d👩\u200d👧 🏳\ufe0f\u200d🌈 👍🏽 ❤\ufe0f 1\ufe0f\u20e3 🇩🇪',
    '\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}',
    '«quotes» „and“ ‘dashes’ – …',
  ])('%s', (text) => {
    expect(visibleText(text)).toBe(text);
  });

  it('only where it belongs: a flag spelled otherwise is a hidden text', () => {
    expect(visibleText('\u{1f3f4}\u{e0078}\u{e007f}')).toBe('\u{1f3f4}‹U+E0078 U+E007F›');
  });
});

describe('a label', () => {
  it('is one line', () => {
    expect(displayText('  a\r\n\tb\u00a0\u3000c ')).toBe('a b c');
    expect(displayText(' \n ')).toBe('');
  });

  it('does not reorder what stands beside it', () => {
    expect(displayText('שלום (1)')).toBe('\u2068שלום (1)\u2069');
    expect(displayText('plain')).toBe('plain');
  });

  it('is cut where it is overlong, not in the middle of a character or of what stands for one', () => {
    expect(displayText('é'.repeat(400))).toBe(`${'é'.repeat(300)}…`);
    expect(displayText('a\u{1f600}\u202eb', 3)).toBe('a\u{1f600}‹U+202E›…');
    expect(displayText(`א${'b'.repeat(400)}`, 2)).toBe('\u2068אb…\u2069');
  });

  it.each(hostileNames)('holds nothing unseen: %j', (name) => {
    expect(displayText(name)).not.toMatch(unseen);
    // A sentence with the text changes nothing in it.
    expect(visibleSentence(`„${displayText(name)}“`)).toBe(`„${displayText(name)}“`);
  });
});

describe('a sentence', () => {
  it('keeps its lines and the isolates of what is in it, and shows what else is not seen', () => {
    const sentence = `The image ${displayText('שלום')} is\nnot \u202ehere\u0007`;
    expect(visibleSentence(sentence)).toBe('The image \u2068שלום\u2069 is\nnot ‹U+202E›here‹U+0007›');
    expect(visibleSentence(visibleSentence(sentence))).toBe(visibleSentence(sentence));
  });

  it.each(['open \u2068', 'closed \u2069', '\u2069\u2068'])('keeps no isolate without an end: %j', (sentence) => {
    expect(visibleSentence(sentence)).not.toMatch(unseen);
  });
});

describe('JSON', () => {
  it('says the same, and everything in it is seen', () => {
    const value = { '\u202ekey': hostileNames, nested: ['\u{e0041}', '👨\u200d👩', 'שלום', '\\u202e'] };
    const json = visibleJson(value);
    expect(JSON.parse(json)).toEqual(value);
    expect(json.replaceAll('\n', '')).not.toMatch(unseen);
    expect(json).toContain('\\u202Ekey');
    expect(json).toContain('שלום');
  });
});
