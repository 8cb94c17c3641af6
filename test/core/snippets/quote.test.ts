import { describe, expect, it, vi } from 'vitest';
import {
  commentText,
  hclString,
  jsonString,
  scriptKey,
  scriptString,
  shellWord,
  yamlString,
} from '../../../src/core/snippets/quote.ts';
import { hostileNames } from '../hostile.ts';
import { evaluateHcl, evaluateYaml, hasPyYaml, hasTerraform, shellWords } from './judges.ts';

// The judging tools take seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

/** The text with unpaired surrogates replaced, which no file can hold. */
function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd');
}

/** Characters that the editor does not draw. */
const invisible = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/u;

describe('string literals', () => {
  it.each(hostileNames)('stay on one line, visible: %j', (text) => {
    for (const literal of [
      jsonString(text),
      hclString(text),
      yamlString(text),
      scriptString(text, "'"),
      shellWord(text),
    ]) {
      expect(literal).not.toMatch(invisible);
    }
    expect(commentText(text)).not.toMatch(invisible);
    expect([...commentText(text)].length).toBeLessThanOrEqual(128);
  });

  it.each(hostileNames)('mean the text in JSON and JavaScript: %j', (text) => {
    expect(JSON.parse(jsonString(text))).toBe(wellFormed(text));
    for (const quote of ["'", '"'] as const) {
      expect(new Function(`return ${scriptString(text, quote)}`)()).toBe(wellFormed(text));
      expect(new Function(`return Object.keys({ ${scriptKey(text, quote)}: 1 })[0]`)()).toBe(wellFormed(text));
    }
  });

  it('mean the text to a shell', () => {
    const texts = hostileNames.map((text) => wellFormed(text).replaceAll('\0', ''));
    expect(shellWords(`words ${texts.map(shellWord).join(' ')}`, 'words')).toEqual(texts);
  });

  it.skipIf(!hasTerraform())('mean the text to Terraform', () => {
    // Terraform composes characters (NFC); these texts are composed.
    const texts = hostileNames.map(wellFormed).filter((text) => !text.includes('\0'));
    expect(evaluateHcl(texts.map(hclString))).toEqual(texts);
  });

  it.skipIf(!hasPyYaml())('mean the text to a YAML reader', () => {
    const texts = hostileNames.map(wellFormed);
    expect(evaluateYaml(texts.map((text) => `- ${yamlString(text)}\n`).join(''))).toEqual(texts);
  });

  it('are written the way formatters leave them', () => {
    expect(scriptString('plain', "'")).toBe("'plain'");
    expect(scriptString("it's", "'")).toBe('"it\'s"');
    expect(scriptString(`it's "x"`, "'")).toBe("'it\\'s \"x\"'");
    expect(scriptString('say "x"', '"')).toBe('\'say "x"\'');
    expect(scriptKey('architecture', "'")).toBe('architecture');
    expect(scriptKey('root-device-type', "'")).toBe("'root-device-type'");
    expect(shellWord('us-east-1')).toBe('us-east-1');
    expect(shellWord('')).toBe("''");
    expect(shellWord("it's")).toBe("'it'\\''s'");
    expect(yamlString('ami-0123abcd')).toBe('ami-0123abcd');
    expect(yamlString('099720109477')).toBe('"099720109477"');
    expect(yamlString('no')).toBe('"no"');
  });

  it('escape templates of HCL', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: Terraform would evaluate it
    expect(hclString('${a}')).toBe('"$${a}"');
    expect(hclString('%{if a}')).toBe('"%%{if a}"');
    expect(hclString('$${a}')).toBe('"\\u0024$${a}"');
    expect(hclString('50% $5 {x}')).toBe('"50% $5 {x}"');
  });
});
