import { workerData } from 'node:worker_threads';
import { answerRequests } from '#kernel/threads';
import { examinePlace } from './examine.ts';
import type { ExaminationPlace, ExaminationRequest } from './protocol.ts';

const examining = examinePlace(workerData as ExaminationPlace);

answerRequests<ExaminationRequest>((request) => {
  switch (request.do) {
    case 'judge':
      return examining.judge();
    case 'open':
      return examining.open(request);
    case 'next':
      return examining.next();
    case 'inside':
      return examining.inside(request.path);
  }
});
