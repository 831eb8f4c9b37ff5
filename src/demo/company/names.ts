/** Words of the demo company, in Chinese and English. */
import type { Draw } from './random.ts';

const SURNAMES =
  '王Wang 李Li 张Zhang 刘Liu 陈Chen 杨Yang 赵Zhao 黄Huang 周Zhou 吴Wu 徐Xu 孙Sun 胡Hu 朱Zhu 高Gao 林Lin 何He 郭Guo 马Ma 罗Luo 梁Liang 宋Song 郑Zheng 谢Xie 韩Han 唐Tang 冯Feng 于Yu 董Dong 萧Xiao';
const GIVEN =
  '伟Wei 芳Fang 娜Na 敏Min 静Jing 丽Li 强Qiang 磊Lei 军Jun 洋Yang 勇Yong 艳Yan 杰Jie 娟Juan 涛Tao 明Ming 超Chao 霞Xia 平Ping 刚Gang 梓涵Zihan 浩然Haoran 欣怡Xinyi 子轩Zixuan 诗琪Shiqi 宇航Yuhang 雨桐Yutong 思远Siyuan 𠮷祥Jixiang 若曦Ruoxi';
const WESTERN =
  'Amelia Osei|Björn Åkesson|Chloé Lefèvre|Diego Peña|Eoin O’Brien|Fatima Al-Sayed|Grace Tan|Hiro Saitō|Ivana Kovačević|Jonas Müller|Kavya Iyer|Liam Carter|Mei-Ling Ong|Noor Rahman|Oluwaseun Ade|Priya Nair';

/** Job titles. */
export const TITLES: readonly string[] = [
  '工程师 Engineer',
  '高级工程师 Senior Engineer',
  '产品经理 Product Manager',
  '客户经理 Account Manager',
  '分析师 Analyst',
  '设计师 Designer',
  '专员 Specialist',
  '主管 Lead',
];

/** Cities with their countries. */
export const CITIES: readonly (readonly [string, string])[] = [
  ['上海', 'CN'],
  ['杭州', 'CN'],
  ['深圳', 'CN'],
  ['北京', 'CN'],
  ['Singapore', 'SG'],
  ['London', 'GB'],
];

/** Free text as people write it: both languages, quotes, tabs, newlines, emoji, backslashes. */
export const REMARKS: readonly string[] = [
  '同意',
  'Looks good to me 👍',
  '请补充发票，谢谢！\nPlease attach the invoice.',
  '金额\t核对无误',
  'He said "approved" — 他说“可以”',
  "it's fine; DROP TABLE remarks; --",
  '路径 C:\\finance\\2026\\报销',
  '家庭 emoji 👨‍👩‍👧‍👦 与旗帜 🇨🇳🇸🇬',
  'naïve café, Ångström, ①②③',
  '  leading and trailing spaces  ',
  '换行\r\n之后 & <b>标签</b>',
  '生僻字：𠮷、𡃁、㐂',
];

/** Things that are bought, sold or expensed. */
export const GOODS: readonly string[] = [
  '笔记本电脑 Laptop',
  '显示器 27" Monitor',
  '机票 Flight SHA→SIN',
  '酒店 Hotel',
  '云服务器 Cloud server',
  '办公椅 Chair',
  '打印纸 A4 paper',
  '客户晚餐 Dinner',
  '培训 Training',
  '软件许可 License',
];

/** Customers. */
export const FIRMS: readonly string[] = [
  '晨曦科技',
  '北辰物流',
  '蓝海制药',
  'Harbour & Sons',
  'Müller GmbH',
  '云杉教育',
  '长风能源',
  'Straits Foods',
  '青禾农业',
  'Aurora Retail',
];

/** A full name in both scripts. */
export interface FullName {
  readonly name: string;
  readonly english: string;
}

/** A person's name: mostly Chinese with its romanisation, now and then another. */
export function fullName(draw: Draw): FullName {
  if (draw.chance(0.12)) {
    const name = draw.pick(WESTERN.split('|'));
    return { name, english: name };
  }
  const [surname, family] = scripts(draw.pick(SURNAMES.split(' ')));
  const [given, first] = scripts(draw.pick(GIVEN.split(' ')));
  return { name: surname + given, english: `${first} ${family}` };
}

function scripts(pair: string): readonly [string, string] {
  const latin = pair.search(/[A-Z]/);
  return [pair.slice(0, latin), pair.slice(latin)];
}
