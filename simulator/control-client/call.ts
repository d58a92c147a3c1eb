/** One call of /_control: JSON there and back, and a refusal as an error. */

export class ControlRefusal extends Error {
  override readonly name = 'ControlRefusal';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export type Call = <T>(method: string, path: string, body?: object) => Promise<T>;

export function createCall(baseUrl: string): Call {
  return async (method, path, body) => {
    const answer = await fetch(new URL(`/_control${path}`, baseUrl), {
      method,
      // A connection that has been idle for 5 s is closed, perhaps just when the next call is on its way.
      headers: { 'Content-Type': 'application/json', Connection: 'close' },
      body: body === undefined ? null : JSON.stringify(body),
    });
    const told = JSON.parse(await answer.text());
    if (!answer.ok) throw new ControlRefusal(answer.status, told.error ?? '');
    return told;
  };
}

/** A piece of a path. */
export const at = encodeURIComponent;
