import { onTestFailed } from 'vitest';
import type { Editor } from './editor.ts';

/** Leaves a picture behind when the test that calls this fails. */
export function pictureOnFailure(editor: () => Editor | undefined): void {
  onTestFailed(async ({ task }) => {
    const path = await editor()?.workbench.screenshot(task.name);
    if (path) {
      console.log(`A picture of the editor as the test failed: ${path}`);
    }
  });
}
