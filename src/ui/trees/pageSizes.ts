/** How many rows each node shows: one page, and one more for each Load More. */
export class PageSizes {
  readonly #pageSize: () => number;
  readonly #shown = new Map<string, number>();

  constructor(pageSize: () => number) {
    this.#pageSize = pageSize;
  }

  /** The items to show, and how many are not shown. */
  page<T>(
    node: { readonly id: string },
    items: readonly T[],
  ): { readonly items: readonly T[]; readonly hidden: number } {
    const shown = this.#shown.get(node.id) ?? this.#pageSize();
    return { items: items.slice(0, shown), hidden: Math.max(0, items.length - shown) };
  }

  addPage({ id }: { readonly id: string }): void {
    this.#shown.set(id, (this.#shown.get(id) ?? this.#pageSize()) + this.#pageSize());
  }

  clear(): void {
    this.#shown.clear();
  }
}
