/** What an update answers, or refuses with. */
import { ApplicationFailure } from '@temporalio/workflow';
import type { Book } from './book.ts';
import type { UpdateRefusal } from './contract.ts';
import type { Answer } from './waiting.ts';
import { viewOf, type OrderView } from '../payscore/view.ts';

export function answerOf(book: Book, answer: Answer): OrderView {
  switch (answer.kind) {
    case 'done':
      return viewOf(book.order);
    case 'left':
      // Whoever asks again under the key is given Temporal's record of this: it must not say that anything was done.
      throw refusal('Expired', 'its caller had stopped waiting');
    case 'not_allowed':
      throw refusal('NotAllowed', answer.rule);
    case 'refused': {
      const { code, message } = answer.refusal;
      throw refusal('Refused', `WeChat Pay refused: ${code} ${message}`, answer.refusal);
    }
    case 'moved':
      throw refusal('Moved', 'the order goes on in a new run; send the same again');
  }
}

export function refusal(
  type: UpdateRefusal,
  message: string,
  detail?: unknown,
): ApplicationFailure {
  return ApplicationFailure.create({
    type,
    message,
    nonRetryable: true,
    ...(detail !== undefined && { details: [detail] }),
  });
}
