import { expect, it } from 'vitest';
import {
  type ConsoleConnection,
  imageConsolePage,
  instanceConsolePage,
  missingConsole,
} from '../../src/images/consolePages.ts';

const aws: ConsoleConnection = {
  choice: { kind: 'aws', profile: undefined, endpointUrl: undefined },
  foreignEndpoint: undefined,
  defaultRegion: 'eu-west-1',
};
const image = { region: 'eu-west-1', id: 'ami-0123456789abcdef0' };
const instance = { region: 'eu-west-1', id: 'i-0123456789abcdef0' };

it('has pages of images and instances of AWS, in each partition with a console', () => {
  expect(missingConsole(aws)).toBeUndefined();
  expect(imageConsolePage(aws, image)).toContain('#ImageDetails:imageId=ami-0123456789abcdef0');
  expect(instanceConsolePage(aws, instance)).toContain('#InstanceDetails:instanceId=i-0123456789abcdef0');
  for (const defaultRegion of ['cn-north-1', 'us-gov-west-1', 'eusc-de-east-1']) {
    expect(missingConsole({ ...aws, defaultRegion })).toBeUndefined();
  }
});

it.each<[string, ConsoleConnection, string]>([
  ['the sample account', { ...aws, choice: { kind: 'sample' } }, 'sample'],
  ['another endpoint', { ...aws, foreignEndpoint: 'http://127.0.0.1:5000' }, 'endpoint'],
  ['an isolated partition', { ...aws, defaultRegion: 'us-iso-east-1' }, 'partition'],
])('has none of %s, for images and instances alike', (_, connection, why) => {
  expect(missingConsole(connection)).toBe(why);
  expect(imageConsolePage(connection, image)).toBeUndefined();
  expect(instanceConsolePage(connection, instance)).toBeUndefined();
});

it('has none of an id that is not of AWS', () => {
  expect(imageConsolePage(aws, { ...image, id: 'emi-3F2A1B0C' })).toBeUndefined();
  expect(instanceConsolePage(aws, { ...instance, id: 'i-1' })).toBeUndefined();
});
