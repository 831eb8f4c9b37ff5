/** The well-known names of the simulated tenant: what `config/demo.yaml` and tests point at. */

/** App id of the demo's custom app. */
export const DEMO_APP_ID = 'cli_demo5e0f1a2b3c4d';
/** Its secret. It opens nothing but the simulated tenant. */
export const DEMO_APP_SECRET = 'demo-secret-of-the-simulated-tenant';
/** Tenant key of the demo company, for store apps. */
export const DEMO_TENANT_KEY = '2f1e0d3c4b5a6978';
/** Ticket that a store app of the demo must present. */
export const DEMO_APP_TICKET = 'demo-app-ticket';
/** End of the webhook address of the demo's custom bot, and the secret that its messages are signed with. */
export const DEMO_BOT_TOKEN = '3c9d2f10-demo-bot-of-the-simulated-tenant';
export const DEMO_BOT_SECRET = 'demo-secret-of-the-bot';

/** Approval codes of the three definitions. */
export const EXPENSE_CODE = '5D0C7A1E-3B92-4F60-8E47-1A9C2B6D0E11';
export const LEAVE_CODE = '8A41F2D3-6C05-4B7E-9D18-2E7F3C5A0B22';
export const PURCHASE_CODE = 'C37B9E50-1F48-4D26-A0B5-3D8E4F6C1A33';

/** App token of the Base that is addressed directly. */
export const SALES_BASE = 'bascDemoSales00000000000001';
/** Wiki node that hosts the second Base. */
export const ROADMAP_NODE = 'wikcDemoRoadmap000000000002';
/** App token behind that node. */
export const ROADMAP_BASE = 'bascDemoRoadmap000000000002';

/** Table ids of the two Bases. */
export const ORDERS_TABLE = 'tblDemoOrders001';
export const CUSTOMERS_TABLE = 'tblDemoCustom002';
export const PRODUCTS_TABLE = 'tblDemoProduc003';
export const EVERYTHING_TABLE = 'tblDemoEveryt004';
export const ROADMAP_TABLE = 'tblDemoRoadmp005';
