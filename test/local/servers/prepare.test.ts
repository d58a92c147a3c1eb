import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nextLine, script, setEnvironment, temporaryFolder } from '../support.ts';

const PREPARE = '../../local/servers/prepare.ts';
const CLOSED = 'http://127.0.0.1:1';

test('both servers are named, one line each', async (t) => {
  const prepare = script(t, PREPARE);

  assert.match(await nextLine(prepare), /^Temporal: .+/);
  assert.match(await nextLine(prepare), /^Time-skipping server: .+/);
  assert.equal(await prepare.code, 0);
});

test('where none can be had it ends with 1 and says what to do, without a stack trace', async (t) => {
  const empty = await temporaryFolder(t);
  setEnvironment(t, {
    ...{ PATH: empty, PAYSCORE_CACHE: empty, TEMPORAL_ADDRESS: '' },
    ...{ HTTPS_PROXY: CLOSED, https_proxy: CLOSED, NO_PROXY: '', no_proxy: '' },
  });
  const prepare = script(t, PREPARE);

  assert.equal(await prepare.code, 1);
  const said = await prepare.said;
  assert.match(said, /no `go` here/);
  assert.match(said, /Install the Temporal CLI or Go 1\.26, or set TEMPORAL_ADDRESS/);
  assert.doesNotMatch(said, /^\s+at /m);
});
