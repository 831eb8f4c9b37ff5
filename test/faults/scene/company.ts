// The company of the fault tests, small and known: its past, which is already replicated, and what
// happened between then and now. Personal values that no log may show are planted in it.

import { type HandmadeCompany, handmadeCompany } from '../../../src/demo/company/handmade.ts';

/** When the past was replicated, and when the runs under test happen; epoch ms. */
export const pastTime: number = Date.UTC(2026, 2, 2, 8);
export const presentTime: number = pastTime + 6 * 3_600_000;

/** Values of people that must never leave the tables of the warehouse. */
export const personalValues = {
  mobile: '+8613900canary1',
  ssid: 'canary-wifi-of-the-office',
  comment: 'canary-comment-that-nobody-may-log',
  cell: 'canary-cell-of-a-record',
} as const;

const minute = 60_000;
const hour = 60 * minute;

/** So many rows of a batch are staged by COPY; fewer are given with the statement that merges them. */
const many = 300;

/** The company as it was at `pastTime`. */
export function companyOfThePast(): HandmadeCompany {
  const company = handmadeCompany();
  foundPeople(company);
  foundApprovals(company);
  foundBases(company);
  return company;
}

function foundPeople(company: HandmadeCompany): void {
  const departments = [company.addDepartment(), company.addDepartment(), company.addDepartment()];
  const [first = '', second = ''] = departments.map((one) => one.open_department_id);
  for (let person = 0; person < 6; person += 1) {
    const ids = person % 3 === 0 ? [first, second] : [person % 2 === 0 ? first : second];
    const mobile = `${personalValues.mobile}${person}`;
    const user = company.addUser({ department_ids: ids, mobile });
    // The last one will have left, and never punched.
    for (let punch = 0; punch < 4 && person < 5; punch += 1) {
      const ssid = `${personalValues.ssid}${punch}`;
      company.addPunch(user, pastTime - (1 + punch) * hour, { is_wifi: true, ssid });
    }
  }
}

function foundApprovals(company: HandmadeCompany): void {
  for (let count = 0; count < 2; count += 1) {
    const definition = company.addDefinition();
    for (let age = 1; age <= 8; age += 1) {
      const at = pastTime - age * 2 * hour;
      const instance = company.addInstance(definition, at);
      company.comment(instance, `${personalValues.comment} ${age}`, at + minute);
      if (age % 2 === 0) company.advance(instance, 'approve', at + 30 * minute);
    }
  }
}

function foundBases(company: HandmadeCompany): void {
  for (const sizes of [[600, 30], [20]]) {
    const base = company.addBase();
    for (const size of sizes) {
      const table = company.addTable(base);
      for (let count = 0; count < size; count += 1) {
        const record = company.addRecord(table, pastTime - (size - count) * 1000);
        record.fields['标题'] = [{ type: 'text', text: `${personalValues.cell} ${count}` }];
      }
    }
  }
}

/** What happened up to `presentTime`: something new, changed and gone for every stream. */
export function moveToThePresent(company: HandmadeCompany): void {
  const { has } = company;
  const now = presentTime - hour;
  moveBases(company, now);
  for (const definition of has.definitions) {
    definition.approval_name += ' (new)';
    for (let count = 1; count <= 4; count += 1) {
      company.addInstance(definition, now - count * 10 * minute);
    }
  }
  for (const instance of has.instances.filter(({ status }) => status === 'PENDING').slice(0, 3)) {
    company.comment(instance, `${personalValues.comment} late`, now);
    company.advance(instance, 'reject', now);
  }
  has.users.pop();
  has.departments.pop();
  has.punches.splice(0, 2);
  const [user] = has.users;
  if (user === undefined) return;
  user.job_title = 'Lead';
  for (let count = 0; count < many; count += 1) company.addPunch(user, now - count * 1000);
}

function moveBases(company: HandmadeCompany, now: number): void {
  const { bases } = company.has;
  for (const [number, table] of bases.flatMap(({ tables }) => tables).entries()) {
    for (const record of table.records.slice(0, 5)) company.deleteRecord(table, record);
    const edited = number === 0 ? many : 7;
    for (const record of table.records.slice(5, 5 + edited)) {
      company.editRecord(table, record, { 数量: 1000 + number }, now);
    }
    for (let count = 0; count < 6; count += 1) company.addRecord(table, now + count);
  }
  bases[0]?.tables[1]?.fields.pop();
}
