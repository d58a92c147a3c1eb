/** The API's document: complete, and true of itself. What the API answers is held to it wherever a test has a stack. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { apiDocument } from '../../../api/openapi/document.ts';
import { apiAlone } from '../../support/api-alone.ts';

const document = JSON.parse(JSON.stringify(apiDocument()));

/** Of Temporal's web UI, which has its own protocol; files of the page. */
const NOT_FOR_CLIENTS = /^\/(codec|docs)\//;

describe('the document', () => {
  it('has every route of the API, and none that it does not have', () => {
    const documented = Object.entries(document.paths as Record<string, object>).flatMap(
      ([path, methods]) => Object.keys(methods).map((method) => `${method} ${path}`),
    );
    assert.deepEqual(routesOf(apiAlone()).toSorted(), documented.toSorted());
  });

  it('says of every field what it is', () => {
    const mute: string[] = [];
    walk(document, '', (schema, at) => {
      for (const [name, field] of Object.entries<any>(schema.properties ?? {})) {
        const named = field.$ref?.split('/').at(-1);
        const told = named ? document.components.schemas[named] : field;
        if (told.description === undefined && told.const === undefined) mute.push(`${at}/${name}`);
      }
    });
    assert.deepEqual(mute, []);
  });

  it('says of every amount that it is fen, and of every time of ours that it is Beijing’s', () => {
    const faults: string[] = [];
    walk(document, '', (schema, at) => {
      for (const [name, field] of Object.entries<any>(schema.properties ?? {})) {
        const isMoney = /(^|_)(amount|owed|fees|income|coupons|refunded)$/.test(name);
        if (isMoney && field.type === 'integer' && !/fen/.test(field.description))
          faults.push(`${at}/${name}`);
        const isTime = field.format === 'date-time' && at.includes('components');
        if (isTime && !/Beijing/.test(field.description)) faults.push(`${at}/${name}`);
      }
    });
    assert.deepEqual(faults, []);
  });

  it('has examples that are as it says', () => {
    const ajv = new Ajv2020({ strict: false, formats: { 'date-time': true } });
    ajv.addSchema(document, 'api');
    let seen = 0;
    const hold = (pointer: string, example: unknown) => {
      if (example === undefined) return;
      seen += 1;
      const isValid = ajv.compile({ $ref: `api#${pointer}` });
      assert.ok(isValid(example), `${pointer} ${JSON.stringify(isValid.errors)}`);
    };
    for (const [path, methods] of Object.entries<any>(document.paths)) {
      for (const [method, operation] of Object.entries<any>(methods)) {
        const at = `/paths/${pointed(path)}/${method}`;
        for (const [type, media] of Object.entries<any>(operation.requestBody?.content ?? {}))
          hold(`${at}/requestBody/content/${pointed(type)}/schema`, media.example);
        for (const [status, { content = {} }] of Object.entries<any>(operation.responses))
          for (const [type, media] of Object.entries<any>(content))
            hold(`${at}/responses/${status}/content/${pointed(type)}/schema`, media.example);
      }
    }
    for (const [name, schema] of Object.entries<any>(document.components.schemas))
      hold(`/components/schemas/${name}`, schema.example);
    assert.ok(seen > 40, String(seen));
  });

  it('has Accept-Language wherever something is told to people, and says of every problem that it has a language', () => {
    for (const [path, methods] of Object.entries<any>(document.paths)) {
      for (const { parameters = [], responses } of Object.values<any>(methods)) {
        const asked = parameters.some(({ name }: any) => name === 'Accept-Language');
        assert.equal(asked, /^\/(v1\/|healthz$|readyz$)/.test(path), path);
        for (const [status, { headers = {}, content = {} }] of Object.entries<any>(responses)) {
          if (!('application/problem+json' in content)) continue;
          assert.ok('Content-Language' in headers && 'Vary' in headers, `${path} ${status}`);
        }
      }
    }
  });

  it('asks for a key of one scope below /v1, and for none elsewhere', () => {
    const scopes = new Set<string>();
    for (const [path, methods] of Object.entries<any>(document.paths)) {
      for (const { security } of Object.values<any>(methods)) {
        const [asked] = security;
        assert.equal(asked !== undefined, path.startsWith('/v1/'), path);
        if (asked) scopes.add(asked.key.join());
      }
    }
    assert.deepEqual([...scopes].toSorted(), ['orders', 'read', 'refunds']);
  });
});

function pointed(part: string): string {
  return encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));
}

function walk(value: unknown, at: string, visit: (schema: any, at: string) => void): void {
  if (typeof value !== 'object' || value === null) return;
  visit(value, at);
  for (const [name, part] of Object.entries(value)) {
    if (name !== 'example' && name !== 'default') walk(part, `${at}/${name}`, visit);
  }
}

interface Layer {
  readonly slash: boolean;
  readonly route?: { readonly path: string; readonly methods: Readonly<Record<string, boolean>> };
  readonly handle: { readonly stack?: readonly Layer[] };
  match(path: string): boolean;
}

/** As the document writes them: `get /v1/service-orders/{out_order_no}`. */
function routesOf({ router }: { readonly router: unknown }): string[] {
  const { stack } = router as { readonly stack: readonly Layer[] };
  return stack.flatMap((layer) => {
    // Express keeps no prefix, but knows what it matches.
    const prefix = layer.slash ? '' : layer.match('/codec/x') ? '/codec' : '/v1';
    return (layer.handle.stack ?? []).flatMap(({ route }) => {
      if (!route) return [];
      const path = prefix + route.path.replaceAll(/:(\w+)/g, '{$1}');
      const methods = Object.keys(route.methods).map((method) => `${method} ${path}`);
      return NOT_FOR_CLIENTS.test(path) ? [] : methods;
    });
  });
}
