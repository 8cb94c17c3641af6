import type * as vscode from 'vscode';
import type { Connection } from '../../ec2/port.ts';

/** An image being made, with what tells through which connection it may be looked at. */
export interface PendingRecord {
  readonly id: string;
  readonly region: string;
  readonly name: string;
  /** When the watch began, in milliseconds since 1970. */
  readonly since: number;
  readonly kind: 'sample' | 'aws';
  readonly profile: string | undefined;
  readonly endpoint: string | undefined;
  /** Undefined where the endpoint has not told the account's number. */
  readonly account: string | undefined;
}

const key = 'pendingImages';

export function recordOf(
  connection: Pick<Connection, 'choice' | 'profile' | 'endpoint'>,
  account: string | undefined,
  image: Pick<PendingRecord, 'id' | 'region' | 'name' | 'since'>,
): PendingRecord {
  return {
    ...image,
    kind: connection.choice.kind,
    profile: connection.profile,
    endpoint: connection.endpoint?.url,
    account,
  };
}

/**
 * Whether a connection leads to the account that an image is made in. Where both account numbers are known they decide,
 * since a profile may have come to mean another account; the profile's name does otherwise.
 */
export function belongsTo(
  record: PendingRecord,
  connection: Pick<Connection, 'choice' | 'profile' | 'endpoint'>,
  account: string | undefined,
): boolean {
  if (record.kind !== connection.choice.kind || record.endpoint !== connection.endpoint?.url) {
    return false;
  }
  return record.account && account ? record.account === account : record.profile === connection.profile;
}

/** Read anew each time: windows share what is stored. */
export class PendingStore {
  readonly #memento: vscode.Memento;

  constructor(memento: vscode.Memento) {
    this.#memento = memento;
  }

  get all(): readonly PendingRecord[] {
    const stored = this.#memento.get<unknown>(key);
    return Array.isArray(stored) ? stored.filter(isRecord) : [];
  }

  has(imageId: string): boolean {
    return this.all.some((record) => record.id === imageId);
  }

  add(record: PendingRecord): void {
    void this.#memento.update(key, [...this.all.filter((other) => other.id !== record.id), record]);
  }

  remove(imageId: string): void {
    const left = this.all.filter((record) => record.id !== imageId);
    void this.#memento.update(key, left.length > 0 ? left : undefined);
  }
}

function isRecord(value: unknown): value is PendingRecord {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof Reflect.get(value, 'id') === 'string' &&
    typeof Reflect.get(value, 'region') === 'string' &&
    typeof Reflect.get(value, 'since') === 'number'
  );
}
