/** The demo company's departments: a fixed tree, and one project team that comes and goes. */
import { memo } from './memo.ts';
import type { Department } from './people.ts';
import { draw } from './random.ts';

/** key, Chinese and English name, key of the parent ('0' at the top), seats */
type Unit = readonly [string, string, string, string, number];

/** The tree, parents before children. */
export const UNITS: readonly Unit[] = [
  ['exec', '总裁办', 'Executive Office', '0', 5],
  ['rnd', '研发中心', 'Research & Development', '0', 4],
  ['plat', '平台部', 'Platform', 'rnd', 6],
  ['infra', '基础架构组', 'Infrastructure', 'plat', 10],
  ['sre', '稳定性小组', 'Reliability Squad', 'infra', 7],
  ['data', '数据平台组', 'Data Platform', 'plat', 10],
  ['prod', '产品部', 'Product', 'rnd', 8],
  ['design', '设计组', 'Design', 'prod', 9],
  ['apps', '应用部', 'Applications', 'rnd', 8],
  ['web', '网页组', 'Web', 'apps', 12],
  ['mobile', '移动组', 'Mobile', 'apps', 12],
  ['ai', '人工智能组', 'AI', 'apps', 10],
  ['nlp', '语言小组', 'Language Squad', 'ai', 6],
  ['sales', '销售中心', 'Sales', '0', 4],
  ['east', '华东区', 'East China', 'sales', 14],
  ['sh', '上海办事处', 'Shanghai Office', 'east', 14],
  ['hz', '杭州办事处', 'Hangzhou Office', 'east', 12],
  ['south', '华南区', 'South China', 'sales', 12],
  ['sz', '深圳办事处', 'Shenzhen Office', 'south', 12],
  ['intl', '国际部', 'International', 'sales', 10],
  ['sg', '新加坡办事处', 'Singapore Office', 'intl', 14],
  ['uk', '伦敦办事处', 'London Office', 'intl', 10],
  ['ops', '运营中心', 'Operations', '0', 5],
  ['care', '客服部', 'Customer Care', 'ops', 18],
  ['supply', '供应链部', 'Supply Chain', 'ops', 14],
  ['fin', '财务部', 'Finance', '0', 10],
  ['hr', '人力资源部', 'People & Culture', '0', 9],
];

const CYCLE = 60;
const ALIVE = 45;
const RENAMED = 90;

/** The project team of a day: it lives 45 of every 60 days, each time as a new department. */
export function teamOn(day: number): string | undefined {
  const cycle = Math.floor(day / CYCLE);
  return day - cycle * CYCLE < ALIVE ? `tiger${cycle}` : undefined;
}

/** open_department_id of a department key. */
export const openIdOf: (key: string) => string = memo((key) =>
  key === '0' ? '0' : `od-${draw('department', key).hex(32)}`,
);

/** Departments on a day, without the people in them. */
export function departmentsOn(day: number): readonly Department[] {
  const fixed = UNITS.map(([key, zh, en, parent], index) => {
    const renamed = key === 'ai' && Math.floor(day / RENAMED) % 2 === 1;
    const names = renamed ? { zh: '智能创新组', en: 'AI & Innovation' } : { zh, en };
    return department(key, names, parent, index);
  });
  const team = teamOn(day);
  if (!team) return fixed;
  const names = { zh: '猛虎项目组 🐯', en: `Tiger Team ${team.slice(5)}` };
  return [...fixed, department(team, names, 'rnd', UNITS.length)];
}

function department(
  key: string,
  { zh, en }: { zh: string; en: string },
  parent: string,
  index: number,
): Department {
  return {
    name: zh,
    i18n_name: { zh_cn: zh, en_us: en, ja_jp: en },
    parent_department_id: openIdOf(parent),
    department_id: key.startsWith('tiger') ? key : `D${String(index + 1).padStart(3, '0')}`,
    open_department_id: openIdOf(key),
    chat_id: `oc_${draw('chat', key).hex(32)}`,
    order: String((index + 1) * 100),
    unit_ids: [],
    group_chat_employee_types: [1],
    status: { is_deleted: false },
  };
}
