/** A lane of events, in the web UI's current details. Terms come as markdown. */
import type { Words } from '../en.ts';

export const events: Words['events'] = {
  onTheirWay: (waiting, delivered) =>
    `正在发往业务系统的事件：${waiting} 个等待中，保留最近送达的 ${delivered} 个。`,
  parked: (waiting, since) =>
    `第一个事件已三天无人接收，共 ${waiting} 个等待中。自 ${since} 起搁置。`,
  endedWith: (why) => `最后一次结果：${why}`,
  nothing: '无需处理。接收端的应答见 _Pending Activities_；未被接收的会自动重发，间隔逐渐变长。',
  mend: (id) =>
    `修复 \`EVENTS_URL\` 处的接收端，然后 \`POST /v1/events/${id}/resend\`，即从第一个开始重试。本通道的下一个事件也会触发重试。`,
  noReceiver: '该 Worker 没有设置 EVENTS_URL',
  waiting: '等待中，第一个正在发送',
  delivered: '最近送达',
  line: (sequence, type, at, id) => `${sequence}：${type}，${at}，${id}`,
  terminate: '_Terminate_ 会丢失等待中的事件：业务系统只能自行查询现状。',
};
