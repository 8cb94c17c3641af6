const interpolation = /\$\{|\{\{|\{%|%\{|<%|\$\(/;

/** Whether a text is written with a value put in when it is used: `${…}`, `{{ … }}`, `<%= … %>`. */
export function isTemplate(text: string): boolean {
  return interpolation.test(text);
}
