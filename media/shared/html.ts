import { html as litHtml, type TemplateResult } from 'lit';
import { visibleSentence } from '../../src/core/visibleText.ts';

/**
 * lit's `html` for all templates: makes invisible characters visible in every text that is put into content or an
 * attribute. The text of a property (`.value=`) is not changed: the user types it.
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
