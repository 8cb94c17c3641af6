import type { CatalogPort } from '../catalog/port.ts';
import { Emitter } from '../core/emitter.ts';
import type { Image } from '../core/image.ts';
import type { ImageRef } from '../core/imageRef.ts';
import type { Connection } from '../ec2/port.ts';
import { ImagesById } from './imagesById.ts';

/** A change of one image in EC2, as one connection knows it. */
export type ImageChange = { readonly connection: Connection; readonly ref: ImageRef } & (
  | {
      readonly kind: 'changed';
      /** The image as EC2 shows it since; undefined where EC2 has not been asked. */
      readonly image: Image | undefined;
    }
  | { readonly kind: 'gone' }
);

/** The images of each connection by id, since each account sees its own, and the changes of images in EC2. */
export class ConnectionImages {
  readonly #catalog: Pick<CatalogPort, 'byIds'>;
  readonly #byId = new WeakMap<Connection, ImagesById>();
  readonly #changes = new Emitter<ImageChange>();

  /** Fired after an action and by watches, for every surface that shows images. */
  readonly onDidChange = this.#changes.event;

  constructor(catalog: Pick<CatalogPort, 'byIds'>) {
    this.#catalog = catalog;
  }

  of(connection: Connection): ImagesById {
    const known = this.#byId.get(connection) ?? new ImagesById(connection.ec2, this.#catalog);
    this.#byId.set(connection, known);
    return known;
  }

  /** The image was made or changed, or may have been. What was known of it is forgotten. */
  changed(connection: Connection, { region, id }: ImageRef): void {
    const ref = { region, id };
    this.of(connection).invalidate(ref);
    this.#changes.fire({ kind: 'changed', connection, ref, image: undefined });
  }

  /** EC2 shows the image so now. */
  seen(connection: Connection, image: Image): void {
    const { region, id } = image;
    this.of(connection).learn([image]);
    this.#changes.fire({ kind: 'changed', connection, ref: { region, id }, image });
  }

  /** EC2 has the image no longer. */
  gone(connection: Connection, { region, id }: ImageRef): void {
    const ref = { region, id };
    this.of(connection).invalidate(ref);
    this.#changes.fire({ kind: 'gone', connection, ref });
  }

  /** Whatever was answered on the connection counts no longer. */
  clear(connection: Connection): void {
    this.#byId.delete(connection);
  }
}
