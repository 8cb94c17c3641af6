import type { SampleInstance } from '../model.ts';

/** The low byte of a code is the state (API reference, InstanceState). */
export const STATE_CODES: Readonly<Record<string, number>> = {
  pending: 0,
  running: 16,
  'shutting-down': 32,
  terminated: 48,
  stopping: 64,
  stopped: 80,
};

/** Empty without an address. */
export function privateDnsName(instance: SampleInstance): string {
  const region = regionOf(instance);
  return dnsName('ip', instance.privateIp, region === 'us-east-1' ? 'ec2.internal' : `${region}.compute.internal`);
}

/** Empty without an address. */
export function publicDnsName(instance: SampleInstance): string {
  const region = regionOf(instance);
  const domain = region === 'us-east-1' ? 'compute-1.amazonaws.com' : `${region}.compute.amazonaws.com`;
  return dnsName('ec2', instance.publicIp, domain);
}

/** The mode that the instance booted in; its `bootMode` is the mode that it supports. */
export function currentBootMode({ bootMode }: SampleInstance): string {
  return bootMode?.startsWith('uefi') ? 'uefi' : 'legacy-bios';
}

function regionOf({ availabilityZone }: SampleInstance): string {
  return availabilityZone.slice(0, -1);
}

function dnsName(kind: string, ip: string | undefined, domain: string): string {
  return ip === undefined ? '' : `${kind}-${ip.replaceAll('.', '-')}.${domain}`;
}
