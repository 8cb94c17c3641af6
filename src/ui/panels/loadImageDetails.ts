import { type AmiError, isCancelled } from '../../core/errors.ts';
import type { ImageRef } from '../../core/imageRef.ts';
import { type Publisher, publisherOf } from '../../core/publishers.ts';
import type { Connection, LaunchPermissions } from '../../ec2/port.ts';
import type { ConnectionImages } from '../../images/connectionImages.ts';
import { imageConsolePage } from '../../images/consolePages.ts';
import type { ImageDetailsModel, LaunchPermissionsResult } from '../../protocol/details.ts';

/** Answers that are not older (ms) are shown as they are. */
const recent = 60_000;

export interface LoadOptions {
  /** Whether EC2 is to be asked in any case. */
  readonly fresh: boolean;
}

export interface LoadDetailsDeps {
  readonly images: ConnectionImages;
  /** The open connection; rejects with the error that prevents it. */
  connection(): Promise<Connection>;
  /** The account behind the connection, where it is known. */
  account(): string | undefined;
  publishers(): readonly Publisher[];
  describeError(error: unknown): { readonly message: string };
  notFound(ref: ImageRef): AmiError;
}

/** The timeout (ms) for the question whose account this is. */
const identityTimeout = 3_000;

/**
 * Asks EC2 for an image and, where the account owns it, for who may launch it. Rejects with AmiError.
 *
 * @param arrived called with what is known as soon as the image is there: the rest may take long, or never come
 */
export async function loadImageDetails(
  deps: LoadDetailsDeps,
  { region, id }: ImageRef,
  signal: AbortSignal,
  arrived: (model: ImageDetailsModel) => void = () => {},
  { fresh }: LoadOptions = { fresh: true },
): Promise<ImageDetailsModel> {
  const connection = await deps.connection();
  const byId = deps.images.of(connection);
  const before = byId.cachedWithTime({ region, id });
  if (before?.value) {
    arrived(toModel(deps, connection, { image: before.value, asOf: before.since }, deps.account()));
  }
  const accountAnswer = accountOf(deps, connection, signal);
  const maxAge = fresh ? 0 : recent;
  const { value: image, since } = await byId.getWithTime({ region, id }, signal, { maxAge });
  if (!image) {
    throw deps.notFound({ region, id });
  }
  const newest = { image, asOf: since };
  arrived(toModel(deps, connection, newest, deps.account()));
  const model = toModel(deps, connection, newest, await accountAnswer);
  return model.launchPermissions.kind === 'loading'
    ? { ...model, launchPermissions: await launchPermissions(deps, byId.launchPermissions(image, signal, { maxAge })) }
    : model;
}

function toModel(
  deps: LoadDetailsDeps,
  connection: Connection,
  { image, asOf }: Pick<ImageDetailsModel, 'image' | 'asOf'>,
  account: string | undefined,
): ImageDetailsModel {
  const publisher = publisherOf(image, deps.publishers());
  const ownedByAccount = account === undefined ? undefined : image.ownerId === account;
  return {
    image,
    asOf,
    publisher: publisher && { name: publisher.name, verified: publisher.verified },
    ownedByAccount,
    launchPermissions: { kind: ownedByAccount === false ? 'not-owner' : 'loading' },
    consoleAvailable: imageConsolePage(connection, image) !== undefined,
  };
}

/**
 * A panel that is restored may ask before the session knows its account. An endpoint that cannot tell is no failure.
 */
async function accountOf(
  deps: LoadDetailsDeps,
  connection: Connection,
  signal: AbortSignal,
): Promise<string | undefined> {
  const known = deps.account();
  if (known !== undefined) return known;
  try {
    return (await connection.ec2.identity(AbortSignal.any([signal, AbortSignal.timeout(identityTimeout)]))).account;
  } catch {
    return undefined;
  }
}

/** A side question: that it fails (EC2 lets only those ask who may modify the image) does not hide the image. */
async function launchPermissions(
  deps: LoadDetailsDeps,
  answer: Promise<LaunchPermissions>,
): Promise<LaunchPermissionsResult> {
  try {
    return { kind: 'known', ...(await answer) };
  } catch (error) {
    if (isCancelled(error)) throw error;
    return { kind: 'failed', message: deps.describeError(error).message };
  }
}
