/** The phone before an API that answers as it is told: what the user reads of that. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { createControl } from '../../simulator/control.ts';
import type { Simulator } from '../../simulator/create.ts';
import { createPhoneUsers } from '../../simulator/page/phone/users.ts';
import { startTestSimulator } from '../support/simulator.ts';
import { ask } from './asked.ts';

describe('what the phone says of our API’s answers', () => {
  const answers = { status: 200, text: '{}' };
  const asked: { path: string; language: string | undefined }[] = [];
  const server = createServer(({ url = '', headers, socket }, response) => {
    asked.push({ path: url, language: headers['accept-language'] });
    if (answers.status === 0) socket.destroy();
    else response.writeHead(answers.status).end(answers.text);
  });
  let simulator: Simulator;
  let user: string;

  before(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    simulator = await startTestSimulator({ merchantSide: { api: `http://127.0.0.1:${port}` } });
    await createControl(simulator.url).placeElsewhere('P1');
    const { text } = await ask(simulator.url, { path: '/desk?lang=en' });
    user = /\/phone\/u\/(\w+)\/wechat\/P1/.exec(text)?.[1] ?? assert.fail();
  });
  after(async () => {
    await simulator?.stop();
    server.close();
  });

  async function press(path: string, status: number, body: object | string = {}) {
    Object.assign(answers, {
      status,
      text: typeof body === 'string' ? body : JSON.stringify(body),
    });
    const headers = { accept: 'application/json' };
    const { text } = await ask(simulator.url, { method: 'POST', path, headers });
    return JSON.parse(text) as { said?: string; isFault?: boolean; to?: string };
  }
  const cancel = () => `/phone/u/${user}/orders/P1/cancel`;

  it('only a known outcome is called one', async () => {
    assert.equal((await press(cancel(), 200)).said, '已取消订单。');
    const { said, isFault } = await press(cancel(), 202);
    assert.deepEqual([said, isFault], ['已受理，结果稍后更新。', undefined]);
    const back = await press(`/phone/u/${user}/orders/P1/give-back`, 202);
    assert.equal(back.said, '已受理，结果稍后更新。');
  });

  it('it is asked in Chinese, and what it says is told on', async () => {
    asked.length = 0;
    const { said } = await press(cancel(), 409, { detail: '订单已完结' });
    assert.equal(said, '商户没有办成：409 订单已完结');
    assert.equal(asked.find(({ path }) => path.endsWith('/cancel'))?.language, 'zh-CN');
  });

  it('who is not our API does nothing', async () => {
    const { said = '', isFault } = await press(cancel(), 200, '<p>hello</p>');
    assert.equal(isFault, true);
    assert.match(said, /不是我们 API 的格式/);
  });

  it('a rental is in the list though nobody knows what came of it, and not where it was refused', async () => {
    const rentals = async () => {
      const { text } = await ask(simulator.url, { path: `/phone/u/${user}` });
      return [...text.matchAll(/class="number">(R\w+)</g)].length;
    };
    await press(`/phone/u/${user}/rent`, 422, { title: '拒绝' });
    assert.equal(await rentals(), 0);
    await press(`/phone/u/${user}/rent`, 500);
    assert.equal(await rentals(), 1);
  });

  it('the desk shows with which status our API answers', async () => {
    Object.assign(answers, { status: 404, text: '{"detail":"none"}' });
    const path = '/desk/orders/P1/api?lang=en';
    assert.match((await ask(simulator.url, { path })).text, /class="notice">404 none</);
    answers.status = 0;
    assert.match((await ask(simulator.url, { path })).text, /nobody answers/);
  });
});

it('of very many users those are forgotten whom nobody has looked at for longest', () => {
  const users = createPhoneUsers();
  const [used, unused] = [users.create(), users.create()];
  for (let i = 0; i < 600; i++) {
    users.create();
    assert.ok(users.find(used.id));
  }
  assert.equal(users.find(unused.id), undefined);
  assert.notEqual(users.latest(1)[0]?.id, used.id, 'the newest is not who was looked at last');
});
