import type { CatalogPort } from '../catalog/port.ts';
import { Emitter } from '../core/emitter.ts';
import type { Image } from '../core/image.ts';
import type { ImageRef } from '../core/imageRef.ts';
import type { Connection } from '../ec2/port.ts';
import { ImagesById } from './imagesById.ts';

/** A change of one image in EC2, seen through one connection. */
export type ImageChange = { readonly connection: Connection; readonly ref: ImageRef } & (
  | {
      readonly kind: 'changed';
      /** The image after the change; undefined where EC2 has not been asked for it. */
      readonly image: Image | undefined;
    }
  | { readonly kind: 'gone' }
);

/** An `ImagesById` for each connection, since each account sees other images, and the event of their changes. */
export class ConnectionImages {
  readonly #catalog: Pick<CatalogPort, 'byIds'>;
  readonly #byId = new WeakMap<Connection, ImagesById>();
  readonly #changes = new Emitter<ImageChange>();
  readonly #cleared = new Emitter<Connection>();

  /** Fired after an action and by watches, for every surface that shows images. */
  readonly onDidChange = this.#changes.event;
  /** All of the connection's images have to be asked for again. */
  readonly onDidClear = this.#cleared.event;

  constructor(catalog: Pick<CatalogPort, 'byIds'>) {
    this.#catalog = catalog;
  }

  of(connection: Connection): ImagesById {
    const known = this.#byId.get(connection) ?? new ImagesById(connection.ec2, this.#catalog);
    this.#byId.set(connection, known);
    return known;
  }

  /** Call it after an action that made or changed the image, or may have. Drops the image's cached answers. */
  changed(connection: Connection, { region, id }: ImageRef): void {
    const ref = { region, id };
    this.of(connection).invalidate(ref);
    this.#changes.fire({ kind: 'changed', connection, ref, image: undefined });
  }

  /** Caches and fires what EC2 has just answered about the image. */
  seen(connection: Connection, image: Image): void {
    const { region, id } = image;
    this.of(connection).learn([image]);
    this.#changes.fire({ kind: 'changed', connection, ref: { region, id }, image });
  }

  /** EC2 no longer has the image. */
  gone(connection: Connection, { region, id }: ImageRef): void {
    const ref = { region, id };
    this.of(connection).gone(ref);
    this.#changes.fire({ kind: 'gone', connection, ref });
  }

  /** Drops all that is cached for the connection. */
  clear(connection: Connection): void {
    this.#byId.get(connection)?.clear();
    this.#cleared.fire(connection);
  }
}
