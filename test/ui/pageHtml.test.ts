import { describe, expect, it } from 'vitest';
import { pageHtml } from '../../src/ui/panels/pageHtml.ts';

const parts = {
  title: 'Image Details',
  language: 'en',
  translations: {},
  cspSource: 'https://media.test',
  nonce: 'r4nd0m',
  script: 'https://media.test/details.js',
  styleSheets: ['https://media.test/details.css'],
};

/** The policy as a map from directive to its sources. */
function policyOf(html: string): Record<string, string> {
  const [, policy = ''] = /Content-Security-Policy" content="([^"]*)"/.exec(html) ?? [];
  return Object.fromEntries(
    policy.split('; ').map((directive) => [directive.split(' ')[0] ?? '', directive.split(' ').slice(1).join(' ')]),
  );
}

describe('the page of a web view', () => {
  it('admits nothing but one script by its nonce, and style sheets and fonts from its own folder', () => {
    expect(policyOf(pageHtml(parts))).toEqual({
      'default-src': `'none'`,
      'style-src': 'https://media.test',
      'font-src': 'https://media.test',
      'script-src': `'nonce-r4nd0m'`,
      'base-uri': `'none'`,
      'form-action': `'none'`,
    });
  });

  it('has no code and no style of its own', () => {
    const html = pageHtml(parts);
    expect(html.match(/<script/g)).toHaveLength(1);
    expect(html).toMatch(/<script type="module" nonce="r4nd0m" src="[^"]+"><\/script>/);
    expect(html).not.toMatch(/<style|\sstyle=|\son\w+=/);
  });

  it('keeps translations inside their attribute', () => {
    const translations = { Tags: `"><script>alert(1)</script>&amp;'` };
    const html = pageHtml({ ...parts, translations });
    expect(html.match(/<script/g)).toHaveLength(1);
    const [, content = ''] = /name="l10n" content="([^"]*)"/.exec(html) ?? [];
    const text = content
      .replaceAll('&quot;', '"')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&');
    expect(JSON.parse(text)).toEqual(translations);
  });
});
