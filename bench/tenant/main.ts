// The tenant as a process of its own: `plan` makes it listen and gives its address.

import { answerParent } from '../stand/child.ts';
import { BenchCompany } from './company.ts';
import type { Question } from './plan.ts';
import { BenchServer } from './serve.ts';

let company: BenchCompany | undefined;
let server: BenchServer | undefined;

answerParent(async (question: Question) => {
  if ('plan' in question) {
    company = await BenchCompany.open(question.plan);
    server = new BenchServer(company, question.plan);
    return server.listen();
  }
  if ('move' in question) {
    const { appToken, tableId, changed } = question.move;
    company?.move(`${appToken}/${tableId}`, changed);
  }
  if ('submit' in question)
    company?.submit(question.submit.approvalCode, question.submit.instances);
  return 'usage' in question ? server?.usage() : null;
});
