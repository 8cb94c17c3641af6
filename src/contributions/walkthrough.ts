import { contextKeyId, type contextKeys } from './contextKeys.ts';
import { keyIs, type When } from './when.ts';

interface WalkthroughStep {
  /** package.nls.json has its texts as `walkthrough.NAME.title`, `.description` and `.altText`; media/walkthrough its picture. */
  readonly name: string;
  /** Completes the step. Commands that a panel or a quick pick runs are no events of the editor, but context keys are. */
  readonly doneWhen: When;
}

/** Of the walkthrough that the editor opens after the first installation. */
export const walkthroughId = 'getStarted';

export const walkthroughSteps: readonly WalkthroughStep[] = [
  { name: 'sampleAccount', doneWhen: keyIs('connection', 'open') },
  { name: 'imageDetails', doneWhen: done('imageShown') },
  { name: 'createImage', doneWhen: done('imageCreated') },
  { name: 'insertId', doneWhen: done('imageInserted') },
];

function done(key: keyof typeof contextKeys): When {
  return contextKeyId(key);
}
