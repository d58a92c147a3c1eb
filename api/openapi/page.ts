/** The document as a page for people, rendered here: it works without script, without the internet, and under a strict policy. */
import { anchorOf, schemaHtml, type Schema } from './schema-html.ts';
import { escaped, proseHtml } from './html.ts';
import type { Document } from './document.ts';

/** Its style is a file of its own, so that nothing inline is needed. */
export const PAGE_POLICY =
  "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

interface Media {
  readonly schema?: Schema;
  readonly example?: unknown;
}

interface Response {
  readonly description: string;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly content?: Readonly<Record<string, Media>>;
}

interface Operation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description?: string;
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly schema: Schema;
  }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> };
  readonly responses: Readonly<Record<string, Response>>;
}

/** @param document links in it are relative: it is the same page at `/docs` and as a file */
export function pageOf(document: Document): string {
  const { info, tags = [], paths = {}, webhooks = {}, components = {} } = document;
  const operations = Object.entries({ ...paths, ...webhooks }).flatMap(([path, methods]) =>
    Object.entries(methods as Record<string, Operation>).map(([method, operation]) => ({
      ...{ path, method, operation },
    })),
  );
  const sections = tags.map(({ name, description = '' }) => {
    const own = operations.filter(({ operation }) => operation.tags.includes(name));
    return {
      name,
      links: own.map(({ path, method, operation }) => {
        const route = `<b>${method.toUpperCase()}</b> ${escaped(path)}`;
        return `<li><a href="#${operation.operationId}">${route}</a></li>`;
      }),
      html: `<h2>${escaped(name)}</h2>${proseHtml(description)}${own.map(operationHtml).join('')}`,
    };
  });
  const schemas = Object.entries((components.schemas ?? {}) as Record<string, Schema>);
  const headers = Object.entries(
    (components.headers ?? {}) as Record<string, { readonly description: string }>,
  );
  return (
    '<!doctype html><html lang="en"><head><meta charset="utf-8">' +
    '<meta name="viewport" content="width=device-width">' +
    `<title>${escaped(info.title)} ${escaped(info.version)}</title>` +
    '<link rel="stylesheet" href="docs/style.css"><link rel="icon" href="docs/icon.svg"></head><body>' +
    `<nav>${sections.map(({ name, links }) => `<h2>${escaped(name)}</h2><ul>${links.join('')}</ul>`).join('')}` +
    '<ul><li><a href="#headers">Headers</a></li><li><a href="#shapes">Shapes</a></li></ul></nav>' +
    `<main><h1>${escaped(info.title)} ${escaped(info.version)}</h1>` +
    `${proseHtml(info.description ?? '')}<p><a href="openapi.json">openapi.json</a></p>` +
    sections.map(({ html }) => html).join('') +
    `<h2 id="headers">Headers</h2><table>${headers.map(([name, { description }]) => row(`<code>${escaped(name)}</code>`, proseHtml(description))).join('')}</table>` +
    `<h2 id="shapes">Shapes</h2>${schemas.map(([name, schema]) => `<section id="${anchorOf(name)}"><h3>${escaped(name)}</h3>${schemaHtml(schema)}</section>`).join('')}` +
    '</main></body></html>\n'
  );
}

function operationHtml({
  path,
  method,
  operation,
}: {
  readonly path: string;
  readonly method: string;
  readonly operation: Operation;
}): string {
  const { operationId, summary, description, parameters = [], requestBody, responses } = operation;
  const scope = operation.security?.[0]?.['key']?.[0];
  const body = requestBody?.content['application/json'];
  return (
    `<section id="${operationId}"><h3><b>${method.toUpperCase()}</b> ${escaped(path)}</h3>` +
    `<p>${proseHtml(summary, '')}${scope === undefined ? '' : ` <small>scope ${escaped(scope)}</small>`}</p>` +
    (description === undefined ? '' : proseHtml(description)) +
    (parameters.length === 0
      ? ''
      : `<h4>Parameters</h4><table>${parameters.map(parameterHtml).join('')}</table>`) +
    (body ? `<h4>Body</h4>${mediaHtml(body)}` : '') +
    `<h4>Answers</h4><table>${Object.entries(responses).map(responseHtml).join('')}</table></section>`
  );
}

function parameterHtml({
  name,
  in: where,
  required,
  schema,
}: NonNullable<Operation['parameters']>[number]): string {
  const need = required ? ' <small>required</small>' : '';
  return row(`<code>${escaped(name)}</code><br><small>${where}</small>${need}`, schemaHtml(schema));
}

function responseHtml([status, { description, headers = {}, content = {} }]: readonly [
  string,
  Response,
]): string {
  const names = Object.keys(headers).map((name) => `<a href="#headers">${escaped(name)}</a>`);
  const bodies = Object.entries(content).map(
    ([type, media]) => `<p><small>${escaped(type)}</small></p>${mediaHtml(media)}`,
  );
  return row(
    `<code>${status}</code>`,
    proseHtml(description) +
      (names.length === 0 ? '' : `<p><small>headers ${names.join(', ')}</small></p>`) +
      bodies.join(''),
  );
}

function mediaHtml({ schema, example }: Media): string {
  const shown =
    example === undefined
      ? ''
      : `<details><summary>example</summary><pre>${escaped(JSON.stringify(example, undefined, 2))}</pre></details>`;
  return (schema ? schemaHtml(schema) : '') + shown;
}

function row(first: string, second: string): string {
  return `<tr><td>${first}</td><td>${second}</td></tr>`;
}
