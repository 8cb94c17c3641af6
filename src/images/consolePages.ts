import { imageConsoleUrl, instanceConsoleUrl } from '../core/consoleUrl.ts';
import type { ImageRef } from '../core/imageRef.ts';
import type { Connection } from '../ec2/port.ts';

/** What decides whether the AWS console shows what a connection does. */
export type ConsoleConnection = Pick<Connection, 'choice' | 'foreignEndpoint' | 'defaultRegion'>;

/**
 * Why the AWS console has no pages for what a connection shows; undefined where it has. A connection is in one partition,
 * so that this is the same in all its regions.
 */
export function missingConsole(connection: ConsoleConnection): 'sample' | 'endpoint' | 'partition' | undefined {
  if (connection.choice.kind === 'sample') {
    return 'sample';
  }
  if (connection.foreignEndpoint !== undefined) {
    return 'endpoint';
  }
  return instanceConsoleUrl(connection.defaultRegion, someInstance) === undefined ? 'partition' : undefined;
}

const someInstance = 'i-00000000';

/** The URL of an image's page; undefined where there is none. */
export function imageConsolePage(connection: ConsoleConnection, { region, id }: ImageRef): string | undefined {
  return missingConsole(connection) === undefined ? imageConsoleUrl(region, id) : undefined;
}

/** The URL of an instance's page; undefined where there is none. */
export function instanceConsolePage(connection: ConsoleConnection, { region, id }: ImageRef): string | undefined {
  return missingConsole(connection) === undefined ? instanceConsoleUrl(region, id) : undefined;
}
