/** What an update answers, or refuses with. */
import { ApplicationFailure } from '@temporalio/workflow';
import type { Book } from './book.ts';
import type { UpdateRefusal } from './contract.ts';
import type { Answer } from './waiting.ts';
import { viewOf, type OrderView } from '../payscore/view.ts';

export function answerOf(book: Book, answer: Answer): OrderView {
  switch (answer.kind) {
    case 'done':
    // Nobody reads the answer.
    case 'left':
      return viewOf(book.order);
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
