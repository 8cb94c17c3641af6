import * as v from 'valibot';
import { RecordFolder } from '../../src/images/recordFolder.ts';

/**
 * A window that writes, reads and removes records of a folder, as a process of its own; `node recordProcess.ts FOLDER
 * DO NAME COUNT`. Writes what it has seen as JSON, in a line.
 */
const [, , folder = '', what, name = '', count = '0'] = process.argv;
const records = new RecordFolder(folder, v.object({ id: v.string(), text: v.string() }));
const ids = Array.from({ length: Number(count) }, (_, index) => index);
/** Long enough for a half-written file to be seen. */
const text = name.repeat(50_000);

switch (what) {
  case 'add':
    for (const index of ids) {
      records.add({ id: `${name}-${index}`, text: '' });
    }
    console.log(JSON.stringify(records.all.length));
    break;
  case 'replace':
    for (const _ of ids) {
      records.add({ id: 'shared', text });
    }
    console.log(JSON.stringify(records.get('shared')?.text.length));
    break;
  case 'take':
    console.log(JSON.stringify(ids.filter((index) => records.take(`shared-${index}`))));
    break;
  case 'unwritable':
    records.add({ id: 'new', text: '' });
    console.log(
      JSON.stringify({
        added: records.get('new') !== undefined,
        taken: [records.take('kept'), records.take('kept')],
        left: records.all.map(({ id }) => id),
      }),
    );
    break;
  default:
    throw new Error(`Nothing is known of ${what}.`);
}
