import { describe, expect, it } from 'vitest';
import { placedTasks } from '../../../src/code/insertion/ansiblePlace.ts';

const task = '# why\n- name: List\n  ec2_ami_info:\n    region: x\n\n- name: Choose\n  set_fact:\n    a: b\n';

/** The text with the tasks at `|`. */
function insertedTasks(marked: string, indentUnit = '  '): string {
  const start = marked.indexOf('|');
  const text = marked.replace('|', '');
  const place = { text, path: 'site.yml', span: { start, end: start }, language: 'yaml', indentUnit } as const;
  const { code } = placedTasks(task, place);
  if (!code) return text;
  return text.slice(0, code.span.start) + code.newText + text.slice(code.span.end);
}

function shifted(code: string, by: string): string {
  return code.replace(/^(?=.)/gm, by);
}

describe('tasks of Ansible', () => {
  const play = '- hosts: all\n  tasks:\n';
  const first = '    - name: first\n      debug:\n        msg: x\n';
  it.each([
    ['column 4 below tasks', `${play}    |\n`, play + shifted(task, '    ')],
    ['an empty line below tasks', `${play}|\n`, play + shifted(task, '    ')],
    ['the end of the line of tasks', '- hosts: all\n  tasks:|\n', play + shifted(task, '    ')],
    ['an empty line behind a task', `${play}${first}|\n`, play + first + shifted(task, '    ')],
    ['the column of a module', `${play}${first}      |\n`, play + first + shifted(task, '    ')],
    ['before the first task', `${play}|\n${first}`, play + shifted(task, '    ') + first],
    [
      'lists at the column of their key',
      `- hosts: all\n  tasks:\n  - name: x\n    y:\n|\n`,
      `- hosts: all\n  tasks:\n  - name: x\n    y:\n${shifted(task, '  ')}`,
    ],
    ['a file of tasks', '---\n- name: x\n  y:\n    - z\n|\n', `---\n- name: x\n  y:\n    - z\n${task}`],
    ['an empty file', '|', task],
    [
      'behind a list of a module',
      `${play}${first}        of:\n          - a\n|\n`,
      `${play}${first}        of:\n          - a\n${shifted(task, '    ')}`,
    ],
    [
      'within a block',
      `${play}    - block:\n        - name: x\n          y:\n|\n`,
      `${play}    - block:\n        - name: x\n          y:\n${shifted(task, '        ')}`,
    ],
    [
      'behind a block',
      `${play}    - block:\n        - name: x\n          y:\n    |\n`,
      `${play}    - block:\n        - name: x\n          y:\n${shifted(task, '    ')}`,
    ],
    ['below the key of a block', `${play}    - block:\n|\n`, `${play}    - block:\n${shifted(task, '        ')}`],
    ['handlers below tasks', `${play}${first}  handlers:\n|\n`, `${play}${first}  handlers:\n${shifted(task, '    ')}`],
    ['comments among them', `${play}${first}# note\n|\n`, `${play}${first}# note\n${shifted(task, '    ')}`],
  ])('join the list that they are in: %s', (_, marked, expected) => {
    expect(insertedTasks(marked)).toBe(expected);
  });

  it('are never indented by tabs or four spaces', () => {
    expect(insertedTasks(`${play}|\n`, '\t')).toBe(play + shifted(task, '    '));
  });
});
