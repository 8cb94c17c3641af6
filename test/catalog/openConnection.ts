import { Connections } from '../../src/ec2/connection.ts';
import type { Connection } from '../../src/ec2/port.ts';
import { noEditor } from '../ec2/noEditor.ts';

/** Opens the connection of the environment, as the editor does. */
export function openConnection(): Promise<Connection> {
  const connections = new Connections({
    env: process.env,
    mfaCodeProvider: () => Promise.reject(new Error('no MFA here')),
    network: () => noEditor,
    sampleRequestHandler: () => Promise.reject(new Error('not the sample account in process')),
    onCall: () => {},
  });
  return connections.open({ kind: 'aws', profile: undefined, endpointUrl: undefined });
}
