import { snakeCase, unique, wordsOf } from './identifier.ts';
import type { ImageLookup, LookupFilter } from './input.ts';
import { commentText, yamlQuoted, yamlString } from './quote.ts';
import { expressionOf, filtersFor, type LookupAbilities, reasonForId, remarksOn } from './remarks.ts';

/** `amazon.aws.ec2_ami_info` does not return deprecated images; Jinja's `match` tests their names. */
const abilities: LookupAbilities = { expressions: true, deprecated: false };

/**
 * Two tasks for the collection amazon.aws: list the images, then take the newest. The module sorts them by date itself
 * (`plugins/modules/ec2_ami_info.py`); Jinja's filters cannot sort by a date that an image lacks.
 */
export function ansibleTasks(lookups: readonly ImageLookup[]): string {
  const names = new Set<string>();
  return lookups
    .map((lookup) => {
      const name = unique(names, snakeCase(wordsOf(lookup.label)), '_');
      const reason = reasonForId(lookup, abilities);
      return reason === undefined ? tasks(lookup, name) : fact(lookup, name, reason);
    })
    .join('\n');
}

function tasks(lookup: ImageLookup, name: string): string {
  const title = name.replaceAll('_', ' ');
  const remarks = remarksOn(lookup, abilities).map((remark) => `# ${commentText(remark)}\n`);
  const expression = expressionOf(lookup, abilities);
  const chosen = expression === undefined ? '' : ` | selectattr('name', 'match', '${expression}') | list`;
  return `${remarks.join('')}- name: List images of ${title}
  amazon.aws.ec2_ami_info:
    region: ${value(lookup.region)}
    owners:
      - ${value(lookup.owner ?? '')}
    filters:
${filtersFor(lookup, abilities).map(filterLines).join('')}  register: ${name}_images

- name: Choose the newest image of ${title}
  ansible.builtin.set_fact:
    ${name}_image_id: "{{ (${name}_images.images${chosen} | last).image_id }}"
`;
}

function filterLines({ name, values }: LookupFilter): string {
  const [only = '', ...more] = values;
  return more.length === 0
    ? `      ${name}: ${value(only)}\n`
    : `      ${name}:\n${values.map((each) => `        - ${value(each)}\n`).join('')}`;
}

function fact({ image }: ImageLookup, name: string, reason: string): string {
  return `# ${commentText(reason)}
- name: Set the image id of ${name.replaceAll('_', ' ')}
  ansible.builtin.set_fact:
    ${name}_image_id: ${value(image.id)}
`;
}

/** Ansible evaluates templates in strings, unless they are marked as unsafe. */
function value(text: string): string {
  return /\{[{%#]/.test(text) ? `!unsafe ${yamlQuoted(text)}` : yamlString(text);
}
