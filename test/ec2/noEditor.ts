import type { NetworkSettings } from '../../src/ec2/port.ts';

/** Network settings without an editor: direct connections to every endpoint. */
export const noEditor: NetworkSettings = {
  proxySupport: 'override',
  proxy: undefined,
  noProxy: [],
  proxyAuthorization: undefined,
  proxyStrictSSL: true,
  systemCertificates: false,
  proxyOf: async () => undefined,
};
