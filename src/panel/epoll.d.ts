/** What Modcall uses of the package epoll, which has no types of its own. */
declare module 'epoll' {
  class Epoll {
    static readonly EPOLLIN: number;
    constructor(callback: (error: Error | null, descriptor: number, events: number) => void);
    add(descriptor: number, events: number): this;
    remove(descriptor: number): this;
  }
  const epoll: { readonly Epoll: typeof Epoll };
  export default epoll;
}
