export type Sdk = typeof import('./sdk.ts');

/**
 * Loads the SDK's chunk, which takes longer than the rest of the extension together, at first use. Callbacks that have
 * waited for the thread meanwhile run before it resolves.
 */
export async function loadSdk(): Promise<Sdk> {
  const sdk = await import('./sdk.ts');
  await new Promise((resolve) => setImmediate(resolve));
  return sdk;
}
