/** `/openapi.json` and `/docs`: for whoever reads them, and nobody else's to change. */
import assert from 'node:assert/strict';
import type { Server } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { apiDocument } from '../../../api/openapi/document.ts';
import { listening } from '../../support/api-alone.ts';

describe('the document of an API that asks for keys', () => {
  let url: string;
  let server: Server;
  before(async () => ({ url, server } = await listening()));
  after(() => server.close());

  it('is read without one, as JSON', async () => {
    const answer = await fetch(`${url}/openapi.json`);
    assert.equal(answer.status, 200);
    assert.match(answer.headers.get('content-type') ?? '', /^application\/json/);
    assert.deepEqual(await answer.json(), JSON.parse(JSON.stringify(apiDocument())));
    assert.equal((await fetch(`${url}/v1/service-orders`)).status, 401);
  });

  it('is a page without script, whose policy lets nothing in from elsewhere, and nothing inline', async () => {
    const answer = await fetch(`${url}/docs`);
    assert.equal(answer.status, 200);
    const policy = answer.headers.get('content-security-policy') ?? '';
    assert.match(policy, /^default-src 'none'; style-src 'self'; img-src 'self'; /);
    assert.doesNotMatch(policy, /unsafe|data:|https?:/);
    const html = await answer.text();
    assert.doesNotMatch(html, /<script|<style| style=| on\w+=|src="/);
    for (const [, target = ''] of html.matchAll(/<link [^>]*href="([^"]+)"/g)) {
      assert.equal((await fetch(new URL(target, `${url}/docs`))).status, 200, target);
    }
  });

  it('has on its page every route and every shape, each where links lead', async () => {
    const html = await (await fetch(`${url}/docs`)).text();
    for (const [path, methods] of Object.entries(apiDocument().paths ?? {})) {
      assert.ok(html.includes(path), path);
      for (const { operationId } of Object.values(methods as Record<string, any>))
        assert.ok(html.includes(`<section id="${operationId}">`), operationId);
    }
    const ids = new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
    const anchors = [...html.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    assert.deepEqual(
      anchors.filter((id) => !ids.has(id)),
      [],
    );
  });

  it('is nowhere else', async () => {
    for (const path of ['/docs/', '/docs/other', '/openapi.json/x'])
      assert.equal((await fetch(url + path)).status, 404, path);
  });
});
