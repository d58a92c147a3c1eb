/** What the page says when it cannot do what was asked: in words for people, under an HTTP status. */

export class PageError extends Error {
  override readonly name = 'PageError';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}
