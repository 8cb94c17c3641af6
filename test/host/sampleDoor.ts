/** What the sample account tells of itself, and is told. */
const door = () => `${process.env['AWS_ENDPOINT_URL_EC2']}/_sample`;

interface SampleRequest {
  readonly action: string;
  readonly region: string;
}

/** All requests since the last were forgotten, of EC2, STS and SSM. */
export async function requests(): Promise<readonly SampleRequest[]> {
  return (await fetch(`${door()}/requests`)).json() as Promise<SampleRequest[]>;
}

export async function forgetRequests(): Promise<void> {
  await fetch(`${door()}/requests`, { method: 'DELETE' });
}

export async function addFault(fault: object): Promise<void> {
  await fetch(`${door()}/faults`, { method: 'POST', body: JSON.stringify(fault) });
}

export async function clearFaults(): Promise<void> {
  await fetch(`${door()}/faults`, { method: 'DELETE' });
}
