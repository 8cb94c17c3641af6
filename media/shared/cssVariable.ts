import { noChange } from 'lit';
import {
  Directive,
  type DirectiveResult,
  directive,
  type ElementPart,
  type PartInfo,
  PartType,
} from 'lit/directive.js';

/**
 * Sets a custom property through the CSSOM: the page's policy forbids style attributes, which is what lit's own
 * `styleMap` writes at first.
 */
class CssVariable extends Directive {
  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new Error('cssVariable stands on an element');
  }

  override update({ element }: ElementPart, [name, value]: [string, string]): unknown {
    if (element instanceof HTMLElement) element.style.setProperty(name, value);
    return noChange;
  }

  render(_name: string, _value: string): unknown {
    return noChange;
  }
}

const cssVariableDirective = directive(CssVariable);

export function cssVariable(name: `--${string}`, value: string | number): DirectiveResult {
  return cssVariableDirective(name, String(value));
}
