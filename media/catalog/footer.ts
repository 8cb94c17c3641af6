import * as l10n from '@vscode/l10n';
import { nothing, type TemplateResult } from 'lit';
import { html } from '../shared/html.ts';
import { icon } from '../shared/icon.ts';
import { numberText } from '../shared/wording.ts';
import { actionIcon, actionTitle } from './imageActions.ts';
import type { ImageAction, View } from './view.ts';
import { imagesText } from './wording.ts';

const footerActions: readonly ImageAction[] = ['copyIds', 'copyAs', 'insertIds', 'pinImages', 'pinFamilies'];

/** How many images there are, and what can be done with the selected ones. */
export function footer(view: View): TemplateResult {
  const { selection, handlers } = view;
  const count = selection.ids.size;
  return html`<footer class="footer">
    <span>${countText(view)}</span>
    ${
      count === 0
        ? nothing
        : html`<span class="selected-count">${l10n.t('{0} selected', numberText(count))}</span>
          ${footerActions.map((action) => {
            const title = actionTitle(action);
            return html`<button type="button" class="tool" title=${title} aria-label=${title} @click=${() => handlers.act(action)}>${icon(actionIcon(action))}<span>${title}</span></button>`;
          })}`
    }
  </footer>`;
}

/** How many images match; `12+` while the download is incomplete. */
export function countText({ answer, state }: Pick<View, 'answer' | 'state'>): string {
  if (!answer) return '';
  const number = (count: number) =>
    state.isWhole || answer.total === 0
      ? numberText(count)
      : l10n.t({ message: '{0}+', args: [numberText(count)], comment: ['A number, or more'] });
  return answer.matches === answer.total
    ? imagesText(answer.total, number(answer.total))
    : l10n.t({
        message: '{0} of {1}',
        args: [number(answer.matches), imagesText(answer.total, number(answer.total))],
        comment: ['How many images match, of all images of the catalog: 12 of 3,400 images'],
      });
}
