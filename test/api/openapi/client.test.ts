/** A client that is made of the document: it compiles, and plays an order. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { ROOT } from '../../../local/stack/settings.ts';
import { clientTypes } from '../../support/client-types.ts';
import { newNumber, newOpenid } from '../../support/orders.ts';
import { useStack } from '../../support/stage.ts';

const PROGRAM = 'order-life.ts';
const TSCONFIG = {
  extends: join(ROOT, 'tsconfig.json'),
  compilerOptions: { lib: ['es2023', 'dom'], types: [], skipLibCheck: false },
  include: ['*.ts'],
};

interface Program {
  playOrder(life: object): Promise<string[]>;
}

describe('a client that openapi-typescript makes of the document', () => {
  const stage = useStack();
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'payscore-client-'));
    await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    await copyFile(join(ROOT, 'test/fixtures/client', PROGRAM), join(folder, PROGRAM));
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(TSCONFIG));
    await writeFile(join(folder, 'api.d.ts'), await clientTypes());
  });
  after(() => rm(folder, { recursive: true }));

  it('compiles, and lets nothing through that the document does not', async () => {
    const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
    const { stdout } = await promisify(execFile)(process.execPath, [tsc, '-p', folder]).catch(
      (error: { stdout: string }) => error,
    );
    assert.equal(stdout, '');
  });

  it('plays one order through its life', async () => {
    const { url: baseUrl, people } = stage.stack;
    const program = await import(pathToFileURL(join(folder, PROGRAM)).href);
    const { playOrder } = program as Program;
    const [out_order_no, openid] = [newNumber(), newOpenid()];
    await people.authorise(openid);
    const pay = () => people.pay(out_order_no);
    const seen = await playOrder({ baseUrl, key: 'none', out_order_no, openid, pay, wait });
    assert.deepEqual(seen, [
      ...['201 in_service', '400 /total_amount', 'replayed true', 'paid 500'],
      ...['refund 200', 'refunds 1', '404 There is no such order'],
    ]);
  });
});
