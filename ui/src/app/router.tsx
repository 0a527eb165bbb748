import {
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  redirect,
} from "@tanstack/react-router";
import { ChannelsPage } from "../features/alerts/channels/ChannelsPage";
import { InboxPage } from "../features/alerts/InboxPage";
import { LogPage } from "../features/alerts/LogPage";
import { RulesPage as AlertRulesPage } from "../features/alerts/RulesPage";
import { inboxSearch, logSearch } from "../features/alerts/search";
import { BudgetPage } from "../features/budgets/BudgetPage";
import { BudgetsPage } from "../features/budgets/BudgetsPage";
import { budgetSearch, budgetsSearch } from "../features/budgets/search";
import { BuyersPage } from "../features/buyers/BuyersPage";
import { ChargesPage } from "../features/charges/ChargesPage";
import { chargesSearch } from "../features/charges/search";
import { CostsPage } from "../features/costs/CostsPage";
import { costsSearch } from "../features/costs/search";
import { DataPage } from "../features/data/DataPage";
import { PeriodPage } from "../features/data/PeriodPage";
import { periodSearch } from "../features/data/search";
import { AccountPage } from "../features/invoices/AccountPage";
import { ComparisonPage } from "../features/invoices/ComparisonPage";
import { InvoicePage } from "../features/invoices/InvoicePage";
import { InvoicesPage } from "../features/invoices/InvoicesPage";
import { accountSearch, comparisonSearch, invoiceSearch, invoicesSearch } from "../features/invoices/search";
import { OverviewPage } from "../features/overview/OverviewPage";
import { PeoplePage } from "../features/people/PeoplePage";
import { StatementPage } from "../features/people/StatementPage";
import { peopleSearch } from "../features/people/search";
import { BookPage } from "../features/pricebooks/BookPage";
import { BooksPage } from "../features/pricebooks/BooksPage";
import { bookSearch, booksSearch } from "../features/pricebooks/search";
import { QuarantinePage } from "../features/quarantine/QuarantinePage";
import { ReconciliationPage } from "../features/reconciliation/ReconciliationPage";
import { ResourcesPage } from "../features/resources/ResourcesPage";
import { RulesPage } from "../features/resources/RulesPage";
import { resourcesSearch } from "../features/resources/search";
import { SchedulesPage } from "../features/schedules/SchedulesPage";
import { ClientsPage } from "../features/settings/ClientsPage";
import { WorkspacePage } from "../features/settings/WorkspacePage";
import { SharingPage } from "../features/sharing/SharingPage";
import { sharingSearch } from "../features/sharing/search";
import { RatesPage } from "../features/taxes/RatesPage";
import { TaxesPage } from "../features/taxes/TaxesPage";
import { teamsSearch } from "../features/teams/search";
import { TeamsPage } from "../features/teams/TeamsPage";
import { tenantSearch, tenantsSearch } from "../features/tenants/search";
import { TenantPage } from "../features/tenants/TenantPage";
import { TenantsPage } from "../features/tenants/TenantsPage";
import { monthSearch, viewSearch } from "../shared/search";
import { Broken, Nowhere } from "./Boundary";
import { Shell } from "./Shell";

const root = createRootRoute({ component: Shell, notFoundComponent: Nowhere });
const at = <Path extends string>(path: Path) => ({ getParentRoute: () => root, path }) as const;

const routes = [
  createRoute({ ...at("/"), component: OverviewPage, validateSearch: viewSearch }),
  createRoute({ ...at("/costs"), component: CostsPage, validateSearch: costsSearch }),
  createRoute({ ...at("/charges"), component: ChargesPage, validateSearch: chargesSearch }),
  createRoute({ ...at("/budgets"), component: BudgetsPage, validateSearch: budgetsSearch }),
  createRoute({ ...at("/budgets/$id"), component: BudgetPage, validateSearch: budgetSearch }),
  createRoute({ ...at("/alerts"), component: InboxPage, validateSearch: inboxSearch }),
  createRoute({ ...at("/alerts/rules"), component: AlertRulesPage }),
  createRoute({ ...at("/alerts/channels"), component: ChannelsPage }),
  createRoute({ ...at("/alerts/log"), component: LogPage, validateSearch: logSearch }),
  // Where a popup leads to.
  createRoute({
    ...at("/alerts/$id"),
    beforeLoad: ({ params }) => {
      throw redirect({ to: "/alerts", search: { state: "all", alert: Number(params.id) } });
    },
  }),
  createRoute({ ...at("/people"), component: PeoplePage, validateSearch: peopleSearch }),
  createRoute({ ...at("/people/$id"), component: StatementPage, validateSearch: viewSearch }),
  createRoute({ ...at("/teams"), component: TeamsPage, validateSearch: teamsSearch }),
  createRoute({ ...at("/tenants"), component: TenantsPage, validateSearch: tenantsSearch }),
  createRoute({ ...at("/tenants/$id"), component: TenantPage, validateSearch: tenantSearch }),
  createRoute({ ...at("/resources"), component: ResourcesPage, validateSearch: resourcesSearch }),
  createRoute({ ...at("/rules"), component: RulesPage }),
  createRoute({ ...at("/sharing"), component: SharingPage, validateSearch: sharingSearch }),
  createRoute({ ...at("/invoices"), component: InvoicesPage, validateSearch: invoicesSearch }),
  createRoute({ ...at("/invoices/comparison"), component: ComparisonPage, validateSearch: comparisonSearch }),
  createRoute({ ...at("/invoices/account"), component: AccountPage, validateSearch: accountSearch }),
  createRoute({ ...at("/invoices/$id"), component: InvoicePage, validateSearch: invoiceSearch }),
  createRoute({ ...at("/price-books"), component: BooksPage, validateSearch: booksSearch }),
  createRoute({ ...at("/price-books/$id"), component: BookPage, validateSearch: bookSearch }),
  createRoute({ ...at("/data"), component: DataPage }),
  createRoute({ ...at("/data/period"), component: PeriodPage, validateSearch: periodSearch }),
  createRoute({ ...at("/reconciliation"), component: ReconciliationPage, validateSearch: monthSearch }),
  createRoute({ ...at("/quarantine"), component: QuarantinePage }),
  createRoute({
    ...at("/settings"),
    beforeLoad: () => {
      throw redirect({ to: "/settings/workspace" });
    },
  }),
  createRoute({ ...at("/settings/clients"), component: ClientsPage }),
  createRoute({ ...at("/settings/workspace"), component: WorkspacePage }),
  createRoute({ ...at("/settings/buyers"), component: BuyersPage }),
  createRoute({ ...at("/settings/taxes"), component: TaxesPage }),
  createRoute({ ...at("/settings/rates"), component: RatesPage }),
  createRoute({ ...at("/settings/schedules"), component: SchedulesPage }),
] as const;

export const router = createRouter({
  routeTree: root.addChildren(routes),
  // The window and a static server know one file; what is behind the hash stays here.
  history: createHashHistory(),
  defaultErrorComponent: Broken,
  defaultPreload: false,
  scrollRestoration: false,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
