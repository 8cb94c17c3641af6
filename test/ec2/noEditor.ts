import type { NetworkSettings } from '../../src/ec2/port.ts';

/** The network where no editor has a say in it: straight to every endpoint. */
export const noEditor: NetworkSettings = {
  proxySupport: 'override',
  proxy: undefined,
  noProxy: [],
  proxyAuthorization: undefined,
  proxyStrictSSL: true,
  systemCertificates: false,
  proxyOf: async () => undefined,
};
