import { snakeCase, unique, wordsOf } from './identifier.ts';
import type { ImageLookup } from './input.ts';
import { yamlQuoted, yamlString } from './quote.ts';

/** Tasks for the collection amazon.aws: one that asks, one that takes the newest of the answers. */
export function ansibleTasks(lookups: readonly ImageLookup[]): string {
  const names = new Set<string>();
  return lookups.map((lookup) => tasks(lookup, unique(names, snakeCase(wordsOf(lookup.label)), '_'))).join('\n');
}

function tasks(lookup: ImageLookup, name: string): string {
  const title = name.replaceAll('_', ' ');
  const filters = lookup.filters.map((filter) => `      ${filter.name}: ${value(filter.value)}\n`);
  return `- name: List images of ${title}
  amazon.aws.ec2_ami_info:
    region: ${value(lookup.region)}
    owners:
      - ${value(lookup.owner)}
    filters:
${filters.join('')}  register: ${name}_images

- name: Choose the newest image of ${title}
  ansible.builtin.set_fact:
    ${name}_image_id: "{{ (${name}_images.images | sort(attribute='creation_date') | last).image_id }}"
`;
}

/** Ansible evaluates templates in strings unless they are tagged as unsafe. */
function value(text: string): string {
  return /\{[{%#]/.test(text) ? `!unsafe ${yamlQuoted(text)}` : yamlString(text);
}
