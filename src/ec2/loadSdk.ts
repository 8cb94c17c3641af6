export type Sdk = typeof import('./sdk.ts');

/**
 * Loads the SDK's chunk at first use: it takes longer to load than the rest of the extension together. What waited for the
 * thread meanwhile runs before the SDK is used.
 */
export async function loadSdk(): Promise<Sdk> {
  const sdk = await import('./sdk.ts');
  await new Promise((resolve) => setImmediate(resolve));
  return sdk;
}
