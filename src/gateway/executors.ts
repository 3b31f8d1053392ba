interface Order {
  readonly kind: string;
}

/** For each kind of order the one who carries it out: a kind without one does not compile. */
export type Executors<Orders extends Order> = {
  readonly [Kind in Orders['kind']]: (order: Extract<Orders, { readonly kind: Kind }>) => void;
};

export function execute<Orders extends Order>(executors: Executors<Orders>, order: Orders): void {
  // The key says which kind it is, which the compiler cannot follow.
  const executor = executors[order.kind as Orders['kind']] as (order: Orders) => void;
  executor(order);
}
