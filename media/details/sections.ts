import * as l10n from '@vscode/l10n';
import { nothing, type TemplateResult } from 'lit';
import type { Image } from '../../src/core/image.ts';
import { isResourceId } from '../../src/core/imageId.ts';
import { isRegionName } from '../../src/core/regions.ts';
import { visibleJson } from '../../src/core/visibleText.ts';
import type { ImageDetailsModel, LaunchPermissionsResult } from '../../src/protocol/details.ts';
import { html } from '../shared/html.ts';
import { icon } from '../shared/icon.ts';
import { type DateField, dateFields, type IdentityField, identityFields } from '../shared/imageFields.ts';
import { type Content, copyable, copyButton, emptyTag, type Field, fields, section, unset } from '../shared/parts.ts';
import { visible } from '../shared/visible.ts';
import { dateText, relativeText } from '../shared/wording.ts';
import type { View } from './view.ts';

export function identity(view: View, image: Image): TemplateResult {
  return section(
    view,
    'identity',
    l10n.t('Identity and Platform'),
    nothing,
    fields(identityFields(image).map((field) => ({ term: field.label, content: identityContent(view, image, field) }))),
  );
}

function identityContent(view: View, image: Image, { id, label, value }: IdentityField): Content {
  switch (id) {
    case 'family':
    case 'enaSupport':
    case 'freeTierEligible':
      return value ? html`<bdi>${visible(value)}</bdi>` : unset();
    case 'imdsSupport':
      return value === 'v2.0' ? l10n.t('v2.0 (instances require IMDSv2)') : copyable(view, value, label);
    case 'sourceImageId':
      return sourceImage(view, image);
    case 'sourceInstanceId':
      return sourceInstance(view, image);
    default:
      return copyable(view, value, label);
  }
}

function sourceImage(view: View, image: Image): TemplateResult {
  const { sourceImageId: id, sourceImageRegion } = image;
  if (id === undefined || id === '') return unset();
  const region = sourceImageRegion ?? image.region;
  const shown =
    sourceImageRegion === undefined
      ? visible(id)
      : l10n.t({
          message: '{0} in {1}',
          args: [visible(id), visible(sourceImageRegion)],
          comment: ['An AMI ID in a region'],
        });
  const link =
    isResourceId(id) && isRegionName(region)
      ? html`<button type="button" class="link" @click=${() => view.handlers.showImage({ region, id })}>${shown}</button>`
      : html`<bdi>${shown}</bdi>`;
  return html`<span class="copyable">${link}${copyButton(view, id, l10n.t('source image'))}</span>`;
}

/** The instance may be gone: its details say so. */
function sourceInstance(view: View, { sourceInstanceId: id, region }: Image): TemplateResult {
  if (id === undefined || id === '') return unset();
  const link = isResourceId(id)
    ? html`<button type="button" class="link" @click=${() => view.handlers.showInstance({ region, id })}>${visible(id)}</button>`
    : html`<bdi>${visible(id)}</bdi>`;
  return html`<span class="copyable">${link}${copyButton(view, id, l10n.t('source instance'))}</span>`;
}

export function permissions(view: View, { image, launchPermissions }: ImageDetailsModel): TemplateResult {
  const everyone = image.public || (launchPermissions.kind === 'known' && launchPermissions.public);
  return section(
    view,
    'permissions',
    l10n.t('Permissions'),
    everyone ? l10n.t('Public') : launchPermissions.kind === 'known' ? sharing(launchPermissions) : nothing,
    html`
      <p class="statement">${icon(everyone ? 'globe' : 'lock')}${permissionsText(launchPermissions, everyone)}</p>
      ${permissionsContent(view, launchPermissions)}
    `,
  );
}

type KnownPermissions = Extract<LaunchPermissionsResult, { kind: 'known' }>;

function isShared({ accounts, organizations, organizationalUnits }: KnownPermissions): boolean {
  return accounts.length + organizations.length + organizationalUnits.length > 0;
}

function sharing(permissions: KnownPermissions): string {
  return isShared(permissions) ? l10n.t('Shared') : l10n.t('Private');
}

function permissionsText(result: LaunchPermissionsResult, everyone: boolean): string {
  if (everyone) return l10n.t('Public: every AWS account can launch instances from this image.');
  if (result.kind !== 'known') return l10n.t('Not public.');
  return isShared(result)
    ? l10n.t('Shared: the owner and the following can launch instances from this image.')
    : l10n.t('Private: only the owner can launch instances from this image.');
}

function permissionsContent(view: View, result: LaunchPermissionsResult): TemplateResult | typeof nothing {
  switch (result.kind) {
    case 'not-owner':
      return html`<p class="dim">${l10n.t('Only the owner can see who the image is shared with.')}</p>`;
    case 'loading':
      return html`<p class="dim">${l10n.t('Loading launch permissions…')}</p>`;
    case 'failed':
      return html`
        <p class="notice warning">${icon('warning')}<span>${l10n.t('The launch permissions are not known.')} <bdi>${result.message}</bdi></span></p>
        <vscode-button secondary @click=${view.handlers.refresh}>${l10n.t('Retry')}</vscode-button>
      `;
    case 'known':
      if (!isShared(result)) return nothing;
      return fields([
        shared(view, l10n.t('Accounts'), result.accounts),
        shared(view, l10n.t('Organizations'), result.organizations),
        shared(view, l10n.t('Organizational units'), result.organizationalUnits),
      ]);
  }
}

function shared(view: View, term: string, ids: readonly string[]): Field {
  return {
    term,
    content:
      ids.length === 0
        ? html`<span class="unset">${l10n.t({ message: 'None', comment: ['No accounts or organizations that an image is shared with'] })}</span>`
        : html`<ul class="values">${ids.map((id) => html`<li class="mono">${copyable(view, id, visible(id))}</li>`)}</ul>`,
  };
}

export function dates(view: View, { image, asOf }: ImageDetailsModel): TemplateResult {
  const content = ({ id, label, value }: DateField): Content => {
    if (value === undefined) {
      return id === 'lastLaunchedTime'
        ? html`<span class="unset">${l10n.t('Never, or not reported by EC2')}</span>`
        : unset();
    }
    const relative = relativeText(value, asOf);
    return copyable(
      view,
      value,
      label,
      html`<time datetime=${value} title=${visible(value)}>${visible(dateText(value))}</time>${relative === '' ? nothing : html` <span class="relative">${relative}</span>`}`,
    );
  };
  return section(
    view,
    'dates',
    l10n.t('Dates'),
    relativeText(image.creationDate, asOf),
    fields(dateFields(image).map((field) => ({ term: field.label, content: content(field) }))),
  );
}

/** With more tags than this, their section takes the whole width. */
export const fewTags = 8;

export function tags(view: View, image: Image): TemplateResult {
  const count = image.tags.length;
  const sorted = [...image.tags].sort(
    (a, b) =>
      Number(b.key === 'Name') - Number(a.key === 'Name') || a.key.localeCompare(b.key, 'en', { numeric: true }),
  );
  return section(
    view,
    'tags',
    l10n.t('Tags'),
    count === 0 ? nothing : String(count),
    count === 0
      ? html`<p class="dim">${l10n.t('No tags, or none that this account can see.')}</p>`
      : html`<dl class="fields tags ${count > fewTags ? 'many' : ''}">
          ${sorted.map(
            ({ key, value }) => html`<div class="field">
              <dt><bdi>${visible(key)}</bdi></dt>
              <dd>${value === '' ? emptyTag() : copyable(view, value, l10n.t('tag {0}', visible(key)))}</dd>
            </div>`,
          )}
        </dl>`,
  );
}

export function raw(view: View, image: Image): TemplateResult {
  const json = JSON.stringify(image, undefined, 2);
  return section(
    view,
    'raw',
    l10n.t('Raw'),
    l10n.t('JSON'),
    html`<div class="raw">
      ${copyButton(view, json, l10n.t('JSON'))}
      <pre tabindex="0" role="region" aria-label=${l10n.t('The image as JSON')} .textContent=${visibleJson(image)}></pre>
    </div>`,
  );
}
