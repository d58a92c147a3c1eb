/** What business code is told is verified by what others have written, in another language: Standard Webhooks' library for Go. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { executable } from '../../../local/stack/executable.ts';
import { run } from '../../../local/stack/tool.ts';
import { eventually } from '../../support/eventually.ts';
import { paying } from '../../support/play.ts';
import { useStack } from '../../support/stage.ts';
import { createSender, NotTakenError } from '../../../webhooks/sender.ts';

const SOURCES = fileURLToPath(new URL('in-go', import.meta.url));
const [NEW, KNOWN, OTHER] = [1, 2, 3].map(
  (byte) => `whsec_${Buffer.alloc(32, byte).toString('base64')}`,
) as [string, string, string];

/** It knows one of the secrets. */
async function startInGo(path: string) {
  const child = spawn(path, { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(KNOWN);
  const lines: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
  const port = await eventually('its port', async () => lines.shift());
  return {
    url: `http://127.0.0.1:${port}/`,
    lines,
    async stop() {
      child.kill();
      await once(child, 'close');
    },
  };
}

const skip = (await executable('go')) === undefined ? 'no Go here' : false;

describe('business code in Go', { skip }, () => {
  const stage = useStack({ events: [] });
  let folder: string;
  let receiver: Awaited<ReturnType<typeof startInGo>>;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'payscore-go-'));
    const path = join(folder, 'receiver');
    await run({ command: 'go', args: ['build', '-trimpath', '-o', path, '.'], cwd: SOURCES });
    receiver = await startInGo(path);
  });
  after(async () => {
    await receiver.stop();
    await rm(folder, { recursive: true });
  });

  it('verifies what the worker sends, while the secret is being changed as well', async () => {
    await stage.startWorker({ receiver: { url: receiver.url, secrets: [NEW, KNOWN] } });
    const { out_order_no } = await paying(stage.stack);
    await stage.stack.people.pay(out_order_no);
    const line = await eventually('the event', async () => receiver.lines.at(0));
    const { id, ...event } = JSON.parse(line) as { readonly id: string };
    assert.deepEqual(event, { type: 'service_order.paid', data: { out_order_no } });
    assert.match(id, new RegExp(`^${out_order_no}:[0-9a-f-]{36}:1$`));
  });

  it('takes nothing that is signed with another secret', async () => {
    const taken = receiver.lines.length;
    const sender = createSender({ url: receiver.url, secrets: [OTHER] });
    const sent = sender.send({ id: 'E1', body: '{"type":"service_order.paid","data":{}}' });
    await assert.rejects(sent, (error: unknown) => {
      assert.ok(error instanceof NotTakenError);
      assert.match(error.message, /answered 401/);
      return true;
    });
    await sender.close();
    assert.equal(receiver.lines.length, taken);
  });
});
