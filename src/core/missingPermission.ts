/** The permission that a refusal names: `User: … is not authorized to perform: ec2:CreateImage on resource: arn:…`. */
export function missingPermission(
  message: string,
): { readonly action: string; readonly resource?: string } | undefined {
  const action = /not authorized to perform: ([\w-]+:\w+)/.exec(message)?.[1];
  const resource = /on resource: (\S+)/.exec(message)?.[1];
  return action ? { action, ...(resource ? { resource } : {}) } : undefined;
}
