import type * as vscode from 'vscode';
import { overallProgress } from '../../core/createImagePlan.ts';
import { isCancelled } from '../../core/errors.ts';
import type { Image } from '../../core/image.ts';
import type { Connection } from '../../ec2/port.ts';
import type { Session } from '../session.ts';
import { AccountRecords } from './accountRecords.ts';
import { openPendingStore, type PendingRecord } from './pendingStore.ts';

export interface PendingImagesDeps {
  readonly session: Pick<Session, 'state' | 'identity' | 'settled' | 'onDidChange' | 'onDidIdentify'>;
  /** Where records are kept over restarts of the editor. */
  readonly folder: string;
  /** A watched image as EC2 shows it now; its progress may have changed only. */
  readonly onChanged: (image: Image) => void;
  /** It is no longer pending. */
  readonly onSettled: (outcome: SettledImage) => void;
  readonly log: Pick<vscode.LogOutputChannel, 'info' | 'warn'>;
}

export interface SettledImage {
  readonly region: string;
  readonly id: string;
  readonly name: string;
  /** Undefined: EC2 no longer knows it. */
  readonly image: Image | undefined;
}

export interface PendingImage {
  readonly region: string;
  readonly id: string;
  readonly name: string;
  /** Percent; undefined where EC2 has not said. */
  readonly progress: number | undefined;
}

/** How long (ms) the progress of snapshots may hold up what is known of the images themselves. */
const progressWait = 5_000;

/** A new image may be unknown to EC2 for a while (eventual consistency); after this time (ms) it is gone. */
const unknownFor = 3 * 60_000;

/**
 * Watches images that are being made until they are available or have failed: one DescribeImages and one
 * DescribeSnapshots a region and look, however many images. What is watched is kept over restarts, and looked at only
 * through a connection to the account it belongs to.
 */
export class PendingImages implements vscode.Disposable {
  readonly #deps: PendingImagesDeps;
  readonly #records: AccountRecords<PendingRecord>;
  readonly #progress = new Map<string, number>();
  /** Images that EC2 has shown through the connection in force. */
  readonly #seen = new Set<string>();

  constructor(deps: PendingImagesDeps) {
    this.#deps = deps;
    this.#records = new AccountRecords({
      session: deps.session,
      store: openPendingStore(deps.folder),
      look: (connection, region, signal) => this.#look(connection, region, signal),
      onConnect: () => {
        this.#progress.clear();
        this.#seen.clear();
      },
    });
  }

  /** The images watched, or the progress of one, have changed. */
  get onDidChange(): vscode.Event<void> {
    return this.#records.onDidChange;
  }

  /** The images watched through the connection in force. */
  get images(): readonly PendingImage[] {
    return this.#records.in().map(({ region, id, name }) => ({ region, id, name, progress: this.#progress.get(id) }));
  }

  /** Percent, for an image that is being made. */
  progressOf(imageId: string): number | undefined {
    return this.#progress.get(imageId);
  }

  /**
   * Watches an image that was made through this connection from now on. Resolves after the first look at it, whether
   * EC2 shows it yet or not.
   */
  async watch(connection: Connection, region: string, imageId: string, name: string): Promise<void> {
    const place = this.#records.placeIn(connection);
    this.#records.add(connection, { ...place, region, id: imageId, name, since: Date.now() });
    await this.#records.lookNow(region, connection);
  }

  /** Stops watching. The image goes on being made. */
  cancel(imageId: string): void {
    this.#forget(imageId);
  }

  /** One look at a region's images; gives whether there is anything left to look at. */
  async #look(connection: Connection, region: string, signal: AbortSignal): Promise<boolean> {
    const records = this.#records.in(region);
    if (records.length === 0) {
      return false;
    }
    try {
      const images = await connection.ec2.describeImages(
        region,
        records.map((record) => record.id),
        signal,
      );
      const pending = images.filter(isUnderWay);
      const before = new Map(this.#progress);
      await this.#lookAtSnapshots(connection, region, pending, signal);
      if (signal.aborted) {
        return false;
      }
      for (const record of records) {
        this.#take(
          record,
          images.find((image) => image.id === record.id),
          before.get(record.id) !== this.#progress.get(record.id),
        );
      }
      this.#records.changed();
    } catch (error) {
      if (signal.aborted || isCancelled(error)) {
        return false;
      }
      // Throttling, a network that is down, expired credentials: the image is not concerned.
      this.#deps.log.warn(`Images being made in ${region}: ${error instanceof Error ? error.message : String(error)}`);
    }
    return this.#records.in(region).length > 0;
  }

  #take(record: PendingRecord, image: Image | undefined, moved: boolean): void {
    if (!this.#records.get(record.id)) {
      // Settled in another window, which has said so, or no longer watched.
      this.#progress.delete(record.id);
      return;
    }
    if (image && isUnderWay(image)) {
      // The first sight of it counts, what is the same as before does not.
      if (moved || !this.#seen.has(record.id)) {
        this.#seen.add(record.id);
        this.#deps.onChanged(image);
      }
      return;
    }
    const age = Date.now() - record.since;
    if (!image && record.kind === 'aws' && age < unknownFor) {
      return;
    }
    this.#forget(record.id);
    if (!image && record.kind === 'sample') {
      // The sample account forgets what was made in it when the editor closes.
      return;
    }
    if (image) {
      this.#deps.onChanged(image);
    }
    this.#deps.log.info(`${record.id} in ${record.region} is ${image?.state ?? 'gone'}.`);
    this.#deps.onSettled({ region: record.region, id: record.id, name: image?.name ?? record.name, image });
  }

  /** Progress is a comfort: without it the image is watched all the same. */
  async #lookAtSnapshots(
    connection: Connection,
    region: string,
    images: readonly Image[],
    signal: AbortSignal,
  ): Promise<void> {
    const ids = images.flatMap((image) =>
      image.blockDevices.flatMap((device) => (device.kind === 'ebs' && device.snapshotId ? [device.snapshotId] : [])),
    );
    if (ids.length === 0) {
      return;
    }
    try {
      const inTime = AbortSignal.any([signal, AbortSignal.timeout(progressWait)]);
      const answer = await connection.ec2.describeSnapshots(region, ids, inTime);
      const snapshots = new Map(answer.map((snapshot) => [snapshot.snapshotId, snapshot]));
      for (const image of images) {
        const progress = overallProgress(image, snapshots);
        if (progress !== undefined) {
          this.#progress.set(image.id, progress);
        }
      }
    } catch (error) {
      if (!signal.aborted) {
        this.#deps.log.info(`No progress of snapshots in ${region}: ${String(error)}`);
      }
    }
  }

  #forget(imageId: string): void {
    this.#progress.delete(imageId);
    this.#records.remove(imageId);
  }

  dispose(): void {
    this.#records.dispose();
  }
}

function isUnderWay({ state }: Image): boolean {
  return state === 'pending' || state === 'transient';
}
