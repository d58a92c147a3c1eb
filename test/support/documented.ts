/** Holds what the API answers to its own document: a route, a status, a header or a field that is not documented is a fault. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ValidateFunction } from 'ajv';
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { apiDocument } from '../../api/openapi/document.ts';

export interface Exchange {
  readonly method: string;
  /** Without its query. */
  readonly path: string;
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: string;
}

/** Headers that say something of ours. */
const OURS = [
  ...['location', 'retry-after', 'idempotency-replayed', 'content-disposition'],
  ...['content-language', 'vary'],
];
/** Those that an answer has always, where the document says so. */
const ALWAYS = ['content-language', 'vary'];
/** For Temporal's web UI, and for the page: no business code asks for them. */
const ELSEWHERE = /^\/(codec|docs\/(style\.css|icon\.svg)$)/;

const document = JSON.parse(JSON.stringify(apiDocument()));
const ajv = new Ajv2020({ strict: false, allErrors: true, formats: { 'date-time': true } });
ajv.addSchema(document, 'api');

const routes = Object.keys(document.paths)
  // What is spelled out comes before what a parameter stands for.
  .toSorted((a, b) => (a.match(/\{/g) ?? []).length - (b.match(/\{/g) ?? []).length)
  .map((path) => ({
    path,
    pattern: new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}/?$`, 'i'),
  }));

/** @returns what is wrong, in a line for each fault */
export function faultsOf(exchange: Exchange): string[] {
  const { method, path, status, headers, body } = exchange;
  // OPTIONS is answered by Express: which methods there are.
  if (ELSEWHERE.test(path) || method === 'OPTIONS') return [];
  const at = `${method} ${path} → ${status}`;
  const route = routes.find(({ pattern }) => pattern.test(path));
  const verb = (method === 'HEAD' ? 'GET' : method).toLowerCase();
  const operation = route && document.paths[route.path][verb];
  if (!operation) {
    const isUnknown = validatorOf(['components', 'schemas', 'Problem.no-such-route']);
    const isOfDoor = path.startsWith('/v1/') && [401, 403, 413, 415, 400].includes(status);
    if (isOfDoor || method === 'HEAD') return [];
    return isJson(body) && isUnknown(JSON.parse(body))
      ? []
      : [`${at}: no such route is documented`];
  }
  const response = operation.responses[status];
  if (!response) return [`${at}: the status is not documented: ${body.slice(0, 300)}`];
  const told = Object.keys(response.headers ?? {}).map((name) => name.toLowerCase());
  const surplus = OURS.filter((name) => headers[name] !== undefined && !told.includes(name));
  const missing = ALWAYS.filter((name) => told.includes(name) && headers[name] === undefined);
  const faults = [
    ...surplus.map((name) => `${at}: the header ${name} is not documented`),
    ...missing.map((name) => `${at}: the header ${name} is missing`),
  ];
  if (method === 'HEAD') return faults;
  const [type = ''] = String(headers['content-type'] ?? '').split(';');
  if (!response.content)
    return body === '' ? faults : [...faults, `${at}: a body is not documented`];
  if (!response.content[type]) return [...faults, `${at}: ${type} is not documented`];
  if (!type.endsWith('json')) return faults;
  const where = ['paths', route.path, verb, 'responses', String(status), 'content', type, 'schema'];
  const isAsSaid = validatorOf(where);
  if (isAsSaid(JSON.parse(body))) return faults;
  const why = (isAsSaid.errors ?? []).slice(0, 8).map(({ instancePath, message, params }) => {
    return `${instancePath || '/'} ${message} ${JSON.stringify(params)}`;
  });
  return [...faults, `${at}: ${why.join('; ')}: ${body.slice(0, 1_000)}`];
}

const validators = new Map<string, ValidateFunction>();

function validatorOf(path: readonly string[]): ValidateFunction {
  const pointer = path
    .map((part) => part.replaceAll('~', '~0').replaceAll('/', '~1'))
    .map(encodeURIComponent)
    .join('/');
  const known = validators.get(pointer);
  if (known) return known;
  const made = ajv.compile({ $ref: `api#/${pointer}` });
  validators.set(pointer, made);
  return made;
}

/** @returns what is wrong with an event that was sent */
export function eventFaultsOf(body: unknown): string[] {
  const where = ['webhooks', 'EVENTS_URL', 'post', 'requestBody', 'content', 'application/json'];
  const isAsSaid = validatorOf([...where, 'schema']);
  if (isAsSaid(body)) return [];
  return (isAsSaid.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

function isJson(body: string): boolean {
  try {
    JSON.parse(body);
    return true;
  } catch {
    return false;
  }
}

/** To be put before the app: calls back with what is wrong with an answer, as soon as it has ended. */
export function heldToDocument(onFault: (fault: string) => void) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    const chunks: Buffer[] = [];
    // In its absolute form the target names the host as well.
    const [, path = ''] = /^(?:[a-z][\w+.-]*:\/\/[^/?#]*)?([^?]*)/i.exec(request.url ?? '') ?? [];
    const keep = (chunk: unknown) => {
      if (typeof chunk === 'string' || chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk));
    };
    const { write, end } = response;
    response.write = (...args: any[]) => {
      keep(args[0]);
      return Reflect.apply(write, response, args) as boolean;
    };
    response.end = (...args: any[]) => {
      keep(args[0]);
      return Reflect.apply(end, response, args) as typeof response;
    };
    response.once('finish', () => {
      const { statusCode: status } = response;
      const body = Buffer.concat(chunks).toString();
      const headers = response.getHeaders();
      faultsOf({ method: request.method ?? '', path, status, headers, body }).forEach(onFault);
    });
  };
}
