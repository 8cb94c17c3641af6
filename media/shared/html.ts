import { html as litHtml, type TemplateResult } from 'lit';
import { visibleSentence } from '../../src/core/visibleText.ts';

/**
 * lit's `html`, for all templates: every text that is put into one, be it content or an attribute, has whatever nobody sees
 * in it made visible. A property (`.value=`) keeps its text as it is: it is what the user types.
 */
export function html(strings: TemplateStringsArray, ...values: readonly unknown[]): TemplateResult {
  return litHtml(
    strings,
    ...values.map((value, index) =>
      typeof value === 'string' && !isProperty(strings[index] ?? '') ? visibleSentence(value) : value,
    ),
  );
}

function isProperty(before: string): boolean {
  return /\s\.\w+=["']?$/.test(before);
}
