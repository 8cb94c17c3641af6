import type { CatalogPort } from '../catalog/port.ts';
import type { Connection } from '../ec2/port.ts';
import { ImagesById } from './imagesById.ts';

/** What is known of images by id, connection by connection: what one account was told is not another's. */
export class ConnectionImages {
  readonly #catalog: Pick<CatalogPort, 'byIds'>;
  readonly #byId = new WeakMap<Connection, ImagesById>();

  constructor(catalog: Pick<CatalogPort, 'byIds'>) {
    this.#catalog = catalog;
  }

  of(connection: Connection): ImagesById {
    const known = this.#byId.get(connection) ?? new ImagesById(connection.ec2, this.#catalog);
    this.#byId.set(connection, known);
    return known;
  }

  /** Whatever was answered on the connection counts no longer. */
  forget(connection: Connection): void {
    this.#byId.delete(connection);
  }
}
