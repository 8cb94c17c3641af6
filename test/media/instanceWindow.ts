import type { Browser } from 'playwright-core';
import type { InstanceDetailsModel, InstanceDetailsState } from '../../src/protocol/instance.ts';
import { anInstance } from '../core/anInstance.ts';
import { type Bundle, openPageWindow, type PageWindow, type WindowOptions } from './pageWindow.ts';

const volume = {
  deviceName: '/dev/xvda',
  volumeId: 'vol-0123456789abcdef0',
  deleteOnTermination: true,
  root: true,
  size: 2000,
  type: 'gp3',
  encrypted: true,
} as const;

export const instanceModel: InstanceDetailsModel = {
  instance: anInstance({
    imageId: 'ami-0123456789abcdef0',
    launchTime: '2026-11-20T09:30:00.000Z',
    tags: [{ key: 'Name', value: 'web-1' }],
  }),
  asOf: Date.parse('2026-11-23T09:30:00Z'),
  volumes: [
    volume,
    { ...volume, deviceName: '/dev/sdf', root: false, size: undefined, type: undefined, encrypted: undefined },
  ],
  imageName: 'golden-web',
  stateText: 'running',
  unfit: undefined,
  consoleAvailable: true,
};

const { id, region } = instanceModel.instance;

export const shownInstance = (parts: Partial<InstanceDetailsModel> = {}): InstanceDetailsState => ({
  ref: { region, id },
  name: 'web-1',
  preview: true,
  status: { kind: 'ready' },
  model: { ...instanceModel, ...parts },
});

/** Runs in the page. */
function playHost(): void {
  globalThis.answerAsHost = () => ({ result: true });
}

/** Opens the page of an instance, whose requests all succeed. */
export function openInstance(
  browser: Browser,
  bundle: Bundle,
  state: InstanceDetailsState,
  options: WindowOptions = {},
): Promise<PageWindow<InstanceDetailsState>> {
  const page = {
    entry: 'instance',
    title: 'Instance Details',
    bundle,
    state,
    drawn: 'h1',
    playHost,
    data: undefined,
  };
  return openPageWindow(browser, page, options);
}
