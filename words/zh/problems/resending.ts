/** Why an event is not sent again. */
import type { Words } from '../../en.ts';

export const resending: Words['problems']['resending'] = {
  notAnId: '路径中的 id 不是事件的 id：它来自请求头 webhook-id。',
  heldSince: (since) => `同一对象的事件，保留的是 ${since} 以来的；每次投递后保留最近 20 个。`,
  noneHeld: (since) => `同一对象已没有保留的事件：${since} 之前送达的不再保留。`,
};
