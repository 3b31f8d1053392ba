interface Order {
  readonly kind: string;
}

/** An executor for each kind of order: a missing one does not compile. */
export type Executors<Orders extends Order> = {
  readonly [Kind in Orders['kind']]: (order: Extract<Orders, { readonly kind: Kind }>) => void;
};

export function execute<Orders extends Order>(executors: Executors<Orders>, order: Orders): void {
  // The compiler cannot see that the executor found by the kind takes this kind of order.
  const executor = executors[order.kind as Orders['kind']] as (order: Orders) => void;
  executor(order);
}
