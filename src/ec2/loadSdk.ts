export type Sdk = typeof import('./sdk.ts');

/** Loads the SDK's chunk at first use: it takes longer to load than the rest of the extension together. */
export function loadSdk(): Promise<Sdk> {
  return import('./sdk.ts');
}
