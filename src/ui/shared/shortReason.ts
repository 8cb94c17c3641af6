/** A message that begins with its place (`DescribeImages in eu-west-1: access denied.`) without it, whatever the language. */
export function withoutPlace(message: string, place: string, language: string): string {
  const rest = message.startsWith(place) ? /^(?:: ?|：)(.*)/s.exec(message.slice(place.length))?.[1] : undefined;
  const [first, ...others] = rest?.trimStart() ?? '';
  return first === undefined ? message : first.toLocaleUpperCase(language) + others.join('');
}

/** Full stops of Chinese and Japanese have no space behind them. */
const sentence = /^.*?(?:[.!?](?=\s|$)|[。！？])/;

export function firstSentence(text: string): string {
  return sentence.exec(text)?.[0] ?? text;
}
