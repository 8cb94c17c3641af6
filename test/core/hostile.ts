/** Texts that an endpoint or any publisher may send as a name. */
export const hostileNames: readonly string[] = [
  '',
  ' ',
  '*',
  '?',
  '\\',
  '**??\\\\',
  '"',
  "'",
  `it's "quoted" \`twice\``,
  // biome-ignore lint/suspicious/noTemplateCurlyInString: Terraform would evaluate it
  '${path.module}',
  '$${already} %%{escaped}',
  '$$$${many} %%%%{many}',
  '%{ if true }x%{ endif }',
  '{{ lookup("env", "HOME") }} {% raw %} {# c #}',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's tools would read a variable
  '${AWS::Region} ${!Literal} ${Image.Id} $${AWS::StackName}',
  '{{resolve:ssm:/aws/service/x}} {{resolve:secretsmanager:x:SecretString:y}}',
  '*/ process.exit() /*',
  'bang! !! !$ !x',
  '$(touch /tmp/x) `id` ; rm -rf / #',
  'a\nb\r\nc\td\u0000e\u007f',
  'line\u2028separator\u2029and\u0085next',
  '\u202eevil\u202c \u2066bidi\u2069 zero\u200bwidth\ufeff',
  'pair \u{1f600} lone \ud800 low \udc00',
  'drawn as nothing: \ufe0f \u{e0100} \u{e0041} \u3164 \u115f \u034f \u2800 \ue000',
  'pasted\u001b[201~\r\u009b31m %s %n \\n\\033',
  '# comment // comment /* comment */ -- comment',
  '</script><img src=x onerror=alert(1)> [x](command:workbench.action.quit)',
  'yes',
  'null',
  '1e3',
  '0123456789',
  '- list: {a: b}, [c], &anchor !tag |',
  '[a],{b}=c,Name=d',
  'name with spaces, commas, = and (brackets) [square]',
  '-leading and trailing- ',
  'é'.repeat(128),
  'a-'.repeat(64),
  '1.'.repeat(64),
  '2026-11-02'.repeat(12),
  '((((((((((((((((((((((((((((((((',
  'ubuntu/images/'.repeat(9),
  'Windows_Server-2022-'.concat('A-_.'.repeat(26)),
  'suse-sles-15-'.concat('a-'.repeat(57)),
  'x'.repeat(1000),
];

/**
 * Texts that reorder, hide or forge the text around them, or become a link, an icon or another character on a surface.
 */
export const hostileTexts: readonly string[] = [
  'photo\u202egpj.exe\u202c \u2066a\u2067b\u2068c\u2069 \u2068never closed',
  'pay\u200bpal\u2060\u00ad \ufeff\u200d\u200c\u180e',
  'hidden\u{e0068}\u{e0069}\u{e0064}\u{e0065}\u{e007f} \u115f\u3164\uffa0\u2800',
  'bell\u0007 escape\u001b[31m \u0085 \u2028next\u2029line \u009b',
  'שלום עולם (1) \u200f\u061cمرحبا ١٢٣',
  'Get support at <https:evil.example/login> or <mailto:a@evil.example>',
  'https://evil.example http://evil.example www.evil.example ftp://evil.example evil@evil.example',
  '&amp; &#x202e;evil &lt;b&gt; &colon;//evil &NewLine;',
  '[click here](command:workbench.action.quit) ![x](https://evil.example/x.png) [b](https://evil.example)',
  '$(trash) $(loading~spin) \\$(warning)',
  '<img src=x onerror=alert(1)><a href="https://evil.example">a</a><script>alert(2)</script>',
  '# heading\n- item\n1. first\n> quote\n```\ncode\n```\n| a | b |\n|---|---|\n**bold** _it_ ~~no~~ `tick`',
  `tower${'\u0301'.repeat(60)}`,
];

/** The invisible characters of a text, except for the isolates that the extension puts around right-to-left text. */
export function unseenIn(text: string): readonly string[] {
  const isolated = text.replace(/\u2068([^\u2066-\u2069]*)\u2069/gu, '$1');
  return [
    ...isolated.matchAll(
      /(?![\n\t])\p{Cc}|[\p{Cs}\p{Co}\p{Zl}\p{Zp}\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0\u{e0000}-\u{e007f}]/gu,
    ),
  ].map(([character]) => `U+${character.codePointAt(0)?.toString(16)}`);
}
