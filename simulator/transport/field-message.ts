/** What a PARAM_ERROR says of a bad field in its message: where it was found, and by which rule it fails. */
import type * as z from 'zod';
import type { FaultyField } from './refusal-error.ts';

export type Spoken = Pick<FaultyField, 'message' | 'measured'>;

const SOURCES = { body: 'body', query: 'query', url: 'path' } as const;

/** The sentences are WeChat Pay's; in place of its Chinese name of a field stands the field's own. */
export function spokenOf(
  issue: z.core.$ZodIssue | undefined,
  sent: unknown,
  field: string,
  location: FaultyField['location'],
): Spoken {
  const place = `/${SOURCES[location]}${location === 'body' ? field : `/${field}`}`;
  const name = place.split('/').at(-1) ?? '';
  const failed = (kind: string, rule: string) => `输入源“${place}”映射到${kind}“${name}”${rule}`;

  if (sent === undefined) {
    return { message: failed('字段', '必填性规则校验失败，此字段为必填项') };
  }
  if (issue?.code === 'invalid_type') {
    const needed = `此字段需要一个 ${issue.expected} 类型的 Json 值`;
    return { message: `无法将 JSON 输入源“${place}”映射到目标字段“${name}”中，${needed}` };
  }
  if (issue?.code === 'invalid_format') {
    const pattern = 'pattern' in issue ? `，字符串必须匹配正则表达式“${issue.pattern}”` : '';
    return { message: failed('值字段', `字符串规则校验失败${pattern}`) };
  }
  const limit = limitOf(issue);
  if (limit === undefined) return { message: failed('字段', '规则校验失败') };
  const { length } = Object(sent);
  if (typeof length !== 'number') {
    return { message: failed('数值字段', `规则校验失败，值${limit}`), measured: Number(sent) };
  }
  const [kind, unit] = typeof sent === 'string' ? ['值字段', '字符数'] : ['数组字段', '元素个数'];
  const rule = typeof sent === 'string' ? '字符串规则校验失败' : '规则校验失败';
  return { message: failed(kind, `${rule}，${unit} ${length}，${limit}`), measured: length };
}

function limitOf(issue: z.core.$ZodIssue | undefined): string | undefined {
  if (issue?.code === 'too_big') return `大于最大值 ${issue.maximum}`;
  if (issue?.code === 'too_small') return `小于最小值 ${issue.minimum}`;
  return undefined;
}
