const typeName = /^[a-z][a-z0-9-]{0,12}\d[a-z0-9-]{0,12}\.[a-z0-9-]{4,14}$/;

/** Whether a text is an instance type's name: `t4g.micro`. */
export function isInstanceType(text: string): boolean {
  return typeName.test(text);
}

const member = /InstanceType[._]?(?:([A-Z]\w{1,8}?)_|([A-Z]\d[a-z]*?))(\d*x?large|nano|micro|small|medium|metal)$/i;

/** The type of an enumeration's member: `InstanceType.T4g_Micro` of Pulumi, `types.InstanceTypeT4gMicro` of Go. */
export function instanceTypeOfMember(name: string): string | undefined {
  const [, family, joined, size] = member.exec(name) ?? [];
  const text = `${family ?? joined}.${size}`.toLowerCase();
  return size !== undefined && isInstanceType(text) ? text : undefined;
}

/** The type of CDK's `InstanceType.of(InstanceClass.T4G, InstanceSize.XLARGE2)`. */
export function instanceTypeOfClass(instanceClass: string, instanceSize: string): string | undefined {
  const family = /InstanceClass\.([A-Z]\w+)$/.exec(instanceClass)?.[1];
  const [, size, count = ''] = /InstanceSize\.([A-Z]+)(\d*)$/.exec(instanceSize) ?? [];
  const text = `${family}.${count}${size}`.toLowerCase();
  return family !== undefined && size !== undefined && isInstanceType(text) ? text : undefined;
}
