// Generated from docs/openapi.json by `npm run generate`. Not edited by hand.

export interface paths {
    "/api/v1/alerts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The inbox: what somebody was told. */
        get: operations["alerts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/alerts/{id}/ack": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Notes that an alert is seen to. */
        post: operations["acknowledge_alert"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/alerts/{id}/reopen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes an answer back: the alert is open again. */
        post: operations["reopen_alert"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/alerts/{id}/snooze": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Puts an alert off: it comes back then, unless it is cleared by itself. */
        post: operations["snooze_alert"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/anomalies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is unusual in what was charged for usage, as it is known now. */
        get: operations["anomalies"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/anomalies/{id}/feedback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Says of something unusual whether it was to be expected. */
        post: operations["judge_anomaly"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/backup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A backup of the whole workspace in one file, verified by restoring it. */
        get: operations["backup"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/budgets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Budgets and how they stand. */
        get: operations["budgets"];
        put?: never;
        /** Sets a new budget. What is reached already is told at once. */
        post: operations["add_budget"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/budgets/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A budget through time: its periods and what was told of it. */
        get: operations["budget"];
        /** Changes a budget as a whole. Thresholds that stay keep what was told under them. */
        put: operations["change_budget"];
        post?: never;
        /** Archives a budget: it is kept with all that was told of it, and can be brought back. */
        delete: operations["archive_budget"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/budgets/{id}/mute": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Lets a budget's alerts go to the inbox only for a while. */
        post: operations["mute_budget"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/budgets/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Brings an archived budget back. */
        post: operations["restore_budget"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/budgets/aws": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes over the budgets that a connection's account has at AWS. */
        post: operations["import_aws_budgets"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/budgets/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Evaluates what is due now, and renews forecasts. */
        post: operations["check_budgets"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/budgets/suggestion": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A limit suggested from what was spent before. */
        get: operations["suggestion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/buyers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is billed, and how. */
        get: operations["buyers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/buyers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How one is billed: `person:NAME`, `team:NAME` or `client:NAME`, or its id. */
        get: operations["buyer"];
        /** Says how one is billed from the next draft on. */
        put: operations["put_buyer"];
        post?: never;
        /** Forgets how one is billed: by name alone from the next draft on. */
        delete: operations["delete_buyer"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/channels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All channels. */
        get: operations["channels"];
        put?: never;
        /** Adds a channel. Nothing is sent on it until it is tested or an alert is raised. */
        post: operations["add_channel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/channels/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Changes a channel. What waits on it is tried at once, and so is what failed on it since yesterday. */
        put: operations["change_channel"];
        post?: never;
        /** Removes a channel and forgets its secret; what was sent stays in the log. */
        delete: operations["delete_channel"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/channels/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sends what an alert looks like on this channel alone, for real, and answers how that went. */
        post: operations["test_channel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/charges": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The charges behind a figure. */
        get: operations["charges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/clients": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All clients and their connections. */
        get: operations["clients"];
        put?: never;
        /** Adds a client. */
        post: operations["add_client"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/clients/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Deletes a client without bills. */
        delete: operations["delete_client"];
        options?: never;
        head?: never;
        /** Changes a client. */
        patch: operations["change_client"];
        trace?: never;
    };
    "/api/v1/clients/{id}/connections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Connects a client's billing account. */
        post: operations["add_connection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/connections/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Forgets a connection; what it loaded stays. */
        delete: operations["delete_connection"];
        options?: never;
        head?: never;
        /** Changes a connection's name or the cap on its paid requests. */
        patch: operations["change_connection"];
        trace?: never;
    };
    "/api/v1/connections/{id}/athena": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** When and where a connection's export is rolled up. */
        get: operations["athena"];
        /** Sets it. What a roll-up costs at the most is said before it runs; the workgroup cuts it off there. */
        put: operations["set_athena"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/connections/{id}/exports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Makes a daily FOCUS 1.2 export at AWS and has the connection load it. */
        post: operations["create_export"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/connections/{id}/source": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Makes a connection load an export, or ask Cost Explorer again. */
        put: operations["choose_source"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/connections/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Tries a connection and says in plain words what is missing. */
        post: operations["test_connection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/costs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was spent, by whom or on what. */
        get: operations["costs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What became of each notice, the latest first. */
        get: operations["deliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deliveries/send": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sends what is due now. The window and `tally serve` do so by themselves; this is for a machine on which
         *     neither runs.
         */
        post: operations["send_deliveries"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Server-sent events: `job` carries a Job whenever it changes; those under way come first, so
         *     that a reader who lost the line misses nothing.
         */
        get: operations["events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exchange-rates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Exchange rates, those that people entered before those of files. */
        get: operations["exchange_rates"];
        put?: never;
        /** Enters a rate. */
        post: operations["add_exchange_rate"];
        /** Forgets a rate; what was converted by it stays as it is. */
        delete: operations["delete_exchange_rate"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exchange-rates/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Imports the file in the body: the European Central Bank's reference rates as CSV or XML. */
        post: operations["import_exchange_rates"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/focus": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The counted charges as a FOCUS 1.2 file, with who owns each in columns of our own. */
        get: operations["export_focus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/tables": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which tables can be had as a file. */
        get: operations["list_tables"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/tables/account": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a recipient was asked for, was credited and paid, as a file. */
        get: operations["export_account"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/tables/alerts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What somebody was told, as a file. */
        get: operations["export_alerts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/tables/anomalies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is unusual, as a file. */
        get: operations["export_anomalies"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/tables/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The audit trail as a file, the newest line first. */
        get: operations["export_audit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/tables/budget-months": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A budget through time, as a file. */
        get: operations["export_budget_months"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/tables/budgets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Budgets and how they stand, as a file. */
        get: operations["export_budgets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/tables/buyers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whom invoices are made out to, as a file. */
        get: operations["export_buyers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/tables/charges": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The charges themselves as a file, however many there are. */
        get: operations["export_charges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/tables/clients": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All clients, as a file. */
        get: operations["export_clients"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/tables/costs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was spent, by whom or on what, as a file. */
        get: operations["export_costs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/tables/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What became of each notice, as a file. */
        get: operations["export_deliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/tables/differences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What became different from one version of a billing period to another, as a file. */
        get: operations["export_differences"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/tables/exchange-rates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What sources said of currencies, the latest day first, as a file. */
        get: operations["export_exchange_rates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/tables/forecast": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the months to come will cost, as a file. */
        get: operations["export_forecast"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/tables/invoice-comparison": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A month beside the one before it, as a file. */
        get: operations["export_invoice_comparison"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/tables/invoice-lines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The lines of an invoice, as a file. */
        get: operations["export_invoice_lines"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/tables/invoices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Invoices, drafts among them, as a file. */
        get: operations["export_invoices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/tables/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The newest long work, as a file. */
        get: operations["export_jobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/tables/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everybody, as a file. */
        get: operations["export_people"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/tables/periods": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The billing periods that are loaded, every version of each, as a file. */
        get: operations["export_periods"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/tables/price-books": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every entry of every price book, as it counts now, as a file. */
        get: operations["export_price_books"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/tables/quarantine": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Months that are kept from invoices, as a file. */
        get: operations["export_quarantine"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/tables/receipts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The receipts of a transfer, as a file. */
        get: operations["export_receipts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/tables/reconciliation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A month beside what AWS says of it, as last asked, as a file. */
        get: operations["export_reconciliation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/tables/resources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The resources of a month and what they cost, as a file. */
        get: operations["export_resources"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/tables/restatements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What changed of a month after it was billed, by line, as a file. */
        get: operations["export_restatements"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/tables/rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who owns what: the rules in their order, as a file. */
        get: operations["export_rules"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/tables/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The newest runs of a schedule, as a file. */
        get: operations["export_runs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/tables/schedules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is done by itself and when, as a file. */
        get: operations["export_schedules"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/tables/shared-costs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What everybody has once shared cost is spread, as a file. */
        get: operations["export_shared_costs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/tables/sharing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How shared cost is spread, as a file. */
        get: operations["export_sharing"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/tables/statement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A person's month, by service and resource, as a file. */
        get: operations["export_statement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/tables/tax-rates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What tax is charged where and when, as a file. */
        get: operations["export_tax_rates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/tables/team-members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who belongs to which team and when, as a file. */
        get: operations["export_team_members"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/tables/teams": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All teams, as a file. */
        get: operations["export_teams"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/tables/tenant-activity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a tenant's users did, as a file. */
        get: operations["export_tenant_activity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/tables/tenant-usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a tenant used day by day, as a file. */
        get: operations["export_tenant_usage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/tables/tenant-users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who signs in by SFTP, with which keys, as a file. */
        get: operations["export_users_of_tenants"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/tables/tenants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The tenants and how each stands, as a file. */
        get: operations["export_tenants"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/tables/transfer-files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The files of a transfer and how each stands, as a file. */
        get: operations["export_transfer_files"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/tables/transfers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Transfers, the newest first, as a file. */
        get: operations["export_transfers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/forecast": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the rest of the running month and the next months cost. */
        get: operations["forecast"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the program answers; needs nobody signed in and says nothing about the workspace. */
        get: operations["health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Imports the file in the body: FOCUS 1.0-1.2 or Cost and Usage Report, CSV or Parquet. Window and
         *     command line name a file, a manifest or a folder instead. Imports that are asked for at once wait for one
         *     another, in that order.
         */
        post: operations["import"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invoices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Invoices, credit notes and drafts, without what stands on them. */
        get: operations["invoices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invoices/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An invoice or a credit note with all that lies with it. */
        get: operations["invoice"];
        /** Puts something on a draft by hand; drafting its month again keeps it. */
        put: operations["change_draft"];
        post?: never;
        /** Throws a draft away. */
        delete: operations["delete_draft"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invoices/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Finds a draft right. With two pairs of eyes, nobody approves what they had a hand in. */
        post: operations["approve_invoice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invoices/{id}/attachments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The files that lie with an invoice. */
        get: operations["attachments"];
        put?: never;
        /** Puts the file in the body with an invoice: at most 5 MiB. */
        post: operations["add_attachment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invoices/{id}/attachments/{n}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A file as it was attached. */
        get: operations["attachment"];
        put?: never;
        post?: never;
        /** Takes a file away from a draft. */
        delete: operations["remove_attachment"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invoices/{id}/credit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Drafts a credit note of an issued invoice, in place of one drafted before; it is issued as invoices are. */
        post: operations["credit_invoice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invoices/{id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The mails that an invoice went out with. */
        get: operations["invoice_deliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invoices/{id}/issue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Issues a draft: it takes the next number and never changes again. */
        post: operations["issue_invoice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invoices/{id}/message": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The mail that an invoice would go out with. */
        get: operations["invoice_message"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invoices/{id}/payments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Records a payment; no more than is left to pay. */
        post: operations["record_payment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invoices/{id}/payments/{n}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Takes out a payment that was recorded in error; it stays in the trail. */
        delete: operations["remove_payment"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invoices/{id}/pdf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An invoice on paper; a draft's says that it is one. */
        get: operations["invoice_pdf"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invoices/{id}/replace": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes back what is left of an invoice and drafts its month anew; answers the draft. */
        post: operations["replace_invoice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invoices/{id}/send": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sends an invoice or a credit note to who is billed. What the server cannot take now is tried again by itself. */
        post: operations["send_invoice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invoices/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes an approval back. */
        post: operations["withdraw_invoice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invoices/{id}/xml": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An issued invoice or credit note by EN 16931. What it lacks is named field by field. */
        get: operations["invoice_xml"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invoices/batches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Drafts a month for many, or approves, issues or sends many: each by itself, so that one that cannot be
         *     hinders no other. Begun again, it goes on with the rest.
         */
        post: operations["batch_invoices"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invoices/batches/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What became of each, once it has ended: also where it was stopped. */
        get: operations["invoice_batch"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invoices/comparison": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lays a month beside the one before it, recipient by recipient, and marks what is worth a look. */
        get: operations["compare_invoices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invoices/drafts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Drafts a month anew, for everybody who has costs or for one; approved drafts and issued invoices stay. */
        post: operations["draft_invoices"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invoices/mailing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How invoices go out. */
        get: operations["invoice_mailing"];
        /** Says how invoices go out from now on. */
        put: operations["set_invoice_mailing"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invoices/overdue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Invoices that were to be paid before a day and are not, the longest first. */
        get: operations["overdue"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invoices/restatements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who was billed a month that has changed since, and the credit notes that would give back what is too much. */
        get: operations["restatements"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invoices/statement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a recipient was asked for, was credited and paid, with a balance a currency; with `format=pdf` on paper. */
        get: operations["account"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invoices/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Whether numbers have no gap, totals and papers are what they were, and the same papers come out again. The
         *     job's result is an `InvoiceVerification`.
         */
        post: operations["verify_invoices"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Long work, the latest first. */
        get: operations["jobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A piece of long work. */
        get: operations["job"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Cancels it; what it did so far is undone. */
        post: operations["cancel_job"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A month at a glance. */
        get: operations["overview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everybody. */
        get: operations["people"];
        put?: never;
        /** Adds a person. */
        post: operations["add_person"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A person. */
        get: operations["person"];
        put?: never;
        post?: never;
        /** Deletes a person who owns nothing; others can be archived. */
        delete: operations["delete_person"];
        options?: never;
        head?: never;
        /** Changes a person. */
        patch: operations["change_person"];
        trace?: never;
    };
    "/api/v1/people/{id}/statement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A person's month by service and resource, against the month before. */
        get: operations["statement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/periods": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The loaded billing periods, every version. */
        get: operations["periods"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/periods/diff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What became different from one version of a billing period to another. */
        get: operations["diff"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/price-books": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The price books there are. */
        get: operations["price_books"];
        put?: never;
        /** Adds a price book. */
        post: operations["add_price_book"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/price-books/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A price book as it is now. */
        get: operations["price_book"];
        /** Changes a price book: what it says now is a new version, and what was billed stays. */
        put: operations["change_price_book"];
        post?: never;
        /** Removes a price book: it is nobody's any more. */
        delete: operations["remove_price_book"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/price-books/{id}/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A price book as a file. */
        get: operations["write_price_book"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/price-books/{id}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a month would be charged at by this book, beside what it is charged at now. Nothing is kept. */
        post: operations["preview_price_book"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/price-books/{id}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every version of a price book, also of one that was removed. */
        get: operations["price_book_versions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/price-books/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Sets a price book to what a file says; what is wrong with it is told by line and column. */
        put: operations["read_price_book"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/quarantine": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Months that are kept from invoices because their figures are too much to be true. */
        get: operations["quarantine"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/quarantine/{id}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Lets a month through. */
        post: operations["release"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reconciliation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A month's ledger, export, Cost Explorer total and invoices, and what lies between them, as
         *     they were last asked.
         */
        get: operations["reconciliation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reconciliations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Asks Cost Explorer and AWS's invoicing about a month, or says with `dry_run` what that would
         *     cost. The job's result is the reconciliation.
         */
        post: operations["reconcile_month"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/{report}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A report as a PDF: summary, costs-by-person, budgets or savings. */
        get: operations["report_pdf"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/resources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Resources, what they cost and who owns them. */
        get: operations["resources"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All ownership rules in order; the first match wins. */
        get: operations["rules"];
        put?: never;
        /** Adds a rule and allocates anew the days it holds. */
        post: operations["add_rule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rules/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Deletes a rule; what it owned goes to the next that matches. */
        delete: operations["delete_rule"];
        options?: never;
        head?: never;
        /** Changes a rule and allocates anew the days it held or holds. */
        patch: operations["change_rule"];
        trace?: never;
    };
    "/api/v1/rules/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Says what a rule would own; changes nothing. */
        post: operations["preview_rule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/schedules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is done by itself, and when. */
        get: operations["schedules"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/schedules/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Sets when one is done. What was planned before is not made up for. */
        put: operations["change_schedule"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/schedules/{id}/run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begins a run at once; it goes on by itself. */
        post: operations["run_schedule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/schedules/{id}/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The runs of one, the latest first. */
        get: operations["schedule_runs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is signed in, and to what. */
        get: operations["session"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Settings of the workspace. */
        get: operations["settings"];
        /** Changes them. */
        put: operations["change_settings"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/settings/letterhead": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How documents look. */
        get: operations["letterhead"];
        /** Changes it. What is issued or approved keeps its look; a draft gets the new one when it is drafted again. */
        put: operations["change_letterhead"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/settings/letterhead/logo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The logo. */
        get: operations["logo"];
        /** Sets the logo: the file in the body, a PNG or an SVG of at most 1 MiB. */
        put: operations["set_logo"];
        post?: never;
        /** Takes the logo away. */
        delete: operations["drop_logo"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sharing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How shared cost is spread. */
        get: operations["sharing_rules"];
        put?: never;
        /** Says how one pot is spread. */
        post: operations["add_sharing_rule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sharing/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Changes how one pot is spread. */
        put: operations["change_sharing_rule"];
        post?: never;
        /** Takes a sharing rule away: its pot is its owner's again. */
        delete: operations["delete_sharing_rule"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sharing/costs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What everybody has once pots are spread. */
        get: operations["shared_costs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sharing/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a rule would move, before it does. */
        post: operations["preview_sharing"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sources/discover": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Looks for cost exports. Asks AWS for nothing that is paid for. */
        post: operations["discover"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/syncs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Syncs every connection, or says with `dry_run` what that would cost. */
        post: operations["sync"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tax-rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which lines of an invoice are not taxed at the usual rate of the seller's country. */
        get: operations["tax_rules"];
        /** Sets these rules in place of those before; they count from the next draft on. */
        put: operations["put_tax_rules"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tax-tables": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tables of tax rates: the program's, and those that a person entered, which count instead. */
        get: operations["tax_tables"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tax-tables/{country}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The tax rates of one country. */
        get: operations["tax_table"];
        /** Enters the tax rates of one country; a gap or an overlap of days is refused by name. */
        put: operations["put_tax_table"];
        post?: never;
        /** Forgets the rates that a person entered: the program's count again. */
        delete: operations["reset_tax_table"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/teams": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All teams and who belongs to them. */
        get: operations["teams"];
        put?: never;
        /** Adds a team. */
        post: operations["add_team"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/teams/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Deletes a team that owns nothing; others can be archived. */
        delete: operations["delete_team"];
        options?: never;
        head?: never;
        /** Changes a team. */
        patch: operations["change_team"];
        trace?: never;
    };
    "/api/v1/teams/{id}/members/{person_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Says from which day to which a person belongs to a team. */
        put: operations["join_team"];
        post?: never;
        /** Takes a person out of a team, for all days. */
        delete: operations["leave_team"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tenants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The tenants by name, and how each stands. */
        get: operations["tenants"];
        put?: never;
        /**
         * Adds a tenant and begins to set it up; the job's result names its number. A step that fails is undone with
         *     all before it.
         */
        post: operations["add_tenant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tenants/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One tenant: where it lies, what was set up, how it stands. */
        get: operations["tenant"];
        /** Changes a tenant's name, client and age of keys. Where it lies cannot be changed. */
        put: operations["change_tenant"];
        post?: never;
        /** Begins to remove a tenant: its users and its role, and its files if that is asked for. */
        delete: operations["remove_tenant"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tenants/{id}/activity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a tenant's users did, from the server's log. */
        get: operations["tenant_activity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tenants/{id}/downloads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begins to fetch files from a tenant; what is interrupted goes on by itself. */
        post: operations["download"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tenants/{id}/drift": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What at AWS is not as it was set up. Nothing is changed. */
        get: operations["tenant_drift"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tenants/{id}/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is in a folder of a tenant, a thousand at once. */
        get: operations["tenant_files"];
        put?: never;
        post?: never;
        /** Takes a file, or a folder with all below it, away; where versions are kept, restoring brings it back. */
        delete: operations["remove_file"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tenants/{id}/files/content": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The beginning of a file, to be looked at; `x-total-bytes` says how many bytes there are. */
        get: operations["file_content"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tenants/{id}/files/copy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Copies a file. */
        post: operations["copy_file"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tenants/{id}/files/folder": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Makes a folder. */
        post: operations["make_folder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tenants/{id}/files/leftovers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What broken uploads left behind. */
        get: operations["tenant_leftovers"];
        put?: never;
        post?: never;
        /** Throws away what broken uploads left behind. */
        delete: operations["clean_leftovers"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tenants/{id}/files/rename": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Gives a file or a folder another name, or another folder. */
        post: operations["rename_file"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tenants/{id}/files/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Brings a version back, or what was removed last. */
        post: operations["restore_file"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tenants/{id}/files/share": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Makes a link to a file that works for a while. */
        post: operations["share_file"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tenants/{id}/files/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a file was before. */
        get: operations["file_versions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tenants/{id}/files/whole": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A whole file. An answer that breaks off is not a whole one. */
        get: operations["whole_file"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tenants/{id}/key-pair": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Makes a pair of ed25519 keys for somebody who has none. Neither half is kept: the public one is added with
         *     the user, the private one is its owner's alone.
         */
        post: operations["make_key_pair"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tenants/{id}/mend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sets right what at AWS is not as it was set up. */
        post: operations["mend_tenant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tenants/{id}/quota": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Sets how much a tenant may use. Where a limit that stops is reached already, writing is stopped at once;
         *     where it is no more, writing is allowed again.
         */
        put: operations["set_tenant_quota"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tenants/{id}/reactivate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Gives the users of a suspended tenant their keys back. */
        post: operations["reactivate_tenant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tenants/{id}/removal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What removing a tenant would take away. Nothing is changed. */
        get: operations["tenant_removal"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tenants/{id}/resume-setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Goes on where setting up or removing a tenant stopped. */
        post: operations["resume_setup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tenants/{id}/suspend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Lets nobody in: the users' keys are taken away at AWS and kept here. Files stay. */
        post: operations["suspend_tenant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tenants/{id}/uploads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begins to send files to a tenant; what is interrupted goes on by itself. */
        post: operations["upload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tenants/{id}/uploads/preflight": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What sending files to a tenant would meet: where they land, what is in the way, what will not go. Nothing is
         *     sent.
         */
        post: operations["upload_preflight"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tenants/{id}/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a tenant used on the days of a month that were measured. */
        get: operations["tenant_usage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tenants/{id}/usage/measure": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Measures what a tenant used since it was measured last, and holds it against its limits. */
        post: operations["measure_tenant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tenants/{id}/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A tenant's users by name. */
        get: operations["tenant_users"];
        put?: never;
        /** Adds a user. */
        post: operations["add_tenant_user"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tenants/{id}/users/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Changes all of a user but the name. */
        put: operations["change_tenant_user"];
        post?: never;
        /** Removes a user; their files stay. */
        delete: operations["remove_tenant_user"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tenants/{id}/users/{name}/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Adds a key to a user. */
        post: operations["add_tenant_key"];
        /** Takes a key away from a user. */
        delete: operations["remove_tenant_key"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tenants/{id}/users/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A tenant's users as the table that can be imported. */
        get: operations["export_tenant_users"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tenants/{id}/users/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Adds and changes users as a table says: name, role, expires, state, keys (one a line in the cell). Who is not
         *     in it stays. All rows are checked before anything is changed.
         */
        post: operations["import_tenant_users"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tenants/{id}/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Really tries to leave a tenant's place, with the rights of its role and of each of its users; the result is
         *     kept with its date.
         */
        post: operations["verify_tenant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/transfer-limits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How fast all transfers together may be. */
        get: operations["transfer_limits"];
        /** Sets how fast all transfers together may be, also those under way. */
        put: operations["set_transfer_limits"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/transfers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Transfers, the newest first. */
        get: operations["transfers"];
        put?: never;
        post?: never;
        /** Takes all transfers that have ended off the list. Their receipts stay, unless they are to be erased as well. */
        delete: operations["clear_ended_transfers"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/transfers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One transfer. */
        get: operations["transfer"];
        put?: never;
        post?: never;
        /** Takes a transfer that has ended off the list. Its receipts stay, unless they are to be erased as well. */
        delete: operations["clear_transfer"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/transfers/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends a transfer for good; nothing that is in parts is left behind. */
        post: operations["cancel_transfer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/transfers/{id}/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Files of a transfer, and how each stands. */
        get: operations["transfer_files"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/transfers/{id}/files/{file}/recheck": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Asks the store whether a file that arrived is still there as it was. Nothing is fetched. */
        post: operations["recheck_transfer_file"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/transfers/{id}/files/{file}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Tries one file again that did not arrive: it goes as it is now. */
        post: operations["retry_transfer_file"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/transfers/{id}/limit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sets how fast one transfer may be, also while it is under way. */
        post: operations["limit_transfer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/transfers/{id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Lets a transfer wait. */
        post: operations["pause_transfer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/transfers/{id}/priority": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sets whose turn it is where several transfers want the line. */
        post: operations["prioritise_transfer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/transfers/{id}/receipts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Receipts of what arrived, ten thousand at once. All of them as one file: /exports/tables/receipts. */
        get: operations["receipts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/transfers/{id}/recheck": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begins to ask the store about every file of a transfer that arrived; the job's result counts what is the
         *     same, superseded, different, gone or unknown, and names the first hundred that are not the same. Nothing is fetched.
         */
        post: operations["recheck_transfer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/transfers/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Lets a transfer go on. */
        post: operations["resume_transfer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/transfers/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Tries again what did not arrive: each file goes as it is now. */
        post: operations["retry_transfer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/transfers/{id}/settle": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Says what is done with files in whose way something else is. */
        post: operations["settle_transfer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/values/{dimension}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The values that a filter can take. */
        get: operations["values"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Checks the file, the sums, the audit trail and the invoices. */
        post: operations["verify"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/why": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Why a number is what it is: its sources, the rules that gave it away, its kinds of charges, and
         *     how it stands to the provider's own totals.
         */
        get: operations["why"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description How to sign in to AWS. No secret stands in it. */
        Access: {
            /** @enum {string} */
            kind: "environment";
        } | {
            /** @enum {string} */
            kind: "profile";
            /** @description Its name. */
            name: string;
        } | {
            /** @description What to assume it from. */
            base: components["schemas"]["Access"];
            /** @description The external id that the role asks for. */
            external_id: string | null;
            /** @enum {string} */
            kind: "assume_role";
            /** @description The role. */
            role_arn: string;
        };
        /** @description A sub account. */
        Account: {
            /** @description Its id as the bill writes it. */
            id: string;
            /** @description Its name, if the bill has one. */
            name: string | null;
        };
        /** @description A statement of account in one currency. */
        AccountResult: {
            /** @description What is owed after the last day. */
            closing: components["schemas"]["Amount"];
            /** @description The currency's code. */
            currency: string;
            /** @description What was owed before the first day. */
            opening: components["schemas"]["Amount"];
            /** @description What happened, in order. */
            rows: components["schemas"]["AccountRow"][];
        };
        /** @description Something that changed what is owed. */
        AccountRow: {
            /** @description What is owed then. */
            balance: components["schemas"]["Amount"];
            credit: components["schemas"]["Amount"] | null;
            /** @description The day. */
            day: components["schemas"]["Day"];
            debit: components["schemas"]["Amount"] | null;
            /**
             * Format: int64
             * @description The document, or the one that was paid.
             */
            id: number;
            /** @description invoice, `credit_note` or payment. */
            kind: string;
            /** @description Its number. */
            number: string;
            /** @description What the bank said of a payment. */
            text: string | null;
        };
        /** @description A statement of account. */
        AccountStatement: {
            /** @description Whose. */
            for: components["schemas"]["Recipient"];
            /** @description The first day. */
            from: components["schemas"]["Day"];
            /** @description One a currency. */
            results: components["schemas"]["AccountResult"][];
            /** @description The last day. */
            to: components["schemas"]["Day"];
        };
        /** @description Who has seen to an alert. */
        Acknowledged: {
            /** @description When. */
            at: components["schemas"]["Moment"];
            /** @description Who. */
            by: string;
        };
        /** @description What somebody was told. */
        Alert: {
            acknowledged: components["schemas"]["Acknowledged"] | null;
            amount: components["schemas"]["Amount"] | null;
            budget: components["schemas"]["NamedBudget"] | null;
            /** @description The currency's code, if it is about money. */
            currency: string | null;
            /** @description The first day it is about. */
            from: components["schemas"]["Day"];
            /**
             * Format: int64
             * @description Its number.
             */
            id: number;
            /** @description budget_actual, budget_forecast, anomaly, digest, tenant_key, tenant_user or tenant_quota. */
            kind: string;
            limit: components["schemas"]["Amount"] | null;
            /** @description Where in the window it leads. */
            place: string;
            /** @description When it was raised. */
            raised_at: components["schemas"]["Moment"];
            /** @description notice, warning or urgent. */
            severity: string;
            snoozed_until: components["schemas"]["Moment"] | null;
            /** @description open, acknowledged, snoozed or cleared. */
            state: string;
            /** @description A sentence or two. */
            text: string;
            threshold: components["schemas"]["BudgetThreshold"] | null;
            /**
             * Format: int32
             * @description How often it was.
             */
            times: number;
            /** @description One line. */
            title: string;
            /** @description The last day. */
            to: components["schemas"]["Day"];
        };
        /** @description Alerts. */
        Alerts: {
            /** @description The newest first. */
            alerts: components["schemas"]["Alert"][];
            /**
             * Format: int32
             * @description How many nobody has answered.
             */
            open: number;
        };
        /**
         * @description An exact decimal number as text, with at least two decimals and as many as it needs. Never a
         *     floating-point number.
         * @example 20.6203386184
         */
        Amount: string;
        /** @description What is unusual. */
        Anomalies: {
            /** @description The largest stake first. */
            anomalies: components["schemas"]["Anomaly"][];
        };
        /** @description Something unusual: what one account uses of one service, or several usage types of it that moved together. */
        Anomaly: {
            account: components["schemas"]["Account"] | null;
            /** @description What they cost. */
            actual: components["schemas"]["Amount"];
            /** @description The billing account. */
            billing_account: string;
            /** @description What moved, by service, account, usage type, region and resource. */
            causes: components["schemas"]["AnomalyCause"][];
            /** @description The client's name. */
            client: string;
            /** @description The currency's code. */
            currency: string;
            /** @description What these days were expected to cost, amortised. */
            expected: components["schemas"]["Amount"];
            /** @description expected or unexpected, if somebody said so. */
            feedback: string | null;
            /** @description The first day. */
            from: components["schemas"]["Day"];
            /**
             * Format: int64
             * @description Its number.
             */
            id: number;
            /** @description The difference: negative if they cost less. */
            impact: components["schemas"]["Amount"];
            /**
             * @description spike, drop, level (more or less from a day on), new (never used before), drift (little by little) or
             *     one_off (a single charge where there usually is none).
             */
            kind: string;
            /** @description What it is about, for people. */
            label: string;
            /** @description What they noted; may be empty. */
            note: string;
            /**
             * Format: int64
             * @description The difference in percent of what was expected; `null` where nothing was.
             */
            percent: number | null;
            /** @description The service. */
            service: string;
            /** @description The last day; a new level is told for thirty days at most, then it is what is usual. */
            to: components["schemas"]["Day"];
            /** @description The usage type or SKU that moved most; may be empty. */
            usage_type: string;
        };
        /** @description What moved. */
        AnomalyCause: {
            /** @description What it cost beyond what was expected of it. */
            amount: components["schemas"]["Amount"];
            /** @description service, account, usage_type, region or resource: the filter that takes the key. */
            dimension: string;
            /** @description What identifies it. */
            key: string;
            /** @description What people call it. */
            label: string;
            /**
             * Format: int64
             * @description Its percentage of what moved the anomaly's way; negative for what moved the other way.
             */
            share: number;
        };
        /** @description When and where an export is rolled up. */
        AthenaPlace: {
            /**
             * Format: int64
             * @description Months of more than so many bytes.
             */
            above_bytes: number;
            /**
             * @description What all roll-ups of a sync together may cost at the most, in dollars, without anybody being asked;
             *     with nothing each sync asks.
             */
            agreed_up_to?: string;
            /** @description The database in which the export's table is made. */
            database: string;
            /** @description Where answers are written: s3://BUCKET/PREFIX/ */
            output: string;
            /** @description The workgroup, which must cut queries off; "tallyport" is made when it is needed. */
            workgroup?: string;
        };
        /** @description Whether a connection's export is rolled up in the customer's Athena. */
        AthenaSetting: {
            athena: components["schemas"]["AthenaPlace"] | null;
        };
        /** @description Something to look at. */
        Attention: {
            /** @description What kind. */
            kind: string;
            /** @description A place of the interface. */
            link: string | null;
            /** @description A sentence. */
            text: string;
        };
        /** @description A budget at AWS. */
        AwsBudget: {
            amount: components["schemas"]["Amount"] | null;
            /** @description The currency's code. */
            currency: string;
            /** @description Whether there is a budget of that name already: it stays as it is. */
            known: boolean;
            /** @description Its name. */
            name: string;
            /** @description What is different here; may be empty. */
            note: string;
            /** @description day, month, quarter or year. */
            period: string;
            /** @description How much may be spent in each month; `null` where there is one amount. */
            plan: components["schemas"]["Amount"][] | null;
            /** @description What it is about, in words. */
            scope: string;
        };
        /** @description A row that cannot be read. */
        BadRow: {
            /** @description The column at fault, if it is one. */
            column: string | null;
            /**
             * Format: int64
             * @description Its line in the file, from 1.
             */
            line: number;
            /** @description What is wrong with it. */
            reason: string;
        };
        /** @description What is expected, and how sure that is. */
        Band: {
            /** @description Expected. */
            expected: components["schemas"]["Amount"];
            /** @description It ends below in 90 of 100 cases. */
            high80: components["schemas"]["Amount"];
            /** @description It ends below in 97.5 of 100 cases. */
            high95: components["schemas"]["Amount"];
            /** @description It ends above in 90 of 100 cases. */
            low80: components["schemas"]["Amount"];
            /** @description It ends above in 97.5 of 100 cases. */
            low95: components["schemas"]["Amount"];
        };
        /** @description A budget. */
        Budget: {
            amount: components["schemas"]["Amount"] | null;
            /** @description Whether it is kept for history only. */
            archived: boolean;
            /** @description Numbers of the channels that its alerts go to, besides the inbox and the desktop. */
            channels: number[];
            /** @description Whether credits count. */
            credits: boolean;
            /** @description The currency's code: charges in others do not count. */
            currency: string;
            /**
             * Format: int32
             * @description How deep it lies below a budget that is shown and no part of another.
             */
            depth: number;
            /**
             * Format: int64
             * @description Its number.
             */
            id: number;
            /** @description billed or effective. */
            metric: string;
            muted_until: components["schemas"]["Moment"] | null;
            /** @description Its name. */
            name: string;
            /** @description What it is for. */
            note: string;
            /** @description How it stands. */
            now: components["schemas"]["BudgetStand"];
            /** @description Numbers of its parts. What they spend is within what this one does, or beside it: it is not added. */
            own_children: number[];
            /**
             * Format: int64
             * @description The number of the budget it is a part of.
             */
            parent: number | null;
            parts: components["schemas"]["BudgetParts"] | null;
            /** @description day, month, quarter or year. */
            period: string;
            /** @description How much may be spent in each month from January; `null` where there is one amount. */
            plan: components["schemas"]["Amount"][] | null;
            /** @description What it is about. */
            scope: components["schemas"]["BudgetScope"];
            /** @description The first day. */
            starts: components["schemas"]["Day"];
            /** @description Whether tax counts. */
            tax: boolean;
            /** @description Where somebody is told. */
            thresholds: components["schemas"]["BudgetThreshold"][];
        };
        /** @description A budget in brief. */
        BudgetBrief: {
            /** @description How much of what counts is spent. */
            actual: components["schemas"]["Amount"];
            /** @description The currency's code. */
            currency: string;
            /**
             * Format: int64
             * @description Its number.
             */
            id: number;
            /** @description How much may be. */
            limit: components["schemas"]["Amount"];
            /** @description Its name. */
            name: string;
            /** @description ok, near, over, heading_over or no_data. */
            state: string;
            /** @description How much of the limit that is, in percent with one decimal; `null` where the limit is nothing. */
            used_percent: string | null;
        };
        /** @description A budget through time. */
        BudgetDetail: components["schemas"]["Budget"] & {
            above: components["schemas"]["NamedBudget"] | null;
            /** @description What was told of it, the newest first. */
            alerts: components["schemas"]["Alert"][];
            /** @description Its parts. */
            children: components["schemas"]["BudgetBrief"][];
            /** @description Its periods: twelve before the running one, that one and three after it. */
            months: components["schemas"]["BudgetMonth"][];
        };
        /** @description A budget as it is set. */
        BudgetDraft: {
            /** @description How much may be spent in every period, as a decimal number; or a plan. */
            amount?: string | null;
            /** @description Numbers of the channels that its alerts go to, besides the inbox and the desktop. */
            channels?: number[];
            /** @description Whether credits count; they do not unless said otherwise. */
            credits?: boolean;
            /** @description The currency's code; USD unless said otherwise. */
            currency?: string | null;
            /** @description billed or effective; billed unless said otherwise. */
            metric?: string | null;
            /** @description Its name. */
            name: string;
            /** @description What it is for. */
            note?: string;
            /**
             * Format: int64
             * @description The budget it is a part of: its number.
             */
            parent?: number | null;
            /** @description day, month, quarter or year; month unless said otherwise. */
            period?: string | null;
            /**
             * @description How much may be spent in each month from January; or an amount. A quarter and a year have the sum of
             *     their months, a day its share of its month.
             */
            plan?: string[] | null;
            /** @description What it is about. */
            scope: components["schemas"]["ScopeDraft"];
            starts?: components["schemas"]["Day"] | null;
            /** @description Whether tax counts; it does not unless said otherwise. */
            tax?: boolean;
            /** @description Where somebody is told. */
            thresholds?: components["schemas"]["NewThreshold"][];
        };
        /** @description What a period is expected to come to. */
        BudgetForecast: components["schemas"]["Band"] & {
            /**
             * Format: int32
             * @description How likely it is, in percent, that it ends above the limit.
             */
            chance_percent: number;
            /** @description By which method. */
            method: string;
        };
        /** @description A budget in one of its periods. */
        BudgetMonth: {
            /** @description How much is. */
            actual: components["schemas"]["Amount"];
            forecast: components["schemas"]["BudgetForecast"] | null;
            /** @description The first day. */
            from: components["schemas"]["Day"];
            /** @description How much may be spent. */
            limit: components["schemas"]["Amount"];
            /** @description The last day. */
            to: components["schemas"]["Day"];
        };
        /** @description What the parts of a budget spent. */
        BudgetParts: {
            /** @description What the whole spent and none of them did. */
            rest: components["schemas"]["Amount"];
            /** @description All of them together: a charge that several of them are about counts once. */
            together: components["schemas"]["Amount"];
        };
        /** @description Budgets and how they stand. */
        Budgets: {
            /** @description How many that would be without `only`. */
            all: number;
            as_of_day: components["schemas"]["Day"] | null;
            /** @description How many of these are over their limit, heading over it or near it. */
            at_risk: number;
            /** @description Those on the page. */
            budgets: components["schemas"]["Budget"][];
            /** @description Whether one of these is a part of another. */
            has_parts: boolean;
            /** @description How many of these are over their limit. */
            over: number;
            /** @description How many there are on all pages. */
            total: number;
        };
        /** @description What a budget is about. */
        BudgetScope: {
            /**
             * Format: int64
             * @description The number of the person, team or client.
             */
            id: number | null;
            /** @description The tag's key. */
            key: string | null;
            /** @description all, person, team, client, tag or service. */
            kind: string;
            /** @description In words. */
            label: string;
            /** @description The tag's value, or the service's name. */
            value: string | null;
        };
        /** @description How a budget stands in one of its periods. */
        BudgetStand: {
            /** @description How much is, of what counts. */
            actual: components["schemas"]["Amount"];
            /** @description Whether a bill in it is an estimate. */
            estimated: boolean;
            forecast: components["schemas"]["BudgetForecast"] | null;
            /** @description The period's first day. */
            from: components["schemas"]["Day"];
            /** @description How much may be spent. */
            limit: components["schemas"]["Amount"];
            /** @description Whether something in it lies in quarantine: it is shown, and nothing is told of it. */
            quarantined: boolean;
            /** @description ok, near (80 % or a threshold), over, heading_over (by its forecast) or no_data. */
            state: string;
            /** @description Its last day. */
            to: components["schemas"]["Day"];
            /** @description How much of the limit that is, in percent with one decimal; `null` where the limit is nothing. */
            used_percent: string | null;
            /** @description The same with credits and tax. */
            with_credits_and_tax: components["schemas"]["Amount"];
        };
        /** @description A point at which somebody is told. */
        BudgetThreshold: {
            amount: components["schemas"]["Amount"] | null;
            /**
             * Format: int64
             * @description Its number.
             */
            id: number;
            /** @description actual or forecast. */
            on: string;
            /**
             * Format: int32
             * @description At so many percent of the limit; `null` where it is an amount.
             */
            percent: number | null;
        };
        /** @description A row of a table of users. */
        BulkUser: {
            /** @description add, change or unchanged. */
            action: string;
            /** @description What changes, for people. */
            changes: string[];
            /**
             * Format: int64
             * @description Where it stands, counted from 1.
             */
            line: number;
            /** @description Who. */
            name: string;
        };
        /** @description What a table of users does. */
        BulkUsers: {
            /** @description Whether it was done, not only shown. */
            applied: boolean;
            /** @description The rows, as they stand in the table. */
            rows: components["schemas"]["BulkUser"][];
        };
        /** @description How somebody is billed. */
        Buyer: components["schemas"]["BuyerTerms"] & {
            /** @description Its address here, such as `person:7`. */
            id: string;
            /** @description Whose record it is. */
            of: components["schemas"]["Recipient"];
        };
        /** @description Who is billed, and how. */
        Buyers: {
            /** @description By name. Who is not among them is billed by name alone, within the seller's country. */
            buyers: components["schemas"]["Buyer"][];
        };
        /** @description How somebody is to be billed. */
        BuyerTerms: {
            /** @description The street address, line by line. */
            address?: string[];
            /** @description The city. */
            city: string | null;
            /**
             * @description The country: two letters of ISO 3166-1. Taxes go by it.
             * @example FR
             */
            country: string | null;
            /** @description What its invoices are in, such as EUR; the costs' own currency if absent. */
            currency: string | null;
            /** @description What is sent for its own program besides the paper: ubl or cii, or `factur_x` in place of the plain paper. */
            electronic: string | null;
            /** @description The address for mail, as on paper. */
            email: string | null;
            endpoint: components["schemas"]["Endpoint"] | null;
            /** @description Whom invoices are sent to. */
            invoice_emails?: string[];
            /** @description The language of its paper, such as de. */
            language: string | null;
            /** @description The number in the register of companies. */
            legal_id: string | null;
            /** @description The name on paper; their own if absent. */
            name: string | null;
            /**
             * Format: int32
             * @description Days until an invoice is due; the workspace's if absent.
             */
            payment_days: number | null;
            /** @description The telephone number. */
            phone: string | null;
            /** @description The post code. */
            post_code: string | null;
            /** @description The purchase order that invoices refer to. */
            purchase_order: string | null;
            /** @description State, province or canton. */
            region: string | null;
            tax: components["schemas"]["TaxOverride"] | null;
            /** @description VAT, GST or other tax id; where a country is given, of that country's form. */
            tax_id: string | null;
        };
        /** @description A rule and what its change did. */
        ChangedRule: components["schemas"]["Rule"] & {
            /** @description What changed hands. */
            reallocated: components["schemas"]["Reallocated"];
        };
        /** @description A way on which notices go out. What it signs in with is never told. */
        Channel: {
            digest: components["schemas"]["Digest"] | null;
            /** @description Whether it is used. */
            enabled: boolean;
            /** @description Whether it has a password, a key or a secret address. */
            has_secret: boolean;
            /**
             * Format: int64
             * @description Its number; 0 is the desktop's popup, which is always there.
             */
            id: number;
            /** @description popup, mail, ses, slack, teams, webhook or sms. */
            kind: string;
            last: components["schemas"]["LastAttempt"] | null;
            /** @description notice, warning or urgent: what is less urgent does not go out on it. */
            least: string;
            /** @description Its name. */
            name: string;
            /** @description What it is set to, as its kind has it. */
            settings: components["schemas"]["ChannelSettings"];
        };
        /** @description What a channel is to be. */
        ChannelDraft: {
            digest?: components["schemas"]["Digest"] | null;
            /** @description Whether it is used. */
            enabled?: boolean;
            /** @description mail, ses, slack, teams, webhook or sms; one that is there keeps its kind. */
            kind: string;
            /** @description notice, warning or urgent: what is less urgent does not go out on it. */
            least?: string | null;
            /** @description Its name. */
            name: string;
            /**
             * @description mail: the password. slack, teams: the whole address of the webhook. webhook: the key of at least 16
             *     characters that its signature is made with. A change without one keeps the one that is there.
             */
            secret?: string | null;
            /** @description What it is set to: the settings that its kind has, and no others. */
            settings: components["schemas"]["SettingsDraft"];
        };
        /** @description All channels. */
        Channels: {
            /** @description The desktop's popup first, then by name. */
            channels: components["schemas"]["Channel"][];
        };
        /** @description Settings of a channel: of these, the ones that its kind has. */
        ChannelSettings: {
            /** @description slack, teams, webhook: whether the address may lead into a private network. */
            allow_private: boolean | null;
            /** @description mail: an authority in PEM that is trusted besides this computer's own. */
            certificate: string | null;
            /**
             * Format: int64
             * @description ses, sms: the connection whose credentials send.
             */
            connection: number | null;
            /** @description mail, ses: from whom. */
            from: string | null;
            /** @description mail: the server. slack, teams, webhook: the host of the address, which itself is not told. */
            host: string | null;
            /**
             * Format: int32
             * @description mail: its port.
             */
            port: number | null;
            /** @description ses, sms: the region, if it is not the connection's. */
            region: string | null;
            /** @description mail: tls, starttls or none. */
            security: string | null;
            /** @description sms: the name shown as sender. */
            sender_id: string | null;
            /** @description mail, ses: addresses. sms: numbers such as +431234567. */
            to: string[] | null;
            /** @description mail: who signs in. */
            user: string | null;
        };
        /** @description One billed fact. */
        Charge: {
            account: components["schemas"]["Account"] | null;
            /** @description The basis of the provider's invoice. */
            billed: components["schemas"]["Amount"];
            /** @description The billing account. */
            billing_account: string;
            /** @description Usage, Purchase, Tax, Credit or Adjustment. */
            category: string;
            /** @description Regular or Correction. */
            class: string;
            /** @description The client's name. */
            client: string;
            /** @description At negotiated prices. */
            contracted: components["schemas"]["Amount"];
            /** @description The currency's code. */
            currency: string;
            /** @description The day it counts on. */
            day: components["schemas"]["Day"];
            /** @description What the bill says it is; may be empty. */
            description: string;
            /** @description Amortised. */
            effective: components["schemas"]["Amount"];
            first_day: components["schemas"]["Day"] | null;
            /**
             * Format: int64
             * @description Its number in this workspace.
             */
            id: number;
            last_day: components["schemas"]["Day"] | null;
            /**
             * Format: int32
             * @description How many lines of the source it sums up.
             */
            lines: number;
            /** @description At public prices. */
            list: components["schemas"]["Amount"];
            owner: components["schemas"]["Labelled"] | null;
            /** @description The billing period. */
            period: components["schemas"]["Month"];
            /** @description Who provides the service. */
            provider: string;
            /** @description The provider's invoice that it stands on; null until there is one, and where the source names none. */
            provider_invoice: string | null;
            /** @description How much was used, as exact decimal text; may be empty. */
            quantity: string;
            /** @description The region's id. */
            region: string | null;
            /** @description The resource's id. */
            resource: string | null;
            /** @description The resource's name. */
            resource_name: string | null;
            rule: components["schemas"]["RuleBrief"] | null;
            /** @description The service. */
            service: string;
            /** @description The SKU or usage type; may be empty. */
            sku: string;
            /** @description Where it comes from. */
            source: components["schemas"]["ChargeSource"];
            /** @description The tags. */
            tags: {
                [key: string]: string;
            };
            /** @description Of what unit; may be empty. */
            unit: string;
        };
        /** @description How many charges two versions share. */
        ChargeDiff: {
            /**
             * Format: int64
             * @description In the later one only.
             */
            added: number;
            /**
             * Format: int64
             * @description In both, with other amounts.
             */
            changed: number;
            /**
             * @description `charges`, or `daily_sums` (by day, account, service and category) where the two versions are from
             *     different kinds of source, which know no more in common.
             */
            compared: string;
            /**
             * Format: int64
             * @description In the earlier one only.
             */
            removed: number;
            /**
             * Format: int64
             * @description The same in both.
             */
            same: number;
        };
        /** @description A page of charges. */
        Charges: {
            as_of: components["schemas"]["Day"] | null;
            /** @description This page. */
            rows: components["schemas"]["Charge"][];
            /**
             * Format: int64
             * @description How many there are on all pages.
             */
            total_rows: number;
            /** @description What all pages add up to, one a currency. */
            totals: components["schemas"]["CurrencyAmount"][];
        };
        /** @description Where a charge comes from. */
        ChargeSource: {
            /** @description The file. */
            file: string | null;
            /**
             * Format: int64
             * @description The first of its lines.
             */
            first_line: number;
            /** @description FOCUS, CUR or Cost Explorer. */
            kind: string;
            /**
             * Format: int64
             * @description The last of its lines.
             */
            last_line: number;
            /** @description When it was loaded. */
            loaded_at: components["schemas"]["Moment"];
            /** @description estimated, pending invoice, final or corrected. */
            status: string;
            /**
             * Format: int32
             * @description Its number among the versions of this account and month, from 1.
             */
            version: number;
        };
        /** @description A check. */
        Check: {
            /** @description What was found. */
            detail: string;
            /** @description What was checked. */
            name: string;
            /** @description Whether it is well. */
            ok: boolean;
        };
        /** @description What is done where something else is in the way. */
        ClashAnswer: {
            /** @description skip, replace or keep-both. */
            on_clash: string;
        };
        /** @description A customer or business unit whose cloud we look after. */
        Client: {
            /** @description Whether it is kept for history only. */
            archived: boolean;
            /** @description Its billing accounts. */
            billing_accounts: components["schemas"]["Account"][];
            /** @description Where its bills come from, besides files. */
            connections: components["schemas"]["Connection"][];
            /**
             * Format: int64
             * @description Its number.
             */
            id: number;
            /** @description Its name. */
            name: string;
        };
        /** @description A client in a few words. */
        ClientBrief: {
            /**
             * Format: int64
             * @description Its number.
             */
            id: number;
            /** @description Its name. */
            name: string;
        };
        /** @description A change of a client: what is absent stays. */
        ClientChange: {
            /** @description Another name. */
            name: string;
        };
        /** @description All clients. */
        Clients: {
            /** @description By name. */
            clients: components["schemas"]["Client"][];
        };
        /** @description A column: days. */
        Column: {
            /** @description Its first day. */
            from: components["schemas"]["Day"];
            /** @description The day or the month. */
            key: string;
            /** @description Its last day. */
            to: components["schemas"]["Day"];
        };
        /** @description A connection: credentials for one billing account. */
        Connection: {
            /** @description How it signs in. */
            access: components["schemas"]["Access"];
            /** @description The tag keys by which the bill is cut, separated by commas. */
            allocation_tag: string | null;
            /** @description The billing account. */
            billing_account: string;
            /**
             * Format: int64
             * @description Its number.
             */
            id: number;
            /** @description cost_explorer or export: what it loads. */
            kind: string;
            last_sync: components["schemas"]["Moment"] | null;
            /**
             * @description Months that are not final and still count as an export told them which it no longer loads; the next
             *     sync asks Cost Explorer about them.
             */
            left_behind: components["schemas"]["Month"][];
            /**
             * Format: int32
             * @description How many paid requests it may make in a month.
             */
            monthly_request_cap: number | null;
            /** @description Its name. */
            name: string;
            /** @description The region to talk to; `null` is the usual one. */
            region: string | null;
            /**
             * Format: int64
             * @description How many it has made this month.
             */
            requests_this_month: number;
            /** @description Where its bills come from. */
            source: components["schemas"]["ConnectionSource"];
        };
        /** @description A change of a connection: what is absent stays. */
        ConnectionChange: {
            /**
             * Format: int32
             * @description How many paid requests it may make in a month; `null` takes the cap away.
             */
            monthly_request_cap?: number | null;
            /** @description Another name. */
            name?: string | null;
        };
        /** @description Where a connection's bills come from. */
        ConnectionSource: {
            /** @enum {string} */
            kind: "cost_explorer";
        } | {
            /** @description The bucket that it is delivered to. */
            bucket: string;
            /** @description parquet or csv. */
            format: string;
            /** @description focus, cur2 or cur. */
            holds: string;
            /** @description Its ARN. */
            id: string;
            /** @enum {string} */
            kind: "export";
            /** @description What it is called. */
            name: string;
            /** @description The prefix below which it is delivered. */
            prefix: string;
            /** @description What is to be known of it. */
            reason: string | null;
            /** @description How often it is brought up to date. */
            refresh: string;
            /** @description The bucket's region. */
            region: string | null;
            /** @description bcm-data-exports or cur. */
            service: string;
        };
        /** @description What the test of a connection found. */
        ConnectionTest: {
            /** @description The account that the credentials belong to. */
            account: string | null;
            /** @description The identity that the credentials belong to. */
            arn: string | null;
            /** @description What was found, or which permission is missing. */
            message: string;
            /** @description Whether it can be used. */
            ok: boolean;
        };
        /** @description The figures of one currency. */
        CostResult: {
            /** @description The sum of each column. */
            column_totals: components["schemas"]["Amount"][];
            /** @description The currency's code. */
            currency: string;
            previous_total: components["schemas"]["Amount"] | null;
            /** @description The rows, the largest first. */
            rows: components["schemas"]["CostRow"][];
            /** @description The sum of all rows. */
            total: components["schemas"]["Amount"];
        };
        /** @description One row. */
        CostRow: {
            /** @description Its sum. */
            amount: components["schemas"]["Amount"];
            /** @description Its sum in each column. */
            cells: components["schemas"]["Amount"][];
            /** @description What identifies it; `unowned` is what nobody owns. */
            key: string;
            /** @description What people call it. */
            label: string;
            previous: components["schemas"]["Amount"] | null;
        };
        /** @description What was spent. */
        Costs: {
            as_of: components["schemas"]["Day"] | null;
            /** @description The billing periods that the figures rest on. */
            basis: components["schemas"]["PeriodBrief"][];
            /** @description What the rows are. */
            by: string;
            /** @description The columns, if there are any. */
            columns: components["schemas"]["Column"][];
            /** @description The first day. */
            from: components["schemas"]["Day"];
            /** @description What the columns are: none, day or month. */
            interval: string;
            /** @description billed or effective. */
            metric: string;
            previous_from: components["schemas"]["Day"] | null;
            previous_to: components["schemas"]["Day"] | null;
            /** @description One result a currency: currencies are never added. */
            results: components["schemas"]["CostResult"][];
            /** @description The last day. */
            to: components["schemas"]["Day"];
        };
        /** @description What to credit of a line. */
        CreditedLine: {
            /** @description How much before tax; all that is left of it if absent. */
            amount?: string | null;
            /**
             * Format: int32
             * @description Its place on the invoice, from one.
             */
            n: number;
        };
        /** @description An amount and its currency. */
        CurrencyAmount: {
            /** @description The amount. */
            amount: components["schemas"]["Amount"];
            /** @description The currency's code. */
            currency: string;
        };
        /** @description What the months to come cost in one currency. */
        CurrencyForecast: {
            /** @description The currency's code. */
            currency: string;
            /** @description The total day by day: the month before the last that is known, the running one, and those to come. */
            days: components["schemas"]["ForecastDay"][];
            /** @description The rows, those that cost most lately first. */
            rows: components["schemas"]["RowForecast"][];
            /** @description Of everything asked about; forecast by itself, so that rows do not add up to it exactly. */
            total: components["schemas"]["RowForecast"];
        };
        /**
         * Format: date
         * @description A UTC day, `YYYY-MM-DD`.
         * @example 2026-01-31
         */
        Day: string;
        /** @description A day and its cost. */
        DayAmount: {
            /** @description Its cost. */
            amount: components["schemas"]["Amount"];
            /** @description The day. */
            day: components["schemas"]["Day"];
        };
        /** @description What the deletion of a rule did. */
        DeletedRule: {
            /** @description What changed hands. */
            reallocated: components["schemas"]["Reallocated"];
        };
        /** @description Deliveries. */
        Deliveries: {
            /** @description The latest first. */
            deliveries: components["schemas"]["Delivery"][];
            /** @description Whether another page follows. */
            more: boolean;
        };
        /** @description A notice on a channel, and what became of it. */
        Delivery: {
            /** @description The alerts it tells of; none in a test. */
            alerts: number[];
            /**
             * Format: int32
             * @description How often it was tried.
             */
            attempts: number;
            /** @description The channel. */
            channel: components["schemas"]["DeliveryChannel"];
            /** @description When it was put out. */
            created_at: components["schemas"]["Moment"];
            /** @description Why it was not. */
            error: string | null;
            /**
             * Format: int64
             * @description Its number.
             */
            id: number;
            next_attempt_at: components["schemas"]["Moment"] | null;
            sent_at: components["schemas"]["Moment"] | null;
            /** @description waiting, sent, failed (not tried any more) or dropped (not sent on purpose). */
            state: string;
            /** @description What it says, in a line. */
            title: string;
            /** @description The one of its recipients that it is for; `null`: all of them. */
            to: string | null;
        };
        /** @description The channel of a delivery, also one that was removed. */
        DeliveryChannel: {
            /**
             * Format: int64
             * @description Its number; 0 is the desktop's popup.
             */
            id: number;
            /** @description popup, mail, ses, slack, teams, webhook or sms. */
            kind: string;
            /** @description Its name. */
            name: string;
        };
        /** @description What lies between two figures. */
        Difference: {
            /** @description How much. */
            amount: components["schemas"]["Amount"];
            /** @description From this one */
            from: string;
            /** @description What it is made of; adds up to it. */
            parts: components["schemas"]["DifferencePart"][];
            /** @description to this one. */
            to: string;
        };
        /** @description A part of a difference. */
        DifferencePart: {
            /** @description How much. */
            amount: components["schemas"]["Amount"];
            /** @description tax, support, credit, refund, excluded_operation, rounding, not_final or unexplained. */
            class: string;
            /** @description A sentence. */
            text: string;
        };
        /** @description What became different in one currency. */
        DiffResult: {
            /** @description All rows after. */
            after: components["schemas"]["Amount"];
            /** @description All rows before. */
            before: components["schemas"]["Amount"];
            /** @description What it changed by. */
            change: components["schemas"]["Amount"];
            /** @description The currency's code. */
            currency: string;
            /** @description Rows that changed, the largest change first. */
            rows: components["schemas"]["DiffRow"][];
        };
        /** @description A row that changed. */
        DiffRow: {
            /** @description After. */
            after: components["schemas"]["Amount"];
            /** @description Before. */
            before: components["schemas"]["Amount"];
            /** @description What it changed by. */
            change: components["schemas"]["Amount"];
            /** @description What identifies it. */
            key: string;
            /** @description What people call it. */
            label: string;
        };
        /** @description When notices that can wait go out as one. */
        Digest: {
            /**
             * @description A time of day.
             * @example 08:00
             */
            at: string;
            /**
             * @description On the clocks of this zone.
             * @example Europe/Vienna
             */
            zone: string;
        };
        /** @description With which credentials to look for exports; those of the only connection if nothing is said. */
        Discover: {
            access?: components["schemas"]["Access"] | null;
            /** @description Those of this client's connection: name or number. */
            client?: string | null;
            /**
             * Format: int64
             * @description Those of this connection.
             */
            connection?: number | null;
            /** @description The region to talk to. */
            region?: string | null;
        };
        /** @description What was found. */
        Discovered: {
            /** @description The account that the credentials belong to. */
            account: string;
            /** @description The identity that they belong to. */
            arn: string;
            /** @description Those that can be used first. */
            exports: components["schemas"]["FoundExport"][];
            /** @description Permissions that are missing, such as cur:DescribeReportDefinitions. */
            missing_permissions: string[];
            offer: components["schemas"]["ExportOffer"] | null;
        };
        /** @description Files to be fetched, into a folder that only a caller in the same process can name. */
        DownloadDraft: {
            /**
             * Format: int64
             * @description At most so many bytes a second.
             */
            limit?: number | null;
            /** @description ask, skip, replace or keep-both: what is done where something else is in the way. */
            on_clash?: string | null;
            /** @description Which: a folder's path ends with /, an empty one is everything. */
            paths: string[];
            /** @description low, usual or high. */
            priority?: string | null;
        };
        /** @description What was drafted. */
        Drafts: {
            /** @description The drafts, by recipient. */
            invoices: components["schemas"]["InvoiceBrief"][];
            /** @description Who was left out, and why. */
            nothing: components["schemas"]["NothingToBill"][];
        };
        /** @description A service or a person in a month at a glance. */
        Driver: {
            /** @description What it cost. */
            amount: components["schemas"]["Amount"];
            /** @description What identifies it. */
            key: string;
            /** @description What people call it. */
            label: string;
            /** @description What it cost the month before. */
            previous: components["schemas"]["Amount"];
        };
        /** @description An address for electronic invoices. */
        Endpoint: {
            /** @description The address. */
            id: string;
            /** @description The scheme's code of the list EAS, such as 0088 or 9930. */
            scheme: string;
        };
        /** @description What an evaluation did. */
        Evaluated: {
            /** @description Numbers of alerts cleared. */
            cleared: number[];
            /** @description How many budgets were looked at; those of which nothing changed are not. */
            evaluated: number;
            /** @description Forecasts renewed. */
            forecasts: number;
            /** @description Alerts raised. */
            raised: components["schemas"]["Alert"][];
        };
        /** @description What one unit of a currency was worth in another on a day. */
        ExchangeRate: {
            /** @description The day. */
            day: components["schemas"]["Day"];
            /**
             * @description Of what one unit is.
             * @example EUR
             */
            from: string;
            /**
             * @description How many of the other one unit is, as decimal text with at most nine decimals.
             * @example 1.1196
             */
            rate: string;
            /** @description Who says so, such as ECB. */
            source: string;
            /**
             * @description In what it is said.
             * @example USD
             */
            to: string;
        };
        /** @description Exchange rates. */
        ExchangeRates: {
            /** @description The latest day first. */
            rates: components["schemas"]["ExchangeRate"][];
        };
        /** @description What was taken in. */
        ExchangeRatesKept: {
            /**
             * Format: int64
             * @description New rates.
             */
            added: number;
            /**
             * Format: int64
             * @description Rates that were different before.
             */
            changed: number;
            /**
             * Format: int64
             * @description Rates that were there already.
             */
            unchanged: number;
        };
        /** @description An export that could be made. */
        ExportOffer: {
            /** @description The bucket it would go to. */
            bucket: string;
            /** @description The currency's code. */
            currency: string;
            /** @description focus. */
            kind: string;
            /** @description What it costs a month, about, for a gigabyte. */
            monthly_price: components["schemas"]["Amount"];
            /** @description What it would be called. */
            name: string;
            /** @description The prefix below which it would be delivered. */
            prefix: string;
            /** @description What it is, what has to be there, and what it costs. */
            text: string;
        };
        /** @description What a source says a month cost. */
        Figure: {
            amount: components["schemas"]["Amount"] | null;
            as_of: components["schemas"]["Moment"] | null;
            /** @description ledger, export, cost_explorer or invoice. */
            source: string;
            /** @description estimated, pending invoice, final, corrected or missing. */
            state: string;
            /** @description A sentence. */
            text: string;
        };
        /** @description A file, and where it is to be. */
        FileFromTo: {
            /** @description The file's path; of a folder, which ends with /, everything below it. */
            from: string;
            /** @description The path that it is to have. */
            to: string;
        };
        /** @description A link to a file. Whoever has it can fetch the file until it ends. */
        FileLink: {
            /** @description Whether that is before what was asked for, since the credentials that it is signed with end. */
            ends_with_credentials: boolean;
            /** @description When it really ends. */
            expires_at: components["schemas"]["Moment"];
            /** @description The link. */
            url: string;
        };
        /** @description A file or a folder. */
        FilePath: {
            /** @description Its path; a folder's ends with /. */
            path: string;
        };
        /** @description How many files were changed. */
        FilesChanged: {
            /**
             * Format: int64
             * @description So many.
             */
            count: number;
        };
        /** @description A version of a file. */
        FileVersion: {
            /**
             * Format: int64
             * @description Its size; nothing where the file was removed.
             */
            bytes: number | null;
            /** @description Its id at AWS. */
            id: string;
            /** @description Whether it is what is there now. */
            is_latest: boolean;
            /** @description When it came. */
            modified: components["schemas"]["Moment"];
        };
        /** @description What a file was before. */
        FileVersions: {
            /** @description The newest first, removals included. */
            versions: components["schemas"]["FileVersion"][];
        };
        /** @description Something that was found to be wrong. */
        Finding: {
            amount: components["schemas"]["Amount"] | null;
            /**
             * @description missing_file, missing_account, split_cost_doubled, discount_doubled, invoice_tax, too_much
             *     or elsewhere.
             */
            kind: string;
            /** @description A sentence. */
            text: string;
        };
        /** @description How far off a method was when it forecast days that are known. */
        ForecastBacktest: {
            /** @description How many percent of the days lay within the 80 % band. */
            coverage80: string;
            /** @description How many percent of the days lay within the 95 % band. */
            coverage95: string;
            /**
             * Format: int32
             * @description How many days of the past were forecast from.
             */
            folds: number;
            /** @description The mean error of a day, in parts of that of saying each day as the same weekday a week before. */
            mase: string;
        };
        /** @description A day, known or to come. */
        ForecastDay: {
            actual: components["schemas"]["Amount"] | null;
            /** @description The day. */
            day: components["schemas"]["Day"];
            expected: components["schemas"]["Amount"] | null;
            high80: components["schemas"]["Amount"] | null;
            high95: components["schemas"]["Amount"] | null;
            low80: components["schemas"]["Amount"] | null;
            low95: components["schemas"]["Amount"] | null;
        };
        /** @description A month that is not over. */
        ForecastMonth: {
            /** @description What it cost so far. */
            actual: components["schemas"]["Amount"];
            expected: components["schemas"]["Amount"] | null;
            high80: components["schemas"]["Amount"] | null;
            high95: components["schemas"]["Amount"] | null;
            low80: components["schemas"]["Amount"] | null;
            low95: components["schemas"]["Amount"] | null;
            /** @description The month. */
            month: components["schemas"]["Month"];
        };
        /** @description What the months to come cost. */
        Forecasts: {
            /** @description One result a currency: currencies are never added. */
            results: components["schemas"]["CurrencyForecast"][];
            /** @description The day it is, in UTC. */
            today: components["schemas"]["Day"];
        };
        /** @description A cost export. */
        FoundExport: {
            /** @description The bucket that it is delivered to. */
            bucket: string;
            /** @description parquet or csv. */
            format: string;
            /** @description Its ARN. */
            id: string;
            /** @description focus, cur2 or cur. */
            kind: string;
            /** @description What it is called. */
            name: string;
            /** @description Whether a delivery overwrites the one before. */
            overwrite: boolean;
            /** @description The prefix below which it is delivered. */
            prefix: string;
            /** @description Why not; or what is to be known before it is used. */
            reason: string | null;
            /** @description How often it is brought up to date. */
            refresh: string;
            /** @description The bucket's region. */
            region: string | null;
            /** @description bcm-data-exports or cur. */
            service: string;
            /** @description How it does, in AWS's word. */
            status: string;
            /** @description Whether a bill can be made of it. */
            usable: boolean;
            /**
             * Format: int64
             * @description The connection that loads it.
             */
            used_by_connection: number | null;
        };
        /** @description What AWS has, and what became of it. */
        ImportedBudgets: {
            /** @description Budgets that can be said here. */
            found: components["schemas"]["AwsBudget"][];
            /** @description How many were taken over. */
            imported: number;
            /** @description Budgets that cannot. */
            unsupported: components["schemas"]["UnsupportedBudget"][];
        };
        /** @description Whose budgets, and whether they are only looked at. */
        ImportOfBudgets: {
            /**
             * Format: int64
             * @description The number of the connection.
             */
            connection: number;
            /** @description Only say what would be taken over. */
            dry_run?: boolean;
        };
        /** @description An invoice or a credit note, with all that lies with it. */
        Invoice: components["schemas"]["InvoiceBrief"] & {
            /** @description The files that lie with it. */
            attachments: components["schemas"]["InvoiceAttachment"][];
            /** @description Its credit notes. */
            credits: components["schemas"]["InvoiceCredit"][];
            /** @description Who drafted, approved, issued, paid and credited it, the first thing first. */
            history: components["schemas"]["InvoiceEvent"][];
            /** @description Its lines. */
            lines: components["schemas"]["InvoiceLine"][];
            /** @description What was paid. */
            payments: components["schemas"]["InvoicePayment"][];
            /** @description The tax by treatment. */
            taxes: components["schemas"]["InvoiceTax"][];
        };
        /** @description A file that lies with an invoice. */
        InvoiceAttachment: {
            /** @description When. */
            added_at: components["schemas"]["Moment"];
            /** @description Who put it there. */
            added_by: string;
            /** @description The SHA-256 of its bytes, in hexadecimal. */
            hash: string;
            /** @description What it is. */
            media_type: string;
            /**
             * Format: int32
             * @description Its place, from one.
             */
            n: number;
            /** @description Its name. */
            name: string;
            /**
             * Format: int64
             * @description How many bytes it has.
             */
            size: number;
        };
        /** @description The files that lie with an invoice. */
        InvoiceAttachments: {
            /** @description In the order in which they were put there. */
            attachments: components["schemas"]["InvoiceAttachment"][];
        };
        /** @description What became of each. */
        InvoiceBatch: {
            /** @description draft, approve, issue or send. */
            action: string;
            /** @description The month, where it was about one. */
            month: string | null;
            /** @description One a document, and one for who has none. */
            recipients: components["schemas"]["InvoiceBatchRow"][];
            /** @description What those come to that it was done with, or had been. */
            totals: components["schemas"]["InvoiceBatchTotal"][];
        };
        /** @description What became of one. */
        InvoiceBatchRow: {
            /** @description Its currency. */
            currency: string | null;
            /** @description Who is billed. */
            for: components["schemas"]["Recipient"];
            /**
             * Format: int64
             * @description The document.
             */
            invoice: number | null;
            /** @description The number on its paper. */
            number: string | null;
            /**
             * @description drafted, approved, issued, sent, waiting (to be sent: the server could not take it yet), unchanged (done
             *     before), nothing (to do it with), failed or `not_begun` (it was stopped before).
             */
            outcome: string;
            /** @description Why. */
            reason: string | null;
            /** @description What is to be paid, or is credited: a decimal number. */
            total: string | null;
        };
        /** @description What those in one currency come to. */
        InvoiceBatchTotal: {
            /**
             * Format: int64
             * @description How many they are.
             */
            count: number;
            /** @description The currency. */
            currency: string;
            /** @description A decimal number. */
            total: string;
        };
        /** @description An invoice or a credit note, without what stands on it. */
        InvoiceBrief: {
            /** @description What the caller can do with it now: change, discard, approve, withdraw, issue, send, pay, credit, replace. */
            actions: string[];
            cost: components["schemas"]["Amount"] | null;
            /** @description The currency's code. */
            currency: string;
            /** @description When it was drafted. */
            drafted_at: components["schemas"]["Moment"];
            /**
             * Format: int32
             * @description How many days there are to pay it.
             */
            due_days: number;
            due_on: components["schemas"]["Day"] | null;
            /** @description Who is billed. */
            for: components["schemas"]["Recipient"];
            /**
             * Format: int64
             * @description Its number in this workspace, from the draft on.
             */
            id: number;
            issued_on: components["schemas"]["Day"] | null;
            /** @description invoice or `credit_note`; a credit note's amounts are positive: they are credited. */
            kind: string;
            margin: components["schemas"]["Amount"] | null;
            /** @description Printed on every page, such as "Demo data". */
            mark: string | null;
            /** @description billed or effective: what it is made of. */
            metric: string;
            /** @description What the seller has to say; on a credit note, why. */
            note: string | null;
            /** @description The number on the paper, taken at issue. */
            number: string | null;
            of: components["schemas"]["InvoiceReference"] | null;
            /** @description What is left to pay; below nothing where it was paid before it was credited. */
            open: components["schemas"]["Amount"];
            /**
             * Format: int32
             * @description By how many days it is overdue.
             */
            overdue_days: number | null;
            /** @description What was paid, less what was paid back. */
            paid: components["schemas"]["Amount"];
            /** @description The month it bills. */
            period: components["schemas"]["Month"];
            previous_total: components["schemas"]["Amount"] | null;
            /** @description The buyer's own number for it. */
            purchase_order: string | null;
            replaced_by: components["schemas"]["InvoiceReference"] | null;
            replaces: components["schemas"]["InvoiceReference"] | null;
            sent: components["schemas"]["InvoiceSent"] | null;
            /** @description draft, approved, issued, `partly_paid`, paid or credited. */
            state: string;
            /** @description The sum of the lines. */
            subtotal: components["schemas"]["Amount"];
            /** @description The tax. */
            tax: components["schemas"]["Amount"];
            /** @description The tax rate in percent; of the first treatment where there are several. */
            tax_rate: string;
            /** @description What is to be paid, or is credited. */
            total: components["schemas"]["Amount"];
            /** @description What to look at before it is issued. */
            warnings: string[];
        };
        /** @description What stands on a draft by hand; it takes the place of what stood there before. */
        InvoiceChange: {
            /**
             * Format: int32
             * @description How many days there are to pay it; the usual if absent.
             */
            due_days?: number | null;
            /** @description Lines of their own. */
            lines?: components["schemas"]["LineByHand"][];
            /** @description What the seller has to say. */
            note?: string | null;
            /** @description The buyer's own number for it. */
            purchase_order?: string | null;
        };
        /** @description A month beside the one before it. */
        InvoiceComparison: {
            /** @description The one before it. */
            before: components["schemas"]["Month"];
            /** @description The month. */
            month: components["schemas"]["Month"];
            /** @description What is marked first, then by what changed most. */
            rows: components["schemas"]["InvoiceComparisonRow"][];
            /** @description By which rule a change is marked. */
            rule: string;
        };
        /** @description One recipient's two months in one currency. */
        InvoiceComparisonRow: {
            /** @description invoices (before tax, less what was credited), or costs where there are no invoices of both months. */
            basis: string;
            before: components["schemas"]["Amount"] | null;
            /** @description This month less the one before. */
            change: components["schemas"]["Amount"];
            /** @description The currency. */
            currency: string;
            /** @description Who is billed. */
            for: components["schemas"]["Recipient"];
            /**
             * Format: int64
             * @description This month's invoice or draft.
             */
            invoice: number | null;
            now: components["schemas"]["Amount"] | null;
            /** @description Whether it is marked. */
            outlier: boolean;
            /**
             * @description The change in percent of the month before; `null` where there was nothing.
             * @example -12.5
             */
            percent: string | null;
            /** @description Why, in words. */
            why: string | null;
        };
        /** @description A credit note of it. */
        InvoiceCredit: {
            /**
             * Format: int64
             * @description Its number in this workspace.
             */
            id: number;
            issued_on: components["schemas"]["Day"] | null;
            /** @description The number on the paper. */
            number: string | null;
            /** @description What it credits. */
            total: components["schemas"]["Amount"];
        };
        /** @description The mails that an invoice went out with. */
        InvoiceDeliveries: {
            /** @description The latest first. */
            deliveries: components["schemas"]["InvoiceDelivery"][];
        };
        /** @description A mail that an invoice went out with, and what became of it. */
        InvoiceDelivery: {
            /** @description Who wanted it sent. */
            asked_by: string;
            /** @description What went with it. */
            attachments: components["schemas"]["InvoiceMailFile"][];
            /**
             * Format: int32
             * @description How often it was tried.
             */
            attempts: number;
            /** @description The channel's name. */
            channel: string;
            /** @description When. */
            created_at: components["schemas"]["Moment"];
            /** @description Why it did not. */
            error: string | null;
            /**
             * Format: int64
             * @description Its number.
             */
            id: number;
            next_attempt_at: components["schemas"]["Moment"] | null;
            sent_at: components["schemas"]["Moment"] | null;
            /** @description waiting, sent, failed (not tried any more) or dropped (not sent on purpose). */
            state: string;
            /** @description Its subject. */
            subject: string;
            /** @description To whom. */
            to: string[];
        };
        /** @description Something that was done with it. */
        InvoiceEvent: {
            /** @description When. */
            at: components["schemas"]["Moment"];
            /** @description Who did it. */
            by: string;
            /** @description drafted, changed, approved, withdrawn, issued, sent, paid, `payment_removed`, credited, attached and so on. */
            event: string;
            /** @description What there is to say about it. */
            text: string | null;
        };
        /** @description A line of an invoice. */
        InvoiceLine: {
            /** @description As the paper shows it, rounded so that the lines add up to the subtotal. */
            amount: components["schemas"]["Amount"];
            cost: components["schemas"]["Amount"] | null;
            /** @description What credit notes took back of it. */
            credited: components["schemas"]["Amount"];
            /** @description To the nano. */
            exact: components["schemas"]["Amount"];
            /** @description cost, fee, `one_off`, minimum, discount, credit or usage. */
            kind: string;
            margin: components["schemas"]["Amount"] | null;
            /**
             * Format: int32
             * @description Its place, from one.
             */
            n: number;
            /** @description How much was measured. */
            quantity: string | null;
            /** @description The resource. */
            resource: string | null;
            /** @description The service; empty where it is of none. */
            service: string;
            /**
             * Format: int32
             * @description Its tax: the place in `taxes`, from none.
             */
            tax: number;
            /** @description What stands on it in place of service and resource. */
            text: string | null;
            /** @description Of what. */
            unit: string | null;
            unit_price: components["schemas"]["Amount"] | null;
            /** @description How it was priced; only for who may issue invoices. */
            why: string | null;
        };
        /** @description A file that goes with a mail. */
        InvoiceMailFile: {
            /** @description The SHA-256 of its bytes, in hexadecimal. */
            hash: string;
            /** @description What it is. */
            media_type: string;
            /** @description Its name. */
            name: string;
            /**
             * Format: int64
             * @description How many bytes it has.
             */
            size: number;
        };
        /** @description How invoices go out. */
        InvoiceMailing: {
            /**
             * Format: int64
             * @description On which channel, of kind mail or ses; `null` is the only one there is.
             */
            channel: number | null;
            /** @description Who gets a copy of each that the others do not see. */
            copy_to?: string[];
            /** @description Where answers go, if not to the sender. */
            reply_to: string | null;
        };
        /** @description The mail that an invoice would go out with. */
        InvoiceMessage: {
            /** @description What goes with it. */
            attachments: components["schemas"]["InvoiceMailFile"][];
            /** @description Who gets a copy that the others do not see. */
            copy_to: string[];
            /** @description From whom; `null` where nothing sends mail. */
            from: string | null;
            /** @description Why it cannot go out as it is. */
            problem: string | null;
            /** @description Where an answer goes, if not to the sender. */
            reply_to: string | null;
            /** @description Its subject. */
            subject: string;
            /** @description Its text. */
            text: string;
            /** @description To whom. */
            to: string[];
        };
        /** @description A payment. */
        InvoicePayment: {
            /** @description How much; below nothing where it was paid back. */
            amount: components["schemas"]["Amount"];
            /** @description The day the money came, or went back. */
            day: components["schemas"]["Day"];
            /**
             * Format: int32
             * @description Its place, from one.
             */
            n: number;
            /** @description When. */
            recorded_at: components["schemas"]["Moment"];
            /** @description Who recorded it. */
            recorded_by: string;
            /** @description What the bank says. */
            reference: string;
            removed: components["schemas"]["PaymentRemoved"] | null;
        };
        /** @description Why something is done. */
        InvoiceReason: {
            /** @description In words. */
            reason: string;
        };
        /** @description Another document. */
        InvoiceReference: {
            /**
             * Format: int64
             * @description Its number in this workspace.
             */
            id: number;
            /** @description The number on the paper. */
            number: string | null;
        };
        /** @description Invoices. */
        Invoices: {
            /** @description How many there are in each state, whichever states were asked for; states that none is in are left out. */
            by_state: {
                [key: string]: number;
            };
            /** @description The latest month first. */
            invoices: components["schemas"]["InvoiceBrief"][];
            /**
             * Format: int64
             * @description How many there are on all pages.
             */
            total: number;
        };
        /** @description What is to be different from the usual mail. */
        InvoiceSending: {
            /** @description Whether it goes out although it went out before. */
            again?: boolean;
            /** @description Its subject. */
            subject?: string | null;
            /** @description Its text. */
            text?: string | null;
            /** @description To whom; who is billed if absent. */
            to?: string[] | null;
        };
        /** @description How far an invoice is on its way to who is billed. */
        InvoiceSent: {
            at: components["schemas"]["Moment"] | null;
            /** @description Why it did not. */
            error: string | null;
            /** @description waiting, sent, failed or dropped. */
            state: string;
            /** @description To whom. */
            to: string[];
        };
        /** @description The tax of all lines that are treated alike. */
        InvoiceTax: {
            /** @description What is taxed. */
            base: components["schemas"]["Amount"];
            /** @description standard, reduced, zero, exempt, `reverse_charge`, `intra_community`, export or `out_of_scope`. */
            category: string;
            /** @description The rate in percent. */
            rate: string;
            /** @description Why nothing is charged, in the seller's words. */
            reason: string | null;
            /** @description The tax. */
            tax: components["schemas"]["Amount"];
        };
        /** @description Whether every issued document is what was issued: the result of the job that looks, which keeps it as JSON. */
        InvoiceVerification: {
            /**
             * Format: int64
             * @description How many documents were looked at.
             */
            checked: number;
            /**
             * Format: int64
             * @description How many papers have the hash that they had.
             */
            hashes: number;
            /** @description The series of numbers. */
            numbers: components["schemas"]["VerifiedSeries"][];
            /** @description What is wrong, in sentences; empty where all is well. */
            problems: string[];
            /**
             * Format: int64
             * @description How many were rendered again to the same bytes.
             */
            rendered: number;
            /**
             * Format: int64
             * @description How many have the totals that they had.
             */
            totals: number;
        };
        /** @description A piece of long work. */
        Job: {
            /**
             * Format: int64
             * @description How much is done.
             */
            done: number;
            ended_at: components["schemas"]["Moment"] | null;
            /**
             * Format: int64
             * @description Its number.
             */
            id: number;
            /** @description import, sync and so on. */
            kind: string;
            /** @description What it does now. */
            message: string;
            problem: components["schemas"]["Problem"] | null;
            /** @description What came of it, once it is done. */
            result: Record<string, never> | null;
            /** @description When it began. */
            started_at: components["schemas"]["Moment"];
            /** @description Who started it. */
            started_by: string;
            /** @description queued, running, done, failed, cancelled or interrupted. */
            state: string;
            /** @description What it does, for people. */
            title: string;
            /**
             * Format: int64
             * @description Of how much.
             */
            total: number;
            /** @description Of what: bytes, requests. */
            unit: string;
        };
        /** @description Long work. */
        Jobs: {
            /** @description The latest first. */
            jobs: components["schemas"]["Job"][];
        };
        /** @description A new pair of keys. The private half is told this once and kept nowhere. */
        KeyPair: {
            /** @description What people compare it by. */
            fingerprint: string;
            /** @description The private half: the content of the file that its owner keeps. */
            private: string;
            /** @description The public half, a line of OpenSSH. */
            public: string;
        };
        /** @description Who is to get a pair of keys. */
        KeyPairAsk: {
            /** @description What they sign in as. */
            name: string;
        };
        /** @description A key to add. */
        KeyToAdd: {
            /** @description A line of OpenSSH. */
            key: string;
        };
        /** @description A key for programs and a label for people. */
        Labelled: {
            /** @description What identifies it. */
            key: string;
            /** @description What people call it. */
            label: string;
        };
        /** @description How the last attempt went. */
        LastAttempt: {
            /** @description When. */
            at: components["schemas"]["Moment"];
            /** @description Why it failed. */
            error: string | null;
            /** @description sent or failed. */
            state: string;
        };
        /** @description How documents look. */
        Letterhead: {
            /**
             * @description The colour of bars and marks; null is the house's blue.
             * @example #174069
             */
            brand?: string | null;
            /** @description The language of their own words: en, de, fr or es. A buyer's own language counts before it. */
            language: string;
            /** @description The SHA-256 of the logo; null without one. */
            logo?: string | null;
            /** @description a4 or letter. */
            paper: string;
        };
        /** @description What documents are to look like. */
        LetterheadDraft: {
            /**
             * @description A colour; null for the house's blue.
             * @example #174069
             */
            brand?: string | null;
            /** @description en, de, fr or es. */
            language: string;
            /** @description a4 or letter. */
            paper: string;
        };
        /** @description A line by hand. */
        LineByHand: {
            /** @description A decimal amount; below nothing where something is taken off. */
            amount: string;
            /** @description What it is for. */
            text: string;
        };
        /** @description A link to be made. */
        LinkAsk: {
            /** @description The file's path. */
            path: string;
            /**
             * Format: int32
             * @description For how many seconds it is to work: a week at most.
             */
            seconds: number;
        };
        /** @description What a rule looks at. */
        Matcher: {
            /** @enum {string} */
            kind: "resource";
            /** @description Its id. */
            value: string;
        } | {
            /** @description The tag's key. */
            key: string;
            /** @enum {string} */
            kind: "tag";
            /** @description The tag's value; `*` and `?` stand for any text and any character. */
            value: string;
        } | {
            /** @enum {string} */
            kind: "account";
            /** @description Its id. */
            value: string;
        } | {
            /** @enum {string} */
            kind: "service";
            /** @description Its name; may hold `*` and `?`. */
            value: string;
        } | {
            /** @enum {string} */
            kind: "region";
            /** @description Its id. */
            value: string;
        };
        /** @description A membership. */
        Member: {
            from: components["schemas"]["Day"] | null;
            /** @description The person's name. */
            name: string;
            /**
             * Format: int64
             * @description The person's number.
             */
            person_id: number;
            to: components["schemas"]["Day"] | null;
        };
        /** @description When somebody belongs to a team. */
        MembershipDays: {
            from?: components["schemas"]["Day"] | null;
            to?: components["schemas"]["Day"] | null;
        };
        /**
         * Format: date-time
         * @description A moment, RFC 3339 in UTC.
         * @example 2026-01-31T12:00:00Z
         */
        Moment: string;
        /**
         * @description A month, `YYYY-MM`.
         * @example 2026-01
         */
        Month: string;
        /** @description What the running month will have cost in one currency. */
        MonthEnd: components["schemas"]["Band"] & {
            /** @description The currency's code. */
            currency: string;
            /** @description How it is made, as in a forecast. */
            method: string;
        };
        /** @description How a month stands to the provider's own totals. */
        MonthState: {
            /** @description The client's name. */
            client: string;
            /** @description The month. */
            month: components["schemas"]["Month"];
            /** @description agrees, explained, unexplained or incomplete. */
            state: string;
        };
        /** @description What an owner would have. */
        MovedRow: {
            /** @description What they would have. */
            after: components["schemas"]["Amount"];
            /** @description What they have now. */
            before: components["schemas"]["Amount"];
            /** @description How much more that is. */
            moved: components["schemas"]["Amount"];
            /** @description Who; `unowned` is nobody. */
            owner: components["schemas"]["Labelled"];
        };
        /** @description Until when a budget is quiet. */
        Mute: {
            until: components["schemas"]["Moment"] | null;
        };
        /** @description A budget by its name. */
        NamedBudget: {
            /**
             * Format: int64
             * @description Its number.
             */
            id: number;
            /** @description Its name. */
            name: string;
        };
        /** @description What to do, and with which. Either `month` or `invoices`. */
        NewBatch: {
            /** @description draft, approve, issue or send. */
            action: string;
            for?: components["schemas"]["Recipients"] | null;
            /** @description With these documents, in this order; nothing is drafted so. */
            invoices?: number[] | null;
            month?: components["schemas"]["Month"] | null;
        };
        /** @description A new client. */
        NewClient: {
            /** @description Its name. */
            name: string;
        };
        /** @description A new connection. */
        NewConnection: {
            /** @description How it signs in. */
            access: components["schemas"]["Access"];
            /** @description The tag keys by which the bill is cut, separated by commas: they name the owners. */
            allocation_tag?: string | null;
            /** @description The billing account. */
            billing_account: string;
            /** @description cost_explorer. */
            kind: string;
            /** @description Its name. */
            name: string;
            /** @description The region to talk to. */
            region?: string | null;
        };
        /** @description What to credit. */
        NewCredit: {
            /** @description What a restated month no longer has, instead. */
            from_restatement?: boolean;
            /** @description Of these lines; all that is left of the invoice if absent. */
            lines?: components["schemas"]["CreditedLine"][] | null;
            /** @description Why; it stands on the credit note. */
            reason: string;
        };
        /** @description What to draft. */
        NewDrafts: {
            for?: components["schemas"]["OwnerName"] | null;
            /** @description The month. */
            month: components["schemas"]["Month"];
        };
        /** @description A FOCUS 1.2 export to be. */
        NewExport: {
            /** @description The bucket it shall be delivered to; it exists and has the policy. */
            bucket: string;
            /** @description What it shall be called. */
            name: string;
            /** @description The prefix below which it shall be delivered. */
            prefix: string;
        };
        /** @description What somebody says of something unusual. */
        NewFeedback: {
            /** @description A note. */
            note?: string;
            /**
             * @description expected (the like of it is not told again) or unexpected (watch more closely); `null` takes back what was
             *     said.
             */
            verdict: string | null;
        };
        /** @description A new person. */
        NewPerson: {
            /** @description Their address for mail. */
            email?: string | null;
            /** @description Their name. */
            name: string;
        };
        /** @description A price book to be. */
        NewPriceBook: {
            /** @description The currency of its amounts. */
            currency?: string | null;
            /** @description What it says. */
            entries: components["schemas"]["NewPriceEntry"][];
            /** @description Its name. */
            name: string;
            /** @description Why it is as it is. */
            note?: string | null;
            /**
             * @description Whose book it is: `all`, `client:NAME`, `team:NAME` or `person:NAME`. Somebody has one book; the most
             *     specific one counts.
             */
            used_for?: string[];
        };
        /** @description An entry to be: see `PriceEntry`. */
        NewPriceEntry: {
            /** @description As decimal text. */
            amount?: string | null;
            day?: components["schemas"]["Day"] | null;
            /** @description once or month; once if absent. */
            every?: string | null;
            from?: components["schemas"]["Day"] | null;
            /** @description markup, tiers, minimum, fee, one_off, credit or usage. */
            kind: string;
            /** @description What for. */
            label?: string | null;
            /** @description A percentage. */
            percent?: string | null;
            /** @description true if absent. */
            rolls_over?: boolean | null;
            /** @description `all`, `client:NAME`, `team:NAME` or `person:NAME`. */
            scope: string;
            /** @description A service, or several by a pattern with `*` and `?`. */
            service?: string | null;
            /** @description In order; the last one without an end. */
            tiers?: components["schemas"]["PriceTier"][] | null;
            to?: components["schemas"]["Day"] | null;
            /** @description gb_stored, gb_moved or user. */
            unit?: string | null;
        };
        /** @description What to reconcile. */
        NewReconciliation: {
            /** @description Only this client's: name or number. */
            client?: string | null;
            /** @description Only say what it would ask, and what that costs. */
            dry_run?: boolean;
            /** @description The month. */
            month: components["schemas"]["Month"];
        };
        /** @description Why a month is let through. */
        NewRelease: {
            /** @description Why; it stays in the trail. */
            note: string;
        };
        /** @description A new rule. */
        NewRule: {
            from?: components["schemas"]["Day"] | null;
            /** @description What must match: all of these. */
            matchers: components["schemas"]["Matcher"][];
            /** @description Why. */
            note?: string | null;
            /** @description Who owns what matches. */
            owner: components["schemas"]["OwnerName"];
            /**
             * Format: int64
             * @description Its place in the order, from 1; if absent, a rule that names a resource goes first and any
             *     other last.
             */
            position?: number | null;
            to?: components["schemas"]["Day"] | null;
        };
        /** @description How a pot is to be spread. */
        NewSharingRule: {
            /** @description even, proportional or fixed. */
            method: string;
            /** @description Why. */
            note?: string | null;
            onward?: components["schemas"]["NewTaker"] | null;
            /** @description Whose direct cost: `person:NAME`, `team:NAME` or `client:NAME`. */
            pot: string;
            /** @description Who takes part. */
            takers?: components["schemas"]["NewTaker"][];
        };
        /** @description What to sync. */
        NewSync: {
            /**
             * @description What each connection's roll-ups in Athena may cost at the most, in dollars: the person agrees to pay
             *     it. Months beyond it are not loaded.
             */
            athena_up_to?: string | null;
            /** @description Only this client: name or number. */
            client?: string | null;
            /** @description Only say what it would ask for, and what that costs. */
            dry_run?: boolean;
        };
        /** @description Who is to take part. */
        NewTaker: {
            /** @description `person:NAME`, `team:NAME` or `client:NAME`. */
            owner: string;
            /** @description The share of the whole for fixed sharing, such as 0.25; all of them are 1. */
            share?: string | null;
        };
        /** @description A table to be entered. */
        NewTaxTable: {
            /** @description The rates, whose days leave no gap. */
            rates: components["schemas"]["TaxTableRate"][];
            /** @description Where the rates are from. */
            source: string;
        };
        /** @description A new team. */
        NewTeam: {
            /** @description The client it belongs to: name or number. */
            client?: string | null;
            /** @description Its name. */
            name: string;
        };
        /** @description A point at which somebody is to be told: a percentage or an amount. */
        NewThreshold: {
            /** @description At this amount, a decimal number. */
            amount?: string | null;
            /** @description actual or forecast; actual unless said otherwise. */
            on?: string | null;
            /**
             * Format: int32
             * @description At so many percent of the limit.
             */
            percent?: number | null;
        };
        /** @description Somebody for whom no draft was made. */
        NothingToBill: {
            /** @description Who. */
            for: components["schemas"]["Recipient"];
            /** @description Why. */
            reason: string;
        };
        /** @description Charges that a rule would take over from one owner. */
        NowOwned: {
            /** @description What they add up to. */
            amount: components["schemas"]["Amount"];
            /** @description The currency's code. */
            currency: string;
            /** @description As rows of costs have it. */
            key: string;
            /** @description The name. */
            label: string;
        };
        /** @description A month at a glance. */
        Overview: {
            as_of: components["schemas"]["Day"] | null;
            /** @description What a person should look at. */
            attention: components["schemas"]["Attention"][];
            /**
             * @description Budgets that are over their limit, heading over it or near it: five at most, the most endangered
             *     first.
             */
            budgets_at_risk: components["schemas"]["BudgetBrief"][];
            /** @description What the month will have cost, while it runs; one a currency that can be forecast. */
            forecast: components["schemas"]["MonthEnd"][];
            month: components["schemas"]["Month"] | null;
            /** @description What the figures rest on. */
            periods: components["schemas"]["PeriodBrief"][];
            /** @description One a currency. */
            results: components["schemas"]["OverviewResult"][];
            /** @description What was unusual in it and is not marked as expected: five at most, the largest stake first. */
            unusual: components["schemas"]["UnusualBrief"][];
        };
        /** @description A month in one currency. */
        OverviewResult: {
            /** @description The currency's code. */
            currency: string;
            /** @description Day by day. */
            days: components["schemas"]["DayAmount"][];
            /** @description The services that cost most. */
            drivers: components["schemas"]["Driver"][];
            /** @description The people who spent most. */
            owners: components["schemas"]["Driver"][];
            /** @description What the month before cost. */
            previous_total: components["schemas"]["Amount"];
            /** @description What the month cost. */
            total: components["schemas"]["Amount"];
            /** @description What nobody owns. */
            unowned: components["schemas"]["Amount"];
        };
        /** @description Names an owner: `person:NAME`, `team:NAME`, or kind and number. */
        OwnerName: string | components["schemas"]["OwnerNumber"];
        /** @description An owner by number. */
        OwnerNumber: {
            /**
             * Format: int64
             * @description The person's or team's number.
             */
            id: number;
            /** @description person or team. */
            kind: string;
        };
        /** @description Who bills, or who is billed. */
        Party: {
            /** @description The street address, line by line. */
            address: string[];
            /** @description The bank's name. */
            bank: string | null;
            /** @description The bank's code. */
            bic: string | null;
            /** @description The city. */
            city: string | null;
            /**
             * @description The country: two letters of ISO 3166-1. Taxes go by it.
             * @example DE
             */
            country: string | null;
            /** @description The address for mail. */
            email: string | null;
            endpoint: components["schemas"]["Endpoint"] | null;
            /** @description The account that is paid to. */
            iban: string | null;
            /** @description The number in the register of companies. */
            legal_id: string | null;
            /** @description The name. */
            name: string;
            /** @description The telephone number. */
            phone: string | null;
            /** @description The post code. */
            post_code: string | null;
            /** @description State, province or canton. */
            region: string | null;
            /** @description VAT, GST or other tax id; where a country is given, of that country's form. */
            tax_id: string | null;
        };
        /** @description A payment to be recorded. */
        PaymentDraft: {
            /** @description How much; below nothing where it was paid back. */
            amount: string;
            /** @description The day the money came, or went back. */
            day: components["schemas"]["Day"];
            /** @description What the bank says. */
            reference?: string;
        };
        /** @description Why a payment no longer counts. */
        PaymentRemoved: {
            /** @description When. */
            at: components["schemas"]["Moment"];
            /** @description Who took it out. */
            by: string;
            /** @description Why. */
            reason: string;
        };
        /** @description Everybody. */
        People: {
            /** @description By name. */
            people: components["schemas"]["Person"][];
        };
        /** @description One version of a billing period. */
        Period: {
            /** @description The billing account. */
            billing_account: string;
            /** @description The billing account's name, if the bill has one. */
            billing_account_name: string | null;
            /**
             * Format: int64
             * @description How many charges they became.
             */
            charges: number;
            /** @description The client's name. */
            client: string;
            /**
             * Format: int64
             * @description The client's number.
             */
            client_id: number;
            /** @description Whether figures count it: one source counts. */
            counts: boolean;
            /** @description Whether it is what its source says now. */
            current: boolean;
            /** @description The file it came from. */
            file: string | null;
            /** @description The files it was read from, in order. */
            files: components["schemas"]["PeriodFile"][];
            /** @description The exact format, such as FOCUS 1.0. */
            format: string;
            /**
             * @description The hash of the file as it lay on the disk, such as `blake3:` and what `b3sum` prints; of several
             *     files, that of their hashes. `sha256:` where an older program has read it.
             */
            hash: string | null;
            /**
             * Format: int64
             * @description Its number in this workspace, shown as #12.
             */
            id: number;
            /**
             * Format: int64
             * @description How many lines the source had.
             */
            lines: number;
            /** @description When it was loaded. */
            loaded_at: components["schemas"]["Moment"];
            /** @description What the import noticed. */
            notes: string[];
            /**
             * Format: int32
             * @description Which part, where a bill comes in parts.
             */
            part: number;
            /** @description The month. */
            period: components["schemas"]["Month"];
            /**
             * Format: int32
             * @description The version that replaced it.
             */
            replaced_by: number | null;
            /**
             * Format: int32
             * @description The version it replaced.
             */
            replaces: number | null;
            /**
             * Format: int64
             * @description How many rows were left out.
             */
            skipped_count: number;
            /** @description Rows that were left out because the person said so, the first of them. */
            skipped_rows: components["schemas"]["BadRow"][];
            /** @description FOCUS, CUR or Cost Explorer. */
            source: string;
            /** @description estimated, pending invoice, final or corrected. */
            status: string;
            /**
             * Format: int64
             * @description How many charges were stored for it: those that its predecessor did not have already.
             */
            stored_charges: number;
            /** @description What it adds up to, one a currency. */
            totals: components["schemas"]["PeriodTotal"][];
            /**
             * Format: int32
             * @description Its number among the versions of this account and month, from 1.
             */
            version: number;
        };
        /** @description A billing period that a figure rests on. */
        PeriodBrief: {
            /** @description The billing account. */
            billing_account: string;
            /** @description The client's name. */
            client: string;
            /**
             * Format: int64
             * @description The version's number in this workspace, shown as #12.
             */
            id: number;
            /** @description When it was loaded. */
            loaded_at: components["schemas"]["Moment"];
            /** @description The month. */
            period: components["schemas"]["Month"];
            /** @description FOCUS, CUR or Cost Explorer. */
            source: string;
            /** @description estimated, pending invoice, final or corrected. */
            status: string;
            /**
             * Format: int32
             * @description Its number among the versions of this account and month, from 1.
             */
            version: number;
        };
        /** @description What became different from one version of a billing period to another. */
        PeriodDiff: {
            /** @description What the rows are. */
            by: string;
            /** @description How many charges are the same. */
            charges: components["schemas"]["ChargeDiff"];
            /** @description The version before. */
            from: components["schemas"]["Period"];
            /** @description billed or effective. */
            metric: string;
            /** @description One result a currency. */
            results: components["schemas"]["DiffResult"][];
            /** @description The version after. */
            to: components["schemas"]["Period"];
        };
        /** @description A file that a version was read from. */
        PeriodFile: {
            /**
             * Format: int64
             * @description Its size.
             */
            bytes: number;
            /**
             * Format: int64
             * @description How many lines it has.
             */
            lines: number;
            /** @description Its name. */
            name: string;
        };
        /** @description All of them. */
        Periods: {
            /** @description The latest month first; within a month the current version first. */
            periods: components["schemas"]["Period"][];
        };
        /** @description A total of a billing period. */
        PeriodTotal: {
            /** @description The basis of the provider's invoice. */
            billed: components["schemas"]["Amount"];
            /** @description The currency's code. */
            currency: string;
            /** @description Amortised. */
            effective: components["schemas"]["Amount"];
        };
        /** @description A person who can own resources. */
        Person: {
            /** @description Whether they are kept for history only. */
            archived: boolean;
            /** @description Their address for mail. */
            email: string | null;
            /**
             * Format: int64
             * @description Their number.
             */
            id: number;
            /** @description Their name. */
            name: string;
            /** @description The teams they belong to, or did. */
            team_ids: number[];
        };
        /** @description A person in a word. */
        PersonBrief: {
            /**
             * Format: int64
             * @description Their number.
             */
            id: number;
            /** @description Their name. */
            name: string;
        };
        /** @description A change of a person: what is absent stays. */
        PersonChange: {
            /** @description Keep them for history only, or not. */
            archived?: boolean | null;
            /** @description Another address; `null` takes it away. */
            email?: string | null;
            /** @description Another name. */
            name?: string | null;
        };
        /** @description What cost is charged at. */
        PriceBook: {
            /** @description When this version was made. */
            changed_at: components["schemas"]["Moment"];
            /** @description By whom. */
            changed_by: string;
            /** @description The currency of its amounts. */
            currency: string | null;
            /** @description What it says, in the order in which it was written: entries are numbered from 1. */
            entries: components["schemas"]["PriceEntry"][];
            /**
             * Format: int64
             * @description Its number.
             */
            id: number;
            /** @description Its name. */
            name: string;
            /** @description Why it is as it is. */
            note: string | null;
            /** @description Whose book it is; nobody's is a proposal. */
            used_for: components["schemas"]["PriceScope"][];
            /**
             * Format: int32
             * @description Which version: what it says never changes within one.
             */
            version: number;
        };
        /** @description Price books. */
        PriceBooks: {
            /** @description By name. */
            books: components["schemas"]["PriceBook"][];
        };
        /** @description The versions of a price book. */
        PriceBookVersions: {
            /** @description The newest first. */
            versions: components["schemas"]["PriceBook"][];
        };
        /** @description What a recipient's month comes to in one currency. */
        PricedRecipient: components["schemas"]["PriceFigures"] & {
            /** @description The book that counts now; none where cost is passed on. */
            book_now: string | null;
            /** @description Who. */
            for: components["schemas"]["PriceScope"];
            /** @description The lines under the book. */
            lines: components["schemas"]["PricedRow"][];
        };
        /** @description A line under a price book. */
        PricedRow: {
            /** @description What is charged. */
            charged: components["schemas"]["Amount"];
            /** @description What it costs the issuer. */
            cost: components["schemas"]["Amount"];
            /** @description The resource. */
            resource: string | null;
            /** @description The service. */
            service: string | null;
            /** @description What stands on it in place of service and resource. */
            text: string | null;
            /** @description Why: which entries of which book. */
            why: string;
        };
        /** @description What an entry of a price book charges. Which fields it has depends on its kind. */
        PriceEntry: {
            /** @description In the book's currency, as decimal text. */
            amount: string | null;
            day: components["schemas"]["Day"] | null;
            /** @description Of a credit: once, or every month. */
            every: string | null;
            from: components["schemas"]["Day"] | null;
            /** @description markup, tiers, minimum, fee, one_off, credit or usage. */
            kind: string;
            /** @description Of fees, one-offs and credits: what for. */
            label: string | null;
            /** @description Of a markup: a percentage, negative for a discount. */
            percent: string | null;
            /** @description Of a credit: whether what a month leaves can be used later. */
            rolls_over: boolean | null;
            /** @description Whom it is for. */
            scope: components["schemas"]["PriceScope"];
            /** @description A service, or several by a pattern; of markups, tiers and minimums. */
            service: string | null;
            /** @description Of tiers: in order. */
            tiers: components["schemas"]["PriceTier"][] | null;
            to: components["schemas"]["Day"] | null;
            /** @description Of usage: gb_stored, gb_moved or user. */
            unit: string | null;
        };
        /** @description What it comes to. */
        PriceFigures: {
            /** @description What would be charged. */
            charged: components["schemas"]["Amount"];
            /** @description What is charged by the books that count now. */
            charged_now: components["schemas"]["Amount"];
            /** @description What it costs the issuer. */
            cost: components["schemas"]["Amount"];
            /** @description The currency's code. */
            currency: string;
            /** @description What would be left to the issuer. */
            margin: components["schemas"]["Amount"];
        };
        /** @description A month under a price book. */
        PricePreview: {
            /** @description The month. */
            month: components["schemas"]["Month"];
            /** @description By name. */
            recipients: components["schemas"]["PricedRecipient"][];
            /** @description One a currency. */
            totals: components["schemas"]["PriceFigures"][];
            /** @description What the lines cannot show. */
            warnings: string[];
        };
        /** @description What to look at. */
        PricePreviewQuestion: {
            /** @description The currency of these entries. */
            currency?: string | null;
            /** @description What the book would say, in place of what it says. */
            entries?: components["schemas"]["NewPriceEntry"][] | null;
            for?: components["schemas"]["OwnerName"] | null;
            /** @description The month. */
            month: components["schemas"]["Month"];
        };
        /** @description Whom something is for. */
        PriceScope: {
            /**
             * Format: int64
             * @description The client's, team's or person's number.
             */
            id: number | null;
            /** @description all, client, team or person. */
            kind: string;
            /** @description The name. */
            label: string;
        };
        /** @description A part of a month's cost and what is added to it. */
        PriceTier: {
            /** @description A percentage. */
            percent: string;
            /** @description Up to how much of the month's cost; the last one has no end. */
            up_to: string | null;
        };
        /**
         * @description What went wrong, as `application/problem+json` (RFC 9457): a code for programs, a sentence for
         *     people, a hint, and details where there are any. Causes go to the log, never over the wire.
         */
        Problem: {
            /**
             * @description A stable code, such as `request.not-found`.
             * @example request.not-found
             */
            code: string;
            /** @description A sentence that a person can act on. */
            detail: string;
            /** @description The missing permission, the rows of the file, and so on. */
            details: Record<string, never> | null;
            /** @description What to do about it. */
            hint: string | null;
            /**
             * Format: int32
             * @description The HTTP status.
             * @example 404
             */
            status: number;
            /** @description The kind of problem in a few words. */
            title: string;
            /** @description The code as a URI. */
            type: string;
        };
        /** @description A credit note that could be drafted. */
        ProposedCredit: {
            /** @description What it would credit before tax. */
            amount: components["schemas"]["Amount"];
            /** @description The invoice. */
            invoice: components["schemas"]["InvoiceReference"];
            /** @description By line. */
            lines: components["schemas"]["ProposedLine"][];
        };
        /** @description A line of it. */
        ProposedLine: {
            /** @description What it would credit. */
            amount: components["schemas"]["Amount"];
            /** @description The resource. */
            resource: string | null;
            /** @description The service. */
            service: string;
        };
        /** @description Months in quarantine, then those that were let through. */
        Quarantined: {
            /** @description The latest month first. */
            items: components["schemas"]["QuarantinedMonth"][];
        };
        /** @description A month in quarantine. */
        QuarantinedMonth: {
            /** @description What is there. */
            actual: components["schemas"]["Amount"];
            /** @description The billing account. */
            billing_account: string;
            /** @description The client's name. */
            client: string;
            /** @description The currency's code. */
            currency: string;
            day: components["schemas"]["Day"] | null;
            /** @description What was to be expected of that day, or of the month. */
            expected: components["schemas"]["Amount"];
            /**
             * Format: int64
             * @description Its number.
             */
            id: number;
            /** @description The month. */
            period: components["schemas"]["Month"];
            /** @description leap (many times what is usual) or price (many times quantity × public price). */
            reason: string;
            released: components["schemas"]["Released"] | null;
            /** @description Since when. */
            since: components["schemas"]["Moment"];
            /** @description A sentence. */
            text: string;
        };
        /** @description Charges that changed hands. */
        Reallocated: {
            /**
             * Format: int64
             * @description How many.
             */
            charges: number;
            /** @description In which months. */
            months: components["schemas"]["Month"][];
        };
        /** @description That a file arrived: the store confirmed the checksum of the bytes that were read. */
        Receipt: {
            /** @description The bucket. */
            bucket: string;
            /**
             * Format: int64
             * @description Its size.
             */
            bytes: number;
            /** @description When the store confirmed it. */
            confirmed_at: components["schemas"]["Moment"];
            /** @description CRC-64/NVME of the whole, in base64 as S3 shows it. */
            crc64nvme: string;
            /** @description The entity tag that the store gave. */
            etag: string;
            /**
             * Format: int64
             * @description The file's number; the next page begins after the last one's.
             */
            file: number;
            /** @description Its key there. */
            key: string;
            /** @description Its path. */
            path: string;
            /** @description What is to be said of it, such as that the source changed afterwards. */
            remark: string | null;
            /** @description SHA-256 of the whole, in hexadecimal digits. */
            sha256: string;
            /** @description The version that the store gave. */
            version: string | null;
        };
        /** @description Receipts. */
        Receipts: {
            /** @description A file each. */
            receipts: components["schemas"]["Receipt"][];
        };
        /** @description What the store says of a file that arrived. */
        Rechecked: {
            /**
             * @description same: there with its size and checksum; superseded: kept as a version that is not the latest; different, gone
             *     or unknown.
             */
            outcome: string;
            /** @description What differs, or why it could not be found out. */
            what: string | null;
        };
        /** @description Who is billed. */
        Recipient: {
            /**
             * Format: int64
             * @description The person's, team's or client's number.
             */
            id: number;
            /** @description person, team or client. */
            kind: string;
            /** @description The name. */
            label: string;
        };
        /** @description Whose: everybody's of a kind, or only theirs. */
        Recipients: string | components["schemas"]["OwnerName"][];
        /** @description A billing account's month in one currency. */
        Reconciled: {
            /** @description The payer. */
            billing_account: string;
            /** @description The client. */
            client: components["schemas"]["ClientBrief"];
            /** @description The currency's code. */
            currency: string;
            /** @description What lies between the ledger and each of the others. */
            differences: components["schemas"]["Difference"][];
            /** @description What each source says: ledger, export, cost_explorer, invoice. */
            figures: components["schemas"]["Figure"][];
            /** @description What made them, as far as it was found. */
            findings: components["schemas"]["Finding"][];
            /** @description agrees, explained, unexplained or incomplete (Cost Explorer was not asked). */
            state: string;
        };
        /** @description A month's totals beside each other. */
        Reconciliation: {
            /** @description One a billing account and currency. */
            clients: components["schemas"]["Reconciled"][];
            /** @description The month. */
            month: components["schemas"]["Month"];
        };
        /** @description What reconciling would ask of AWS. */
        ReconciliationPlan: {
            /** @description The calls in words. */
            calls: string[];
            /** @description The currency's code. */
            currency: string;
            /** @description Their price. */
            price: components["schemas"]["Amount"];
            /**
             * Format: int32
             * @description Paid requests, at the least.
             */
            requests: number;
        };
        /** @description Somebody looked at it and let it through. */
        Released: {
            /** @description When. */
            at: components["schemas"]["Moment"];
            /** @description Who. */
            by: string;
            /** @description Why. */
            note: string;
        };
        /** @description A resource as the bill knows it. */
        Resource: {
            account: components["schemas"]["Account"] | null;
            /** @description What it cost in the month. */
            amount: components["schemas"]["Amount"];
            /** @description The currency's code. */
            currency: string;
            /** @description Its name. */
            name: string | null;
            owner: components["schemas"]["Labelled"] | null;
            /** @description Its region's id. */
            region: string | null;
            /** @description Its id. */
            resource: string;
            /** @description Its service. */
            service: string;
            /** @description Its tags. */
            tags: {
                [key: string]: string;
            };
        };
        /** @description A page of resources. */
        Resources: {
            as_of: components["schemas"]["Day"] | null;
            month: components["schemas"]["Month"] | null;
            /** @description This page, the most expensive first. */
            rows: components["schemas"]["Resource"][];
            /**
             * Format: int64
             * @description How many there are on all pages.
             */
            total_rows: number;
        };
        /** @description A line that is not what was billed. */
        RestatedLine: {
            /** @description By how much it is more, or less. */
            difference: components["schemas"]["Amount"];
            /** @description The resource. */
            resource: string | null;
            /** @description The service. */
            service: string;
        };
        /** @description What became of a billed month, for one recipient and currency. */
        Restatement: {
            /** @description The costs that were billed. */
            billed: components["schemas"]["Amount"];
            /** @description The credit notes that would give back what is too much; what came on top is in the month's next draft. */
            credits: components["schemas"]["ProposedCredit"][];
            /** @description The currency of the costs. */
            currency: string;
            /** @description By how much they are more, or less. */
            difference: components["schemas"]["Amount"];
            /** @description Whom it was billed to. */
            for: components["schemas"]["Recipient"];
            /** @description Every line that is not what was billed. */
            lines: components["schemas"]["RestatedLine"][];
            /** @description The costs as they are now, less what is billed to others. */
            now: components["schemas"]["Amount"];
        };
        /** @description Months that changed after they were billed. */
        Restatements: {
            /** @description One a recipient and currency. */
            restatements: components["schemas"]["Restatement"][];
        };
        /** @description What the months to come cost of one row. */
        RowForecast: {
            backtest: components["schemas"]["ForecastBacktest"] | null;
            /** @description What identifies it. */
            key: string;
            /** @description What people call it. */
            label: string;
            /** @description How it is made: seasonal_naive, ets, mstl, theta, calendar, yearly or blend; none if there is none. */
            method: string;
            /** @description The running month and those after it. */
            months: components["schemas"]["ForecastMonth"][];
            /** @description Why there is none. */
            reason: string | null;
            /** @description What the running month cost so far. */
            so_far: components["schemas"]["Amount"];
        };
        /** @description An ownership rule. */
        Rule: {
            from: components["schemas"]["Day"] | null;
            /**
             * Format: int64
             * @description Its number.
             */
            id: number;
            /** @description What must match: all of these. */
            matchers: components["schemas"]["Matcher"][];
            /** @description Why. */
            note: string | null;
            /** @description Who owns what matches. */
            owner: components["schemas"]["RuleOwner"];
            /**
             * Format: int64
             * @description Its place in the order, from 1.
             */
            position: number;
            /** @description What it matches, in words. */
            text: string;
            to: components["schemas"]["Day"] | null;
        };
        /** @description A rule in a few words. */
        RuleBrief: {
            /**
             * Format: int64
             * @description Its number.
             */
            id: number;
            /** @description What it matches. */
            text: string;
        };
        /** @description A change of a rule: what is absent stays. */
        RuleChange: {
            from?: components["schemas"]["Day"] | null;
            /** @description Other conditions. */
            matchers?: components["schemas"]["Matcher"][] | null;
            /** @description Another note; `null` takes it away. */
            note?: string | null;
            owner?: components["schemas"]["OwnerName"] | null;
            /**
             * Format: int64
             * @description Another place in the order, from 1.
             */
            position?: number | null;
            to?: components["schemas"]["Day"] | null;
        };
        /** @description A rule's owner. */
        RuleOwner: {
            /**
             * Format: int64
             * @description The person's, team's or client's number.
             */
            id: number;
            /** @description As rows of costs have it. */
            key: string;
            /** @description person, team or client. */
            kind: string;
            /** @description The name. */
            label: string;
        };
        /** @description What a rule would change. */
        RulePreview: {
            /** @description What they add up to, one a currency. */
            amounts: components["schemas"]["CurrencyAmount"][];
            /**
             * Format: int64
             * @description How many charges it would own.
             */
            charges: number;
            /** @description Who owns them now; nobody's are under `unowned`. */
            now_owned_by: components["schemas"]["NowOwned"][];
        };
        /** @description All rules. */
        Rules: {
            /** @description In order. */
            rules: components["schemas"]["Rule"][];
        };
        /** @description A run of a schedule. */
        Run: {
            /**
             * Format: int32
             * @description The first is 1.
             */
            attempt: number;
            ended_at: components["schemas"]["Moment"] | null;
            /**
             * Format: int64
             * @description Its number.
             */
            id: number;
            /**
             * Format: int64
             * @description The long work that it began.
             */
            job: number | null;
            /** @description When it was to be. */
            planned_at: components["schemas"]["Moment"];
            retry_at: components["schemas"]["Moment"] | null;
            /** @description When it began. */
            started_at: components["schemas"]["Moment"];
            /** @description running, done, failed, missed, or waiting: what it needs is not there yet. */
            state: string;
            /** @description What came of it, in words. */
            text: string | null;
        };
        /** @description The runs of a schedule. */
        Runs: {
            /** @description The latest first. */
            runs: components["schemas"]["Run"][];
        };
        /** @description When something is done by itself. */
        Schedule: {
            /**
             * @description Minute, hour, day of the month, month, day of the week, as cron has them.
             * @example 0 6 * * *
             */
            cron: string;
            /** @description Whether it is done at all. */
            enabled: boolean;
            for: components["schemas"]["ScheduledFor"] | null;
            /** @description Its word: budgets, sync-3. */
            id: string;
            /** @description What it does, for people. */
            label: string;
            last_run: components["schemas"]["Run"] | null;
            next_run: components["schemas"]["Moment"] | null;
            /** @description Whether that is a zone of its own, not the workspace's. */
            own_zone: boolean;
            /** @description The times in words. */
            words: string;
            /** @description The zone of the times, such as Europe/Vienna. */
            zone: string;
        };
        /** @description When something shall be done. */
        ScheduleChange: {
            /** @description Minute, hour, day of the month, month, day of the week, as cron has them. */
            cron: string;
            /** @description Whether it is done at all. */
            enabled: boolean;
            for?: components["schemas"]["Recipients"] | null;
            /** @description The zone of the times; `null` follows the workspace's. */
            zone: string | null;
        };
        /** @description Whom a schedule is about. */
        ScheduledFor: string | components["schemas"]["Recipient"][];
        /** @description What is done by itself. */
        Schedules: {
            /** @description One a connection, then the others. */
            schedules: components["schemas"]["Schedule"][];
        };
        /** @description What a budget is to be about. */
        ScopeDraft: {
            /** @description The person, team or client: name or number. */
            id?: string | null;
            /** @description The tag's key. */
            key?: string | null;
            /** @description all, person, team, client, tag or service. */
            kind: string;
            /** @description The tag's value, or the service's name. */
            value?: string | null;
        };
        /** @description What came of sending. */
        Sent: {
            /** @description Notices that are not tried any more. */
            failed: number;
            /** @description Notices that were taken. */
            sent: number;
            /** @description Notices that are tried again. */
            waiting: number;
        };
        /** @description Who is signed in, and to what. */
        Session: {
            /** @description The moment it is by the program's clock, which a rehearsal may have moved. */
            now: components["schemas"]["Moment"];
            /** @description What the role may do. */
            permissions: string[];
            /** @description Their role. */
            role: string;
            /** @description The person's name. */
            user: string;
            /** @description The open workspace. */
            workspace: components["schemas"]["SessionWorkspace"];
        };
        /** @description The open workspace. */
        SessionWorkspace: {
            /** @description Whether everything in it is demo data. */
            demo: boolean;
            /** @description Its identity. */
            id: string;
            /** @description What to write on everything made from it. */
            mark: string | null;
            /** @description Its name. */
            name: string;
            /** @description The program's version. */
            version: string;
            /** @description The zone of screens and invoice dates. */
            zone: string;
        };
        /** @description Settings of the workspace. */
        Settings: {
            /**
             * @description From how much at stake on something unusual is told to people: whole units of the bill's currency.
             * @example 100
             */
            anomaly_alert_from: string;
            /**
             * @description What numbers of credit notes begin with.
             * @example CN
             */
            credit_note_series: string;
            /** @description Whether an invoice is approved by somebody who had no hand in its draft. */
            four_eyes: boolean;
            /**
             * Format: int32
             * @description How much memory reading a bill may take, in MiB, before it goes on on disk.
             * @example 256
             */
            import_memory_mib: number;
            /** @description billed or effective: what invoices are made of. */
            invoice_metric: string;
            /** @description What invoice numbers begin with. */
            invoice_series: string;
            /** @description The workspace's name. */
            name: string;
            /**
             * Format: int32
             * @description How many days an invoice may take to be paid.
             */
            payment_days: number;
            /** @description Who sends the invoices. */
            seller: components["schemas"]["Party"];
            /**
             * @description The tax rate in percent, as decimal text.
             * @example 20
             */
            tax_rate: string;
            /** @description The zone of screens and invoice dates, such as Europe/Vienna. */
            zone: string;
        };
        /** @description Settings of a channel to be. */
        SettingsDraft: {
            /** @description slack, teams, webhook: whether the address may lead into a private network. */
            allow_private?: boolean | null;
            /** @description mail: an authority in PEM that is trusted besides this computer's own. */
            certificate?: string | null;
            /**
             * Format: int64
             * @description ses, sms: the connection whose credentials send.
             */
            connection?: number | null;
            /** @description mail, ses: from whom. */
            from?: string | null;
            /** @description mail: the server. Elsewhere it is taken from the address. */
            host?: string | null;
            /**
             * Format: int32
             * @description mail: its port; 465, or 587 with starttls, if none is given.
             */
            port?: number | null;
            /** @description ses, sms: the region, if it is not the connection's. */
            region?: string | null;
            /** @description mail: tls, starttls or none (only to this computer, and without a password). */
            security?: string | null;
            /** @description sms: the name shown as sender. */
            sender_id?: string | null;
            /** @description mail, ses: addresses. sms: numbers such as +431234567. */
            to?: string[] | null;
            /** @description webhook: the whole address. It is never told; a change without one keeps the one that is there. */
            url?: string | null;
            /** @description mail: who signs in. */
            user?: string | null;
        };
        /** @description A step of setting up. */
        SetupStep: {
            /** @description When that was so. */
            at: components["schemas"]["Moment"];
            /** @description Why it, or its undoing, failed. */
            error: string | null;
            /** @description begun, done, failed, undoing or undone. */
            state: string;
            /** @description server, key, bucket, role or folder. */
            step: string;
        };
        /** @description Somebody was signed in. */
        SftpSession: {
            /** @description From where. */
            address: string | null;
            began: components["schemas"]["Moment"] | null;
            ended: components["schemas"]["Moment"] | null;
            /** @description Its id. */
            id: string;
            /** @description With which program. */
            program: string | null;
            /** @description Who. */
            user: string | null;
        };
        /** @description A file was sent or fetched. */
        SftpTransfer: {
            /** @description When. */
            at: components["schemas"]["Moment"];
            /**
             * Format: int64
             * @description How much was sent.
             */
            bytes_in: number;
            /**
             * Format: int64
             * @description How much was fetched.
             */
            bytes_out: number;
            /** @description Whether it came through whole. */
            is_whole: boolean;
            /** @description Which file. */
            path: string;
            /** @description Who. */
            user: string | null;
        };
        /** @description What everybody has once pots are spread. */
        SharedCosts: {
            /** @description One a currency: currencies are never added. */
            results: components["schemas"]["SharedResult"][];
        };
        /** @description What a pot held. */
        SharedPot: {
            /** @description How much. */
            amount: components["schemas"]["Amount"];
            /** @description Whether it was spread evenly because no taker owns anything that it could follow. */
            fell_back_to_even: boolean;
            /** @description Whose. */
            owner: components["schemas"]["Labelled"];
        };
        /** @description What everybody has in one currency. */
        SharedResult: {
            /** @description The currency's code. */
            currency: string;
            /** @description What was spread. */
            pots: components["schemas"]["SharedPot"][];
            /** @description One an owner, the largest first; `unowned` is nobody. */
            rows: components["schemas"]["SharedRow"][];
            /** @description The bill, which all rows add up to. */
            total: components["schemas"]["Amount"];
        };
        /** @description What one owner has. */
        SharedRow: {
            /** @description What is owned directly. */
            direct: components["schemas"]["Amount"];
            /** @description Who. */
            owner: components["schemas"]["Labelled"];
            /** @description What came from pots. */
            shared: components["schemas"]["Amount"];
            /** @description Both. */
            total: components["schemas"]["Amount"];
        };
        /** @description What a rule would move in one currency. */
        SharingMove: {
            /** @description The currency's code. */
            currency: string;
            /** @description Whether it would be spread evenly because no taker owns anything that it could follow. */
            fell_back_to_even: boolean;
            /** @description What the pot holds. */
            pot: components["schemas"]["Amount"];
            /** @description Whoever would have more or less, the largest change first. All changes together are nothing. */
            rows: components["schemas"]["MovedRow"][];
        };
        /** @description What a rule would move. */
        SharingPreview: {
            /** @description One a currency. */
            results: components["schemas"]["SharingMove"][];
        };
        /** @description How one pot is spread. */
        SharingRule: {
            /**
             * Format: int64
             * @description Its number.
             */
            id: number;
            /** @description even, proportional (to what each taker owns) or fixed. */
            method: string;
            /** @description Why. */
            note: string | null;
            onward: components["schemas"]["Taker"] | null;
            /** @description Whose direct cost is spread. */
            pot: components["schemas"]["Labelled"];
            /** @description Who takes part. */
            takers: components["schemas"]["Taker"][];
        };
        /** @description Shared cost. */
        SharingRules: {
            /** @description In the order in which they were made. */
            rules: components["schemas"]["SharingRule"][];
        };
        /** @description Somebody failed to sign in. */
        SignInFailure: {
            /** @description From where. */
            address: string | null;
            /** @description When. */
            at: components["schemas"]["Moment"];
            /** @description What the server said. */
            message: string;
            /** @description Under which name. */
            user: string | null;
        };
        /** @description Until when an alert is put off. */
        Snooze: {
            /** @description Until then. */
            until: components["schemas"]["Moment"];
        };
        /** @description Which export a connection shall load. */
        SourceChoice: {
            /** @description Its ARN, or its name; `null` asks Cost Explorer again. */
            export: string | null;
        };
        /** @description A person's month. */
        Statement: {
            as_of: components["schemas"]["Day"] | null;
            /** @description Which. */
            month: components["schemas"]["Month"];
            /** @description Whose. */
            person: components["schemas"]["PersonBrief"];
            /** @description One a currency. */
            results: components["schemas"]["StatementResult"][];
        };
        /** @description A resource in a person's month. */
        StatementResource: {
            /** @description What it cost. */
            amount: components["schemas"]["Amount"];
            /** @description Its name. */
            name: string | null;
            /** @description Its id, if the bill names one. */
            resource: string | null;
        };
        /** @description A person's month in one currency. */
        StatementResult: {
            /** @description The currency's code. */
            currency: string;
            /** @description What they spent the month before. */
            previous_total: components["schemas"]["Amount"];
            /** @description By service, the largest first. */
            services: components["schemas"]["StatementService"][];
            /** @description What they spent. */
            total: components["schemas"]["Amount"];
        };
        /** @description A service in a person's month. */
        StatementService: {
            /** @description What it cost. */
            amount: components["schemas"]["Amount"];
            /** @description What it cost the month before. */
            previous: components["schemas"]["Amount"];
            /** @description By resource, the largest first. */
            resources: components["schemas"]["StatementResource"][];
            /** @description The service. */
            service: string;
        };
        /** @description A limit, and what it rests on. */
        Suggestion: {
            amount: components["schemas"]["Amount"] | null;
            /** @description The currency's code. */
            currency: string;
            /** @description What each of the last whole periods cost. */
            periods: components["schemas"]["SuggestionPeriod"][];
            /** @description Why, in a sentence. */
            text: string;
        };
        /** @description What a period cost. */
        SuggestionPeriod: {
            /** @description What it cost. */
            amount: components["schemas"]["Amount"];
            /** @description The first day. */
            from: components["schemas"]["Day"];
            /** @description The last day. */
            to: components["schemas"]["Day"];
        };
        /** @description What a sync of one connection would ask AWS for. */
        SyncPlan: {
            /**
             * Format: int64
             * @description How many bytes they have.
             */
            bytes: number;
            /** @description The requests in words. */
            calls: string[];
            /** @description The client's name. */
            client: string;
            /** @description The connection's name. */
            connection: string;
            /** @description The currency's code. */
            currency: string;
            /**
             * Format: int64
             * @description How many files of an export are read.
             */
            files: number;
            /** @description The first day. */
            from: components["schemas"]["Day"];
            /**
             * Format: int32
             * @description How many paid requests at the least.
             */
            least: number;
            /** @description What AWS charges for about that many. */
            price: components["schemas"]["Amount"];
            /** @description What else AWS charges for, in words. */
            price_text: string | null;
            /** @description Why these days. */
            reason: string;
            /**
             * Format: int32
             * @description About how many paid requests; how long the answers are shows only when they come.
             */
            requests: number;
            /** @description cost_explorer or export. */
            source: string;
            /** @description The last day. */
            to: components["schemas"]["Day"];
        };
        /** @description What a sync would ask AWS for. */
        SyncPlans: {
            athena_up_to: components["schemas"]["Amount"] | null;
            /** @description One a connection. */
            plans: components["schemas"]["SyncPlan"][];
        };
        /** @description A table that can be had as a file. */
        TableBrief: {
            /** @description Its columns; costs have one more a day or month where they are asked for. */
            columns: components["schemas"]["TableColumn"][];
            /** @description Its name in the address: `/exports/tables/NAME`. */
            name: string;
            /** @description What it is called. */
            title: string;
        };
        /** @description A column of a table. */
        TableColumn: {
            /** @description text, currency, day, moment, money, quantity, percent or count. */
            kind: string;
            /** @description What it is called. */
            title: string;
        };
        /** @description Which tables there are. */
        Tables: {
            /** @description In the order of the places that show them. */
            tables: components["schemas"]["TableBrief"][];
        };
        /** @description Who takes part. */
        Taker: {
            /** @description Who. */
            owner: components["schemas"]["Labelled"];
            /** @description The share of the whole where it is fixed, as decimal text. */
            share: string | null;
        };
        /** @description How somebody is taxed, said by a person. */
        TaxOverride: {
            /** @description standard, reduced, zero, exempt, `reverse_charge`, `intra_community`, export or `out_of_scope`. */
            category: string;
            /** @description Why nothing is charged, as the document states it. */
            reason: string | null;
        };
        /** @description How some lines are taxed where the usual rate would be charged. */
        TaxRule: {
            /** @description standard, reduced, zero or exempt. */
            category: string;
            /** @description The kind of line that it is for: cost, fee, `one_off`, minimum, discount, credit or usage. */
            kind: string | null;
            /** @description Why no tax is charged, in words for the buyer; an exemption needs one. */
            reason: string | null;
            /** @description The services that it is for; `*` and `?` stand for any characters. Either services or a kind. */
            service: string | null;
        };
        /** @description Exceptions from the usual rate of the seller's country. */
        TaxRules: {
            /** @description The first that holds for a line counts. */
            rules: components["schemas"]["TaxRule"][];
        };
        /** @description The tax rates of one country. */
        TaxTable: {
            /** @description When they were written down. */
            checked_on: components["schemas"]["Day"];
            /** @description Two letters of ISO 3166-1. */
            country: string;
            /** @description Whether a person entered it; else it is the program's. */
            own: boolean;
            /** @description By region, category and day. */
            rates: components["schemas"]["TaxTableRate"][];
            /** @description Where the rates are from. */
            source: string;
        };
        /** @description A rate and the days on which it holds. */
        TaxTableRate: {
            /** @description standard, reduced, zero or `out_of_scope`, which says that the country has no such tax. */
            category: string;
            from: components["schemas"]["Day"] | null;
            /**
             * @description The rate in percent, as decimal text.
             * @example 19
             */
            percent: string;
            /** @description The region it is for; the whole country if absent. */
            region: string | null;
            to: components["schemas"]["Day"] | null;
        };
        /** @description Tables of tax rates. */
        TaxTables: {
            /** @description By country. */
            tables: components["schemas"]["TaxTable"][];
        };
        /** @description A team. */
        Team: {
            /** @description Whether it is kept for history only. */
            archived: boolean;
            /**
             * Format: int64
             * @description The client it belongs to.
             */
            client_id: number | null;
            /**
             * Format: int64
             * @description Its number.
             */
            id: number;
            /** @description Who belongs to it, now and in the past. */
            members: components["schemas"]["Member"][];
            /** @description Its name. */
            name: string;
        };
        /** @description A change of a team: what is absent stays. */
        TeamChange: {
            /** @description Keep it for history only, or not. */
            archived?: boolean | null;
            /** @description Another client, name or number; `null` takes it away. */
            client?: string | null;
            /** @description Another name. */
            name?: string | null;
        };
        /** @description All teams. */
        Teams: {
            /** @description By name. */
            teams: components["schemas"]["Team"][];
        };
        /** @description A customer who sends and fetches files by SFTP. */
        Tenant: {
            /** @description The role by which they reach the account that it lies in, if that is another. */
            assume_role: string | null;
            /** @description The bucket of its files. */
            bucket: string;
            /** @description The client it belongs to. */
            client: string | null;
            /**
             * Format: int64
             * @description Whose credentials set it up.
             */
            connection: number;
            /** @description When it was asked for. */
            created_at: components["schemas"]["Moment"];
            /**
             * Format: int64
             * @description Its number.
             */
            id: number;
            isolation: components["schemas"]["TenantIsolation"] | null;
            /** @description own or shared: what its files are encrypted with. */
            key: string;
            /**
             * Format: int64
             * @description What it moved this month, in bytes.
             */
            moved_bytes: number;
            /** @description Its name. */
            name: string;
            /** @description Where its keys begin; empty if the bucket is its own. */
            prefix: string;
            /** @description How much it may use. */
            quota: components["schemas"]["TenantQuota"];
            /** @description Where it lies. */
            region: string;
            /**
             * Format: int32
             * @description After how many days a key is overdue.
             */
            rotate_days: number | null;
            server: components["schemas"]["TenantServer"] | null;
            /** @description Its name in what AWS is told. */
            slug: string;
            /** @description within, near or reached: how it stands to its quota. */
            standing: string;
            /** @description creating, active, suspended, deleting or deleted. */
            state: string;
            /** @description The steps of setting it up that were ever begun, in order. */
            steps: components["schemas"]["SetupStep"][];
            /** @description Whether a limit has stopped writing. */
            stopped: boolean;
            /**
             * Format: int64
             * @description What it keeps, as measured last, in bytes.
             */
            stored_bytes: number;
            /**
             * Format: int64
             * @description How many users it has.
             */
            users: number;
        };
        /** @description What a tenant's users did. */
        TenantActivity: {
            /** @description Who failed to sign in under the name of a user, the latest first. */
            failures: components["schemas"]["SignInFailure"][];
            /** @description Who was signed in, the latest first. */
            sessions: components["schemas"]["SftpSession"][];
            /** @description The files that were sent and fetched, the latest first. */
            transfers: components["schemas"]["SftpTransfer"][];
            /**
             * Format: int64
             * @description Lines of the log that cannot be read.
             */
            unread: number;
        };
        /** @description A tenant to be. */
        TenantDraft: {
            /** @description The role by which they reach the account that it is to lie in, if that is another. */
            assume_role?: string | null;
            /** @description The bucket, if it is not to be named by the program. */
            bucket?: string | null;
            /** @description The client it belongs to: name or number. */
            client?: string | null;
            /**
             * Format: int64
             * @description Whose credentials set it up; the only connection there is if none is given.
             */
            connection?: number | null;
            /** @description own or shared; own needs a bucket of its own, and is usual there. */
            key?: string | null;
            /** @description Its name. */
            name: string;
            /** @description Whether it gets a bucket of its own; else a prefix of the one that tenants share. */
            own_bucket?: boolean;
            /** @description The prefix in a shared bucket, which ends with /; its short name if none is given. */
            prefix?: string | null;
            quota?: components["schemas"]["TenantQuota"] | null;
            /** @description Where it lies; the connection's region if none is given. */
            region?: string | null;
            /**
             * Format: int32
             * @description After how many days a key is overdue.
             */
            rotate_days?: number | null;
            /** @description The server at AWS that it is to move in with; the one that the program keeps if none is named. */
            server?: string | null;
            /** @description Its name in what AWS is told: 3 to 32 of a-z, 0-9 and hyphens; made from its name if none is given. */
            slug?: string | null;
        };
        /** @description A difference between what was set up and what is there. */
        TenantDrift: {
            /** @description What is there. */
            found: string;
            /** @description server, key, bucket, role, or the user's name after "user ". */
            part: string;
            /** @description What was set up. */
            wanted: string;
            /** @description In what. */
            what: string;
        };
        /** @description What at AWS is not as it was set up. */
        TenantDrifts: {
            /** @description One difference each. */
            drifts: components["schemas"]["TenantDrift"][];
        };
        /** @description What of a tenant can be changed at any time. */
        TenantEdit: {
            /** @description The client it belongs to: name or number. */
            client: string | null;
            /** @description Its name. */
            name: string;
            /**
             * Format: int32
             * @description After how many days a key is overdue.
             */
            rotate_days: number | null;
        };
        /** @description A file. */
        TenantFile: {
            /**
             * Format: int64
             * @description Its size.
             */
            bytes: number;
            /** @description When it came. */
            modified: components["schemas"]["Moment"];
            /** @description Its path within the tenant's place. */
            path: string;
        };
        /** @description What is in a folder. */
        TenantFiles: {
            /** @description Where to go on: there is more. */
            continuation: string | null;
            /** @description The files in it. */
            files: components["schemas"]["TenantFile"][];
            /** @description The folders in it, by their paths. */
            folders: string[];
        };
        /** @description What came of trying to leave a tenant's place. */
        TenantIsolation: {
            /** @description When it was tried. */
            at: components["schemas"]["Moment"];
            /**
             * @description What was tried, and what became of it: who, what, target, foreign (whether it was to be refused), outcome
             *     (refused, went through or unclear), as_it_should, detail.
             */
            attempts: Record<string, never>[];
            /** @description Whether everything that should be refused was refused, and nothing else. */
            holds: boolean;
        };
        /** @description A broken upload. */
        TenantLeftover: {
            /** @description When it was begun. */
            begun: components["schemas"]["Moment"];
            /**
             * Format: int64
             * @description How much that is.
             */
            bytes: number;
            /**
             * Format: int64
             * @description How many parts arrived.
             */
            parts: number;
            /** @description Which file it was to be. */
            path: string;
        };
        /** @description What broken uploads left behind: it is paid for until it is cleaned. */
        TenantLeftovers: {
            /**
             * Format: int64
             * @description How much all of them hold.
             */
            bytes: number;
            /** @description The currency of the price. */
            currency: string;
            /** @description An upload each; those that are under way are among them. */
            leftovers: components["schemas"]["TenantLeftover"][];
            /** @description About what keeping that costs a month, at S3's list price in us-east-1. */
            price: components["schemas"]["Amount"];
        };
        /** @description What mending came to. */
        TenantMended: {
            /** @description What was found before. */
            found: components["schemas"]["TenantDrift"][];
            /** @description What is left: somebody has to look at it. */
            left: components["schemas"]["TenantDrift"][];
        };
        /** @description How much a tenant may use. */
        TenantQuota: {
            /**
             * Format: int64
             * @description How much it may move in and out in a month, in bytes.
             */
            moved_bytes: number | null;
            /** @description Whether a limit stops writing. */
            stop?: boolean;
            /**
             * Format: int64
             * @description How much it may keep, in bytes.
             */
            stored_bytes: number | null;
            /**
             * Format: int32
             * @description At which part of a limit it is told, in per cent.
             */
            warn_percent?: number;
        };
        /** @description What removing a tenant would take away. */
        TenantRemoval: {
            /**
             * Format: int64
             * @description How many bytes all of them take.
             */
            bytes: number;
            /** @description Its own key, if it has one. */
            key: string | null;
            /**
             * Format: int32
             * @description For how many days AWS keeps that key before it is gone for good, where files are erased.
             */
            key_pending_days: number;
            /**
             * Format: int64
             * @description How many files it keeps.
             */
            objects: number;
            /** @description Its role, if it has one. */
            role: string | null;
            /** @description Whether the server goes too, since nobody else uses it. */
            server: boolean;
            /**
             * Format: int64
             * @description How many uploads were never finished.
             */
            unfinished: number;
            /** @description Its users. */
            users: string[];
            /**
             * Format: int64
             * @description How many older versions, and files that were removed and could be taken back.
             */
            versions: number;
        };
        /** @description All tenants that are there. */
        Tenants: {
            /** @description By name. */
            tenants: components["schemas"]["Tenant"][];
        };
        /** @description The server that a tenant's users sign in to. */
        TenantServer: {
            /** @description Whether addresses can be kept out, and by what means. */
            addresses: string;
            /** @description PUBLIC or VPC. */
            endpoint_type: string;
            /** @description Where to sign in. */
            host: string;
            /** @description Its id at AWS. */
            id: string;
        };
        /** @description What a tenant used in a month. */
        TenantUsage: {
            bill: components["schemas"]["UsageBeside"] | null;
            /** @description The days that were measured. */
            days: components["schemas"]["TenantUsageDay"][];
        };
        /** @description What a tenant used on a day. */
        TenantUsageDay: {
            /** @description The day, in UTC. */
            day: components["schemas"]["Day"];
            /**
             * Format: int64
             * @description What was fetched.
             */
            downloaded_bytes: number;
            /**
             * Format: int64
             * @description How many files were sent, fetched or changed.
             */
            requests: number;
            /**
             * Format: int64
             * @description What was kept at the end of it, in bytes.
             */
            stored_bytes: number;
            /**
             * Format: int64
             * @description What was sent.
             */
            uploaded_bytes: number;
            /**
             * Format: int32
             * @description How many users could sign in.
             */
            users: number;
        };
        /** @description Somebody, or some program, that signs in by SFTP. */
        TenantUser: {
            /** @description Whether AWS was told all of it; if not, mending tells it. */
            applied: boolean;
            /** @description Since when they are there. */
            created_at: components["schemas"]["Moment"];
            /** @description Whether that day is over. */
            expired: boolean;
            expires: components["schemas"]["Day"] | null;
            /** @description Their keys, the oldest first. */
            keys: components["schemas"]["TenantUserKey"][];
            /** @description What they sign in as. */
            name: string;
            /** @description read-only, upload-only or admin. */
            role: string;
            /** @description Whether they can sign in today. */
            signs_in: boolean;
            /** @description active or suspended. */
            state: string;
        };
        /** @description A tenant's user to be. */
        TenantUserDraft: {
            expires?: components["schemas"]["Day"] | null;
            /** @description Public keys, a line of OpenSSH each: ed25519, ECDSA, or RSA of 3072 bits at least. */
            keys?: string[];
            /** @description What they sign in as: 3 to 100 of a-z, A-Z, 0-9, _ @ . and -. */
            name: string;
            /** @description read-only, upload-only or admin. */
            role: string;
            /** @description active or suspended; active if nothing is said. */
            state?: string | null;
        };
        /** @description What a tenant's user is to be; what they sign in as stays. */
        TenantUserEdit: {
            expires: components["schemas"]["Day"] | null;
            /** @description All their public keys. */
            keys: string[];
            /** @description read-only, upload-only or admin. */
            role: string;
            /** @description active or suspended. */
            state: string;
        };
        /** @description A key that somebody can sign in with. */
        TenantUserKey: {
            /** @description Since when it is theirs. */
            added_at: components["schemas"]["Moment"];
            /** @description ed25519, ecdsa or rsa. */
            algorithm: string;
            /**
             * Format: int32
             * @description How long it is.
             */
            bits: number;
            /** @description What its owner wrote behind it. */
            comment: string;
            /**
             * @description What people compare it by.
             * @example SHA256:XGFTi0l3lZzxSeIis7NaGDYhW4ueYw1MhFJY4Fzpfbs
             */
            fingerprint: string;
            /**
             * Format: int32
             * @description By how many days it is older than the tenant allows.
             */
            overdue_days: number | null;
            /** @description The key as OpenSSH writes it. */
            text: string;
        };
        /** @description A tenant's users. */
        TenantUsers: {
            /** @description By name. */
            users: components["schemas"]["TenantUser"][];
        };
        /** @description Files on their way, or that were. */
        Transfer: {
            /**
             * Format: int64
             * @description Their bytes.
             */
            bytes: number;
            /**
             * Format: int64
             * @description Bytes that the store confirmed.
             */
            bytes_done: number;
            /**
             * Format: int64
             * @description Files that wait for an answer, since something else is in the way.
             */
            clashes: number;
            /** @description When it was begun. */
            created_at: components["schemas"]["Moment"];
            /** @description up or down. */
            direction: string;
            ended_at: components["schemas"]["Moment"] | null;
            /**
             * Format: int64
             * @description Files known so far.
             */
            files: number;
            /**
             * Format: int64
             * @description Files that arrived.
             */
            files_done: number;
            /**
             * Format: int64
             * @description Files that did not arrive.
             */
            files_failed: number;
            /**
             * Format: int64
             * @description Files left out, with a reason.
             */
            files_skipped: number;
            /**
             * Format: int64
             * @description Its number.
             */
            id: number;
            /**
             * Format: int64
             * @description At most so many bytes a second.
             */
            limit: number | null;
            /** @description low, usual or high. */
            priority: string;
            /** @description Why it stopped. */
            reason: string | null;
            /** @description Who began it. */
            started_by: string;
            /** @description waiting, running, paused, done, failed or cancelled. */
            state: string;
            /**
             * Format: int64
             * @description The tenant.
             */
            tenant: number | null;
            /** @description What it is, for people. */
            title: string;
            /** @description Whether all files are known. */
            walked: boolean;
        };
        /** @description A file of a transfer, and how it stands. */
        TransferFile: {
            /**
             * Format: int64
             * @description Its size.
             */
            bytes: number;
            /** @description A stable word for why it is where it is. */
            code: string | null;
            /**
             * Format: int64
             * @description Its number; the next page begins after the last one's.
             */
            file: number;
            /** @description The key that it has or is to have; none if it can have none. */
            key: string | null;
            /** @description Its path, from what was chosen on; empty for a file that was chosen itself. */
            path: string;
            /** @description Why it is where it is. */
            reason: string | null;
            /** @description waiting, underway, completing, done, skipped, clash, failed or cancelled. */
            state: string;
        };
        /** @description Files of a transfer. */
        TransferFiles: {
            /** @description In the order in which they were found, a thousand at once. */
            files: components["schemas"]["TransferFile"][];
        };
        /** @description How fast one transfer may be. */
        TransferLimit: {
            /**
             * Format: int64
             * @description Bytes per second; none: as fast as the line.
             */
            limit: number | null;
        };
        /** @description How fast all transfers together may be. */
        TransferLimits: {
            /**
             * Format: int64
             * @description Bytes per second outside the windows; none: as fast as the line.
             */
            usual: number | null;
            /** @description Times of the week with a limit of their own; the first that fits counts. */
            windows: components["schemas"]["TransferWindow"][];
            /** @description The zone of the windows, such as Europe/Vienna. */
            zone: string;
        };
        /** @description Transfers. */
        Transfers: {
            /** @description The newest first. */
            transfers: components["schemas"]["Transfer"][];
        };
        /** @description What was cleared. */
        TransfersCleared: {
            /**
             * Format: int64
             * @description How many transfers.
             */
            cleared: number;
        };
        /** @description Whose turn it is. */
        TransferTurn: {
            /** @description low, usual or high. */
            priority: string;
        };
        /** @description A time of the week with a limit of its own. */
        TransferWindow: {
            /** @description The days on which it begins, such as monday; none: every day. */
            days: string[];
            /**
             * @description From this time on.
             * @example 08:00
             */
            from: string;
            /**
             * Format: int64
             * @description Bytes per second; none: as fast as the line.
             */
            limit: number | null;
            /**
             * @description Until this time; one that is not later than `from` is on the next day.
             * @example 18:00
             */
            to: string;
        };
        /** @description A budget at AWS that cannot be said here. */
        UnsupportedBudget: {
            /** @description Its name. */
            name: string;
            /** @description Why not. */
            reason: string;
        };
        /** @description Something unusual, in brief. */
        UnusualBrief: {
            /** @description The currency's code. */
            currency: string;
            /** @description The first day. */
            from: components["schemas"]["Day"];
            /**
             * Format: int64
             * @description Its number, as among the anomalies.
             */
            id: number;
            /** @description What it cost beyond what was expected; negative if less. */
            impact: components["schemas"]["Amount"];
            /** @description spike, drop, level, new, drift or one_off. */
            kind: string;
            /** @description What it is about. */
            label: string;
            /**
             * Format: int64
             * @description The same in percent of what was expected; `null` where nothing was.
             */
            percent: number | null;
            /** @description The last day. */
            to: components["schemas"]["Day"];
        };
        /** @description Something that is there already. */
        UploadClash: {
            /**
             * Format: int64
             * @description Its size.
             */
            bytes: number;
            /** @description Its key. */
            key: string;
            modified: components["schemas"]["Moment"] | null;
        };
        /**
         * @description Files to be sent. Which ones, only a caller in the same process can say: the window those that were dropped
         *     or picked, the command line those that were named.
         */
        UploadDraft: {
            /**
             * Format: int64
             * @description At most so many bytes a second.
             */
            limit?: number | null;
            /** @description ask, skip, replace or keep-both: what is done where something else is in the way. */
            on_clash?: string | null;
            /** @description low, usual or high. */
            priority?: string | null;
            /** @description The folder of the tenant that they go into; its own place if none is given. */
            to?: string;
        };
        /** @description Something to be said before files are sent. */
        UploadFinding: {
            /** @description A stable word. */
            code: string;
            /** @description The file that it is about, from what was dropped on. */
            path: string | null;
            /** @description What there is to say. */
            text: string;
            /** @description stop, warning or note. */
            weight: string;
        };
        /** @description Where a file lands. */
        UploadLanding: {
            /**
             * Format: int64
             * @description Its size.
             */
            bytes: number;
            /** @description Its key there. */
            key: string;
            /** @description The file here, from what was dropped on. */
            path: string;
        };
        /** @description What is found before anything is sent. */
        UploadPreflight: {
            /**
             * Format: int64
             * @description Their bytes.
             */
            bytes: number;
            /** @description What is in the way. */
            clashes: components["schemas"]["UploadClash"][];
            /** @description The currency of the price. */
            currency: string;
            /**
             * Format: int64
             * @description How many files there are, as far as was looked.
             */
            files: number;
            /** @description What is to be said, the gravest first. */
            findings: components["schemas"]["UploadFinding"][];
            /** @description Where the first of them land. */
            lands: components["schemas"]["UploadLanding"][];
            /** @description Whether there are more than was looked at. */
            more: boolean;
            /** @description About what those requests cost, at S3's list price in us-east-1. */
            price: components["schemas"]["Amount"];
            /**
             * Format: int64
             * @description How many requests sending takes.
             */
            requests: number;
        };
        /**
         * @description What was measured of all tenants beside what the bills say, in bytes. What differs nobody explains: logs come as
         *     well as AWS can deliver them, and a server may have users that are no tenant's.
         */
        UsageBeside: {
            /**
             * Format: int64
             * @description What the bills say of it.
             */
            billed_downloaded: number;
            /**
             * Format: int64
             * @description What the bills say of it.
             */
            billed_uploaded: number;
            /**
             * Format: int64
             * @description What all tenants were measured to fetch.
             */
            measured_downloaded: number;
            /**
             * Format: int64
             * @description What all tenants were measured to send.
             */
            measured_uploaded: number;
            /**
             * Format: int64
             * @description Billed, and not measured: of both together.
             */
            residual: number;
            /** @description The last day that the bills tell of. */
            until: components["schemas"]["Day"];
        };
        /** @description Values of a dimension. */
        Values: {
            as_of: components["schemas"]["Day"] | null;
            /** @description By label. */
            values: components["schemas"]["Labelled"][];
        };
        /** @description What the checks found. */
        Verification: {
            /** @description Check by check. */
            checks: components["schemas"]["Check"][];
            /** @description Whether all is well. */
            ok: boolean;
        };
        /** @description A series of numbers. */
        VerifiedSeries: {
            /** @description Those that no document has. */
            gaps: number[];
            /** @description Its name. */
            series: string;
            /**
             * Format: int32
             * @description How many numbers were taken.
             */
            taken: number;
        };
        /** @description A version that is to be there again. */
        VersionToRestore: {
            /** @description The file's path. */
            path: string;
            /** @description The version; without one, what was removed last comes back. */
            version?: string | null;
        };
        /** @description Why a number is what it is. */
        Why: {
            /** @description What stands behind the question mark to ask /charges for the charges behind the number. */
            charges_query: string;
            /** @description What is to be known of the sources. */
            notes: components["schemas"]["WhyNote"][];
            /** @description How the months stand to the provider's own totals. */
            reconciliation: components["schemas"]["MonthState"][];
            /** @description One a currency. */
            results: components["schemas"]["WhyResult"][];
        };
        /** @description What of a number is of one category. */
        WhyCategory: {
            /** @description How much. */
            amount: components["schemas"]["Amount"];
            /** @description Usage, Purchase, Tax, Credit or Adjustment. */
            category: string;
        };
        /** @description A note on a source. */
        WhyNote: {
            /** @description A stable word. */
            code: string;
            /** @description A sentence. */
            text: string;
        };
        /** @description A number in one currency. Each list adds up to it. */
        WhyResult: {
            /** @description The number. */
            amount: components["schemas"]["Amount"];
            /** @description By category. */
            categories: components["schemas"]["WhyCategory"][];
            /** @description The currency's code. */
            currency: string;
            /** @description By rule and owner. */
            rules: components["schemas"]["WhyRule"][];
            /** @description By version of a billing period. */
            sources: components["schemas"]["WhySource"][];
        };
        /** @description What of a number one rule gave to one owner. */
        WhyRule: {
            /** @description How much. */
            amount: components["schemas"]["Amount"];
            /**
             * Format: int64
             * @description How many charges.
             */
            charges: number;
            owner: components["schemas"]["Labelled"] | null;
            rule: components["schemas"]["RuleBrief"] | null;
        };
        /** @description What of a number comes from one version of a billing period. */
        WhySource: {
            /** @description How much. */
            amount: components["schemas"]["Amount"];
            /**
             * Format: int64
             * @description How many charges.
             */
            charges: number;
            /** @description The files it was read from; none from Cost Explorer. */
            files: string[];
            /**
             * Format: int64
             * @description How many lines of the source.
             */
            lines: number;
            /** @description The version. */
            version: components["schemas"]["PeriodBrief"];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    alerts: {
        parameters: {
            query?: {
                /** @description Only those of this budget. */
                budget?: number;
                /** @description Which page of a hundred, from 1. */
                page?: number;
                /** @description open (those that nobody has answered, and those put off) or all; open unless said otherwise. */
                state?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Alerts"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    acknowledge_alert: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its number. */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Alert"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reopen_alert: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its number. */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Alert"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    snooze_alert: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its number. */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Snooze"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Alert"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    anomalies: {
        parameters: {
            query?: {
                /** @description Sub accounts, by id. */
                account?: string[];
                /** @description As it was known at the end of this day in UTC, owned by today's rules; as it is known now if absent. */
                as_of?: components["schemas"]["Day"];
                /** @description Charge categories. */
                category?: string[];
                /** @description On the bills of these clients: names or numbers. */
                client?: string[];
                /** @description The first day, instead of a month. */
                from?: components["schemas"]["Day"];
                /** @description The month. */
                month?: components["schemas"]["Month"];
                /** @description `unowned`: what nobody owns. */
                owner?: string[];
                /** @description Owned by these people: names or numbers. */
                person?: string[];
                /** @description Providers. */
                provider?: string[];
                /** @description Regions, by id. */
                region?: string[];
                /** @description Resources, by id. */
                resource?: string[];
                /** @description Services. */
                service?: string[];
                /** @description Tags, each KEY=VALUE. */
                tag?: string[];
                /** @description Owned by these teams, or by their members on that day: names or numbers. */
                team?: string[];
                /** @description The last day, included. */
                to?: components["schemas"]["Day"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Anomalies"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    judge_anomaly: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its number. */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewFeedback"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Anomaly"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    backup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": number[];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    budgets: {
        parameters: {
            query?: {
                /** @description archived: also those that are kept for history only. */
                include?: string;
                /** @description How many on a page, up to 1000; 100 unless said otherwise. */
                limit?: number;
                /** @description How they stood in this month; today if absent. */
                month?: components["schemas"]["Month"];
                /** @description Only the one of this name or number. */
                named?: string;
                /** @description risk (over their limit, heading over it or near it) or over. */
                only?: string;
                /**
                 * @description tree (by name, parts after what they are a part of) or risk (the most endangered first); tree unless
                 *     said otherwise.
                 */
                order?: string;
                /** @description Which page, from 1. */
                page?: number;
                /** @description Only those whose name, or what they are about, has this in it. */
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Budgets"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    add_budget: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BudgetDraft"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Budget"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    budget: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its number. */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BudgetDetail"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_budget: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its number. */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BudgetDraft"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Budget"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    archive_budget: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its number. */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Budget"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    mute_budget: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its number. */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Mute"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Budget"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    restore_budget: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its number. */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Budget"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    import_aws_budgets: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ImportOfBudgets"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportedBudgets"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    check_budgets: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Evaluated"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    suggestion: {
        parameters: {
            query?: {
                /** @description Whether credits count. */
                credits?: boolean;
                /** @description The currency; the one most was spent in unless said otherwise. */
                currency?: string;
                /** @description The person, team or client: name or number. */
                id?: string;
                /** @description The tag's key. */
                key?: string;
                /** @description billed or effective. */
                metric?: string;
                /** @description day, month, quarter or year; month unless said otherwise. */
                period?: string;
                /** @description all, person, team, client, tag or service. */
                scope?: string;
                /** @description Whether tax counts. */
                tax?: boolean;
                /** @description The tag's value, or the service's name. */
                value?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Suggestion"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    buyers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Buyers"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    buyer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Buyer"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_buyer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BuyerTerms"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Buyer"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_buyer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    channels: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Channels"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    add_channel: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChannelDraft"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Channel"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_channel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChannelDraft"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Channel"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_channel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    test_channel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Delivery"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    charges: {
        parameters: {
            query?: {
                /** @description Sub accounts, by id. */
                account?: string[];
                /** @description As it was known at the end of this day in UTC, owned by today's rules; as it is known now if absent. */
                as_of?: components["schemas"]["Day"];
                /** @description Charge categories. */
                category?: string[];
                /** @description On the bills of these clients: names or numbers. */
                client?: string[];
                /** @description The first day, instead of a month. */
                from?: components["schemas"]["Day"];
                /** @description How many rows at most, up to 1000. */
                limit?: number;
                /** @description billed or effective: which amount sorts and is summed. */
                metric?: string;
                /** @description The month. */
                month?: components["schemas"]["Month"];
                /** @description How many rows to leave out. */
                offset?: number;
                /** @description `unowned`: what nobody owns. */
                owner?: string[];
                /** @description Owned by these people: names or numbers. */
                person?: string[];
                /** @description Providers. */
                provider?: string[];
                /** @description Regions, by id. */
                region?: string[];
                /** @description Resources, by id. */
                resource?: string[];
                /** @description Services. */
                service?: string[];
                /** @description amount (the largest first) or day (the first first). */
                sort?: string;
                /** @description Tags, each KEY=VALUE. */
                tag?: string[];
                /** @description Owned by these teams, or by their members on that day: names or numbers. */
                team?: string[];
                /** @description The last day, included. */
                to?: components["schemas"]["Day"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Charges"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    clients: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Clients"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    add_client: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewClient"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Client"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_client: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_client: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ClientChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Client"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    add_connection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewConnection"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Connection"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_connection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_connection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConnectionChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Connection"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    athena: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AthenaSetting"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    set_athena: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AthenaSetting"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AthenaSetting"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_export: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewExport"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Connection"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    choose_source: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SourceChoice"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Connection"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    test_connection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionTest"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    costs: {
        parameters: {
            query?: {
                /** @description Sub accounts, by id. */
                account?: string[];
                /** @description As it was known at the end of this day in UTC, owned by today's rules; as it is known now if absent. */
                as_of?: components["schemas"]["Day"];
                /**
                 * @description person, team, client, provider, service, category, account, region, resource or tag:KEY; service
                 *     unless said otherwise.
                 */
                by?: string;
                /** @description Charge categories. */
                category?: string[];
                /** @description On the bills of these clients: names or numbers. */
                client?: string[];
                /** @description previous: each row and total also for the range just before. */
                compare?: string;
                /** @description The first day, instead of a month. */
                from?: components["schemas"]["Day"];
                /** @description none, day or month: the columns. */
                interval?: string;
                /** @description billed (the basis of the provider's invoice) or effective (amortised). */
                metric?: string;
                /** @description The month. */
                month?: components["schemas"]["Month"];
                /** @description `unowned`: what nobody owns. */
                owner?: string[];
                /** @description Owned by these people: names or numbers. */
                person?: string[];
                /** @description Providers. */
                provider?: string[];
                /** @description Regions, by id. */
                region?: string[];
                /** @description Resources, by id. */
                resource?: string[];
                /** @description Services. */
                service?: string[];
                /** @description Tags, each KEY=VALUE. */
                tag?: string[];
                /** @description Owned by these teams, or by their members on that day: names or numbers. */
                team?: string[];
                /** @description The last day, included. */
                to?: components["schemas"]["Day"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Costs"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deliveries: {
        parameters: {
            query?: {
                /** @description Of this channel; 0 is the desktop's popup. */
                channel?: number;
                /** @description The page, from 1; fifty deliveries each. */
                page?: number;
                /** @description waiting, sent, failed or dropped. */
                state?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deliveries"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    send_deliveries: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Sent"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    events: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["Job"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exchange_rates: {
        parameters: {
            query?: {
                /** @description Only those of or in this currency. */
                currency?: string;
                /** @description The first day. */
                from?: components["schemas"]["Day"];
                /** @description The last day, included. */
                to?: components["schemas"]["Day"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExchangeRates"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    add_exchange_rate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExchangeRate"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExchangeRatesKept"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_exchange_rate: {
        parameters: {
            query: {
                /** @description The day. */
                day: components["schemas"]["Day"];
                /** @description Of what one unit is. */
                from: string;
                /** @description Who says so. */
                source: string;
                /** @description In what it is said. */
                to: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    import_exchange_rates: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": number[];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExchangeRatesKept"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_focus: {
        parameters: {
            query?: {
                /** @description Sub accounts, by id. */
                account?: string[];
                /** @description As it was known at the end of this day in UTC, owned by today's rules; as it is known now if absent. */
                as_of?: components["schemas"]["Day"];
                /** @description Charge categories. */
                category?: string[];
                /** @description On the bills of these clients: names or numbers. */
                client?: string[];
                /** @description csv or parquet; csv unless said otherwise. */
                format?: string;
                /** @description The first day, instead of a month. */
                from?: components["schemas"]["Day"];
                /** @description The month. */
                month?: components["schemas"]["Month"];
                /** @description `unowned`: what nobody owns. */
                owner?: string[];
                /** @description Owned by these people: names or numbers. */
                person?: string[];
                /** @description Providers. */
                provider?: string[];
                /** @description Regions, by id. */
                region?: string[];
                /** @description Resources, by id. */
                resource?: string[];
                /** @description Services. */
                service?: string[];
                /** @description Tags, each KEY=VALUE. */
                tag?: string[];
                /** @description Owned by these teams, or by their members on that day: names or numbers. */
                team?: string[];
                /** @description The last day, included. */
                to?: components["schemas"]["Day"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": number[];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_tables: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tables"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_account: {
        parameters: {
            query: {
                /** @description Whether a CSV file begins with a byte-order mark, by which spreadsheets know that it is UTF-8. */
                bom?: boolean;
                /** @description What stands before the decimals in a CSV file: point or comma; point unless said otherwise. */
                decimal?: string;
                /** @description person:NAME, team:NAME or client:NAME, or kind and number. */
                for: string;
                /** @description csv, xlsx or pdf; csv unless said otherwise. */
                format?: string;
                /** @description The first day. */
                from: components["schemas"]["Day"];
                /** @description What stands between two cells of a CSV file: comma, semicolon or tab; comma unless said otherwise. */
                separator?: string;
                /** @description The last day. */
                to: components["schemas"]["Day"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The table, piece by piece; an answer that breaks off is not a whole one. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": unknown;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                    "text/csv": unknown;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_alerts: {
        parameters: {
            query?: {
                /** @description Whether a CSV file begins with a byte-order mark, by which spreadsheets know that it is UTF-8. */
                bom?: boolean;
                /** @description Only those of this budget. */
                budget?: number;
                /** @description What stands before the decimals in a CSV file: point or comma; point unless said otherwise. */
                decimal?: string;
                /** @description csv, xlsx or pdf; csv unless said otherwise. */
                format?: string;
                /** @description What stands between two cells of a CSV file: comma, semicolon or tab; comma unless said otherwise. */
                separator?: string;
                /** @description open (those that nobody has answered, and those put off) or all; open unless said otherwise. */
                state?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The table, piece by piece; an answer that breaks off is not a whole one. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": unknown;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                    "text/csv": unknown;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_anomalies: {
        parameters: {
            query?: {
                /** @description Sub accounts, by id. */
                account?: string[];
                /** @description As it was known at the end of this day in UTC, owned by today's rules; as it is known now if absent. */
                as_of?: components["schemas"]["Day"];
                /** @description Whether a CSV file begins with a byte-order mark, by which spreadsheets know that it is UTF-8. */
                bom?: boolean;
                /** @description Charge categories. */
                category?: string[];
                /** @description On the bills of these clients: names or numbers. */
                client?: string[];
                /** @description What stands before the decimals in a CSV file: point or comma; point unless said otherwise. */
                decimal?: string;
                /** @description csv, xlsx or pdf; csv unless said otherwise. */
                format?: string;
                /** @description The first day, instead of a month. */
                from?: components["schemas"]["Day"];
                /** @description The month. */
                month?: components["schemas"]["Month"];
                /** @description `unowned`: what nobody owns. */
                owner?: string[];
                /** @description Owned by these people: names or numbers. */
                person?: string[];
                /** @description Providers. */
                provider?: string[];
                /** @description Regions, by id. */
                region?: string[];
                /** @description Resources, by id. */
                resource?: string[];
                /** @description What stands between two cells of a CSV file: comma, semicolon or tab; comma unless said otherwise. */
                separator?: string;
                /** @description Services. */
                service?: string[];
                /** @description Tags, each KEY=VALUE. */
                tag?: string[];
                /** @description Owned by these teams, or by their members on that day: names or numbers. */
                team?: string[];
                /** @description The last day, included. */
                to?: components["schemas"]["Day"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The table, piece by piece; an answer that breaks off is not a whole one. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": unknown;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                    "text/csv": unknown;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_audit: {
        parameters: {
            query?: {
                /** @description Whether a CSV file begins with a byte-order mark, by which spreadsheets know that it is UTF-8. */
                bom?: boolean;
                /** @description What stands before the decimals in a CSV file: point or comma; point unless said otherwise. */
                decimal?: string;
                /** @description csv, xlsx or pdf; csv unless said otherwise. */
                format?: string;
                /** @description From this day on, in UTC. */
                from?: components["schemas"]["Day"];
                /** @description What stands between two cells of a CSV file: comma, semicolon or tab; comma unless said otherwise. */
                separator?: string;
                /** @description Up to this day. */
                to?: components["schemas"]["Day"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The table, piece by piece; an answer that breaks off is not a whole one. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": unknown;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                    "text/csv": unknown;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_budget_months: {
        parameters: {
            query: {
                /** @description Whether a CSV file begins with a byte-order mark, by which spreadsheets know that it is UTF-8. */
                bom?: boolean;
                /** @description Its number. */
                budget: number;
                /** @description What stands before the decimals in a CSV file: point or comma; point unless said otherwise. */
                decimal?: string;
                /** @description csv, xlsx or pdf; csv unless said otherwise. */
                format?: string;
                /** @description What stands between two cells of a CSV file: comma, semicolon or tab; comma unless said otherwise. */
                separator?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The table, piece by piece; an answer that breaks off is not a whole one. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": unknown;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                    "text/csv": unknown;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_budgets: {
        parameters: {
            query?: {
                /** @description Whether a CSV file begins with a byte-order mark, by which spreadsheets know that it is UTF-8. */
                bom?: boolean;
                /** @description What stands before the decimals in a CSV file: point or comma; point unless said otherwise. */
                decimal?: string;
                /** @description csv, xlsx or pdf; csv unless said otherwise. */
                format?: string;
                /** @description archived: also those that are kept for history only. */
                include?: string;
                /** @description How they stood in this month; today if absent. */
                month?: components["schemas"]["Month"];
                /** @description risk (over their limit, heading over it or near it) or over. */
                only?: string;
                /** @description Only those whose name, or what they are about, has this in it. */
                search?: string;
                /** @description What stands between two cells of a CSV file: comma, semicolon or tab; comma unless said otherwise. */
                separator?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The table, piece by piece; an answer that breaks off is not a whole one. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": unknown;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                    "text/csv": unknown;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_buyers: {
        parameters: {
            query?: {
                /** @description Whether a CSV file begins with a byte-order mark, by which spreadsheets know that it is UTF-8. */
                bom?: boolean;
                /** @description What stands before the decimals in a CSV file: point or comma; point unless said otherwise. */
                decimal?: string;
                /** @description csv, xlsx or pdf; csv unless said otherwise. */
                format?: string;
                /** @description What stands between two cells of a CSV file: comma, semicolon or tab; comma unless said otherwise. */
                separator?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The table, piece by piece; an answer that breaks off is not a whole one. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": unknown;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                    "text/csv": unknown;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_charges: {
        parameters: {
            query?: {
                /** @description Sub accounts, by id. */
                account?: string[];
                /** @description As it was known at the end of this day in UTC, owned by today's rules; as it is known now if absent. */
                as_of?: components["schemas"]["Day"];
                /** @description Whether a CSV file begins with a byte-order mark, by which spreadsheets know that it is UTF-8. */
                bom?: boolean;
                /** @description Charge categories. */
                category?: string[];
                /** @description On the bills of these clients: names or numbers. */
                client?: string[];
                /** @description What stands before the decimals in a CSV file: point or comma; point unless said otherwise. */
                decimal?: string;
                /** @description csv, xlsx or pdf; csv unless said otherwise. */
                format?: string;
                /** @description The first day, instead of a month. */
                from?: components["schemas"]["Day"];
                /** @description The month. */
                month?: components["schemas"]["Month"];
                /** @description `unowned`: what nobody owns. */
                owner?: string[];
                /** @description Owned by these people: names or numbers. */
                person?: string[];
                /** @description Providers. */
                provider?: string[];
                /** @description Regions, by id. */
                region?: string[];
                /** @description Resources, by id. */
                resource?: string[];
                /** @description What stands between two cells of a CSV file: comma, semicolon or tab; comma unless said otherwise. */
                separator?: string;
                /** @description Services. */
                service?: string[];
                /** @description Tags, each KEY=VALUE. */
                tag?: string[];
                /** @description Owned by these teams, or by their members on that day: names or numbers. */
                team?: string[];
                /** @description The last day, included. */
                to?: components["schemas"]["Day"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The table, piece by piece; an answer that breaks off is not a whole one. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": unknown;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                    "text/csv": unknown;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_clients: {
        parameters: {
            query?: {
                /** @description Whether a CSV file begins with a byte-order mark, by which spreadsheets know that it is UTF-8. */
                bom?: boolean;
                /** @description What stands before the decimals in a CSV file: point or comma; point unless said otherwise. */
                decimal?: string;
                /** @description csv, xlsx or pdf; csv unless said otherwise. */
                format?: string;
                /** @description What stands between two cells of a CSV file: comma, semicolon or tab; comma unless said otherwise. */
                separator?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The table, piece by piece; an answer that breaks off is not a whole one. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": unknown;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                    "text/csv": unknown;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_costs: {
        parameters: {
            query?: {
                /** @description Sub accounts, by id. */
                account?: string[];
                /** @description As it was known at the end of this day in UTC, owned by today's rules; as it is known now if absent. */
                as_of?: components["schemas"]["Day"];
                /** @description Whether a CSV file begins with a byte-order mark, by which spreadsheets know that it is UTF-8. */
                bom?: boolean;
                /**
                 * @description person, team, client, provider, service, category, account, region, resource or tag:KEY; service
                 *     unless said otherwise.
                 */
                by?: string;
                /** @description Charge categories. */
                category?: string[];
                /** @description On the bills of these clients: names or numbers. */
                client?: string[];
                /** @description previous: each row and total also for the range just before. */
                compare?: string;
                /** @description What stands before the decimals in a CSV file: point or comma; point unless said otherwise. */
                decimal?: string;
                /** @description csv, xlsx or pdf; csv unless said otherwise. */
                format?: string;
                /** @description The first day, instead of a month. */
                from?: components["schemas"]["Day"];
                /** @description none, day or month: the columns. */
                interval?: string;
                /** @description billed (the basis of the provider's invoice) or effective (amortised). */
                metric?: string;
                /** @description The month. */
                month?: components["schemas"]["Month"];
                /** @description `unowned`: what nobody owns. */
                owner?: string[];
                /** @description Owned by these people: names or numbers. */
                person?: string[];
                /** @description Providers. */
                provider?: string[];
                /** @description Regions, by id. */
                region?: string[];
                /** @description Resources, by id. */
                resource?: string[];
                /** @description What stands between two cells of a CSV file: comma, semicolon or tab; comma unless said otherwise. */
                separator?: string;
                /** @description Services. */
                service?: string[];
                /** @description Tags, each KEY=VALUE. */
                tag?: string[];
                /** @description Owned by these teams, or by their members on that day: names or numbers. */
                team?: string[];
                /** @description The last day, included. */
                to?: components["schemas"]["Day"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The table, piece by piece; an answer that breaks off is not a whole one. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": unknown;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                    "text/csv": unknown;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_deliveries: {
        parameters: {
            query?: {
                /** @description Whether a CSV file begins with a byte-order mark, by which spreadsheets know that it is UTF-8. */
                bom?: boolean;
                /** @description Of this channel; 0 is the desktop's popup. */
                channel?: number;
                /** @description What stands before the decimals in a CSV file: point or comma; point unless said otherwise. */
                decimal?: string;
                /** @description csv, xlsx or pdf; csv unless said otherwise. */
                format?: string;
                /** @description What stands between two cells of a CSV file: comma, semicolon or tab; comma unless said otherwise. */
                separator?: string;
                /** @description waiting, sent, failed or dropped. */
                state?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The table, piece by piece; an answer that breaks off is not a whole one. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": unknown;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                    "text/csv": unknown;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_differences: {
        parameters: {
            query: {
                /** @description Whether a CSV file begins with a byte-order mark, by which spreadsheets know that it is UTF-8. */
                bom?: boolean;
                /**
                 * @description service, account, person, team, category, region, resource or any other dimension of costs;
                 *     service unless said otherwise.
                 */
                by?: string;
                /** @description What stands before the decimals in a CSV file: point or comma; point unless said otherwise. */
                decimal?: string;
                /** @description csv, xlsx or pdf; csv unless said otherwise. */
                format?: string;
                /** @description The version before: its number in this workspace. */
                from: number;
                /** @description billed or effective. */
                metric?: string;
                /** @description What stands between two cells of a CSV file: comma, semicolon or tab; comma unless said otherwise. */
                separator?: string;
                /** @description The version after. */
                to: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The table, piece by piece; an answer that breaks off is not a whole one. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": unknown;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                    "text/csv": unknown;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_exchange_rates: {
        parameters: {
            query?: {
                /** @description Whether a CSV file begins with a byte-order mark, by which spreadsheets know that it is UTF-8. */
                bom?: boolean;
                /** @description Only those of or in this currency. */
                currency?: string;
                /** @description What stands before the decimals in a CSV file: point or comma; point unless said otherwise. */
                decimal?: string;
                /** @description csv, xlsx or pdf; csv unless said otherwise. */
                format?: string;
                /** @description The first day. */
                from?: components["schemas"]["Day"];
                /** @description What stands between two cells of a CSV file: comma, semicolon or tab; comma unless said otherwise. */
                separator?: string;
                /** @description The last day, included. */
                to?: components["schemas"]["Day"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The table, piece by piece; an answer that breaks off is not a whole one. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": unknown;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                    "text/csv": unknown;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_forecast: {
        parameters: {
            query?: {
                /** @description Sub accounts, by id. */
                account?: string[];
                /** @description As it was known at the end of this day in UTC, owned by today's rules; as it is known now if absent. */
                as_of?: components["schemas"]["Day"];
                /** @description Whether a CSV file begins with a byte-order mark, by which spreadsheets know that it is UTF-8. */
                bom?: boolean;
                /**
                 * @description person, team, client, provider, service, category, account, region, resource or tag:KEY; without it the
                 *     total only.
                 */
                by?: string;
                /** @description Charge categories. */
                category?: string[];
                /** @description On the bills of these clients: names or numbers. */
                client?: string[];
                /** @description What stands before the decimals in a CSV file: point or comma; point unless said otherwise. */
                decimal?: string;
                /** @description csv, xlsx or pdf; csv unless said otherwise. */
                format?: string;
                /** @description billed (the basis of the provider's invoice) or effective (amortised). */
                metric?: string;
                /** @description How many months, the running one included: 1 to 12, 3 unless said otherwise. */
                months?: number;
                /** @description `unowned`: what nobody owns. */
                owner?: string[];
                /** @description Owned by these people: names or numbers. */
                person?: string[];
                /** @description Providers. */
                provider?: string[];
                /** @description Regions, by id. */
                region?: string[];
                /** @description Resources, by id. */
                resource?: string[];
                /** @description What stands between two cells of a CSV file: comma, semicolon or tab; comma unless said otherwise. */
                separator?: string;
                /** @description Services. */
                service?: string[];
                /** @description Tags, each KEY=VALUE. */
                tag?: string[];
                /** @description Owned by these teams, or by their members on that day: names or numbers. */
                team?: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The table, piece by piece; an answer that breaks off is not a whole one. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": unknown;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                    "text/csv": unknown;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_invoice_comparison: {
        parameters: {
            query: {
                /** @description Whether a CSV file begins with a byte-order mark, by which spreadsheets know that it is UTF-8. */
                bom?: boolean;
                /** @description What stands before the decimals in a CSV file: point or comma; point unless said otherwise. */
                decimal?: string;
                /** @description people, teams or clients; those who are billed if absent. */
                for?: string;
                /** @description csv, xlsx or pdf; csv unless said otherwise. */
                format?: string;
                /** @description The month. */
                month: components["schemas"]["Month"];
                /** @description What stands between two cells of a CSV file: comma, semicolon or tab; comma unless said otherwise. */
                separator?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The table, piece by piece; an answer that breaks off is not a whole one. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": unknown;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                    "text/csv": unknown;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_invoice_lines: {
        parameters: {
            query: {
                /** @description Whether a CSV file begins with a byte-order mark, by which spreadsheets know that it is UTF-8. */
                bom?: boolean;
                /** @description What stands before the decimals in a CSV file: point or comma; point unless said otherwise. */
                decimal?: string;
                /** @description csv, xlsx or pdf; csv unless said otherwise. */
                format?: string;
                /** @description Its number in this workspace, from the draft on. */
                invoice: number;
                /** @description What stands between two cells of a CSV file: comma, semicolon or tab; comma unless said otherwise. */
                separator?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The table, piece by piece; an answer that breaks off is not a whole one. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": unknown;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                    "text/csv": unknown;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_invoices: {
        parameters: {
            query?: {
                /** @description Whether a CSV file begins with a byte-order mark, by which spreadsheets know that it is UTF-8. */
                bom?: boolean;
                /** @description What stands before the decimals in a CSV file: point or comma; point unless said otherwise. */
                decimal?: string;
                /** @description Only for this one: person:NAME, team:NAME or client:NAME. */
                for?: string;
                /** @description csv, xlsx or pdf; csv unless said otherwise. */
                format?: string;
                /** @description Only of this month. */
                month?: components["schemas"]["Month"];
                /** @description Only those that were to be paid before today and are not. */
                overdue?: boolean;
                /** @description Only those whose number or recipient has this in it. */
                search?: string;
                /** @description What stands between two cells of a CSV file: comma, semicolon or tab; comma unless said otherwise. */
                separator?: string;
                /** @description draft, approved, issued, `partly_paid`, paid or credited; several are any of them. */
                state?: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The table, piece by piece; an answer that breaks off is not a whole one. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": unknown;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                    "text/csv": unknown;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_jobs: {
        parameters: {
            query?: {
                /** @description Whether a CSV file begins with a byte-order mark, by which spreadsheets know that it is UTF-8. */
                bom?: boolean;
                /** @description What stands before the decimals in a CSV file: point or comma; point unless said otherwise. */
                decimal?: string;
                /** @description csv, xlsx or pdf; csv unless said otherwise. */
                format?: string;
                /** @description What stands between two cells of a CSV file: comma, semicolon or tab; comma unless said otherwise. */
                separator?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The table, piece by piece; an answer that breaks off is not a whole one. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": unknown;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                    "text/csv": unknown;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_people: {
        parameters: {
            query?: {
                /** @description Whether a CSV file begins with a byte-order mark, by which spreadsheets know that it is UTF-8. */
                bom?: boolean;
                /** @description What stands before the decimals in a CSV file: point or comma; point unless said otherwise. */
                decimal?: string;
                /** @description csv, xlsx or pdf; csv unless said otherwise. */
                format?: string;
                /** @description What stands between two cells of a CSV file: comma, semicolon or tab; comma unless said otherwise. */
                separator?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The table, piece by piece; an answer that breaks off is not a whole one. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": unknown;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                    "text/csv": unknown;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_periods: {
        parameters: {
            query?: {
                /** @description Whether a CSV file begins with a byte-order mark, by which spreadsheets know that it is UTF-8. */
                bom?: boolean;
                /** @description Only this client's: name or number. */
                client?: string;
                /** @description What stands before the decimals in a CSV file: point or comma; point unless said otherwise. */
                decimal?: string;
                /** @description csv, xlsx or pdf; csv unless said otherwise. */
                format?: string;
                /** @description What stands between two cells of a CSV file: comma, semicolon or tab; comma unless said otherwise. */
                separator?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The table, piece by piece; an answer that breaks off is not a whole one. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": unknown;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                    "text/csv": unknown;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_price_books: {
        parameters: {
            query?: {
                /** @description Whether a CSV file begins with a byte-order mark, by which spreadsheets know that it is UTF-8. */
                bom?: boolean;
                /** @description What stands before the decimals in a CSV file: point or comma; point unless said otherwise. */
                decimal?: string;
                /** @description csv, xlsx or pdf; csv unless said otherwise. */
                format?: string;
                /** @description What stands between two cells of a CSV file: comma, semicolon or tab; comma unless said otherwise. */
                separator?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The table, piece by piece; an answer that breaks off is not a whole one. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": unknown;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                    "text/csv": unknown;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_quarantine: {
        parameters: {
            query?: {
                /** @description Whether a CSV file begins with a byte-order mark, by which spreadsheets know that it is UTF-8. */
                bom?: boolean;
                /** @description What stands before the decimals in a CSV file: point or comma; point unless said otherwise. */
                decimal?: string;
                /** @description csv, xlsx or pdf; csv unless said otherwise. */
                format?: string;
                /** @description What stands between two cells of a CSV file: comma, semicolon or tab; comma unless said otherwise. */
                separator?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The table, piece by piece; an answer that breaks off is not a whole one. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": unknown;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                    "text/csv": unknown;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_receipts: {
        parameters: {
            query: {
                /** @description Whether a CSV file begins with a byte-order mark, by which spreadsheets know that it is UTF-8. */
                bom?: boolean;
                /** @description What stands before the decimals in a CSV file: point or comma; point unless said otherwise. */
                decimal?: string;
                /** @description csv, xlsx or pdf; csv unless said otherwise. */
                format?: string;
                /** @description What stands between two cells of a CSV file: comma, semicolon or tab; comma unless said otherwise. */
                separator?: string;
                /** @description Its number. */
                transfer: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The table, piece by piece; an answer that breaks off is not a whole one. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": unknown;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                    "text/csv": unknown;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_reconciliation: {
        parameters: {
            query: {
                /** @description Whether a CSV file begins with a byte-order mark, by which spreadsheets know that it is UTF-8. */
                bom?: boolean;
                /** @description Only this client's: name or number. */
                client?: string;
                /** @description What stands before the decimals in a CSV file: point or comma; point unless said otherwise. */
                decimal?: string;
                /** @description csv, xlsx or pdf; csv unless said otherwise. */
                format?: string;
                /** @description The month. */
                month: components["schemas"]["Month"];
                /** @description What stands between two cells of a CSV file: comma, semicolon or tab; comma unless said otherwise. */
                separator?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The table, piece by piece; an answer that breaks off is not a whole one. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": unknown;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                    "text/csv": unknown;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_resources: {
        parameters: {
            query?: {
                /** @description Sub accounts, by id. */
                account?: string[];
                /** @description As it was known at the end of this day in UTC, owned by today's rules; as it is known now if absent. */
                as_of?: components["schemas"]["Day"];
                /** @description Whether a CSV file begins with a byte-order mark, by which spreadsheets know that it is UTF-8. */
                bom?: boolean;
                /** @description Charge categories. */
                category?: string[];
                /** @description On the bills of these clients: names or numbers. */
                client?: string[];
                /** @description What stands before the decimals in a CSV file: point or comma; point unless said otherwise. */
                decimal?: string;
                /** @description csv, xlsx or pdf; csv unless said otherwise. */
                format?: string;
                /** @description billed or effective. */
                metric?: string;
                /** @description The month whose cost is shown; the latest loaded if absent. */
                month?: components["schemas"]["Month"];
                /** @description `unowned`: what nobody owns. */
                owner?: string[];
                /** @description Owned by these people: names or numbers. */
                person?: string[];
                /** @description Providers. */
                provider?: string[];
                /** @description Regions, by id. */
                region?: string[];
                /** @description Resources, by id. */
                resource?: string[];
                /** @description A part of the id or the name. */
                search?: string;
                /** @description What stands between two cells of a CSV file: comma, semicolon or tab; comma unless said otherwise. */
                separator?: string;
                /** @description Services. */
                service?: string[];
                /** @description Tags, each KEY=VALUE. */
                tag?: string[];
                /** @description Owned by these teams, or by their members on that day: names or numbers. */
                team?: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The table, piece by piece; an answer that breaks off is not a whole one. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": unknown;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                    "text/csv": unknown;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_restatements: {
        parameters: {
            query: {
                /** @description Whether a CSV file begins with a byte-order mark, by which spreadsheets know that it is UTF-8. */
                bom?: boolean;
                /** @description What stands before the decimals in a CSV file: point or comma; point unless said otherwise. */
                decimal?: string;
                /** @description csv, xlsx or pdf; csv unless said otherwise. */
                format?: string;
                /** @description The month. */
                month: components["schemas"]["Month"];
                /** @description What stands between two cells of a CSV file: comma, semicolon or tab; comma unless said otherwise. */
                separator?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The table, piece by piece; an answer that breaks off is not a whole one. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": unknown;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                    "text/csv": unknown;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_rules: {
        parameters: {
            query?: {
                /** @description Whether a CSV file begins with a byte-order mark, by which spreadsheets know that it is UTF-8. */
                bom?: boolean;
                /** @description What stands before the decimals in a CSV file: point or comma; point unless said otherwise. */
                decimal?: string;
                /** @description csv, xlsx or pdf; csv unless said otherwise. */
                format?: string;
                /** @description What stands between two cells of a CSV file: comma, semicolon or tab; comma unless said otherwise. */
                separator?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The table, piece by piece; an answer that breaks off is not a whole one. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": unknown;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                    "text/csv": unknown;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_runs: {
        parameters: {
            query: {
                /** @description Whether a CSV file begins with a byte-order mark, by which spreadsheets know that it is UTF-8. */
                bom?: boolean;
                /** @description What stands before the decimals in a CSV file: point or comma; point unless said otherwise. */
                decimal?: string;
                /** @description csv, xlsx or pdf; csv unless said otherwise. */
                format?: string;
                /** @description The schedule, such as `budgets`. */
                schedule: string;
                /** @description What stands between two cells of a CSV file: comma, semicolon or tab; comma unless said otherwise. */
                separator?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The table, piece by piece; an answer that breaks off is not a whole one. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": unknown;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                    "text/csv": unknown;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_schedules: {
        parameters: {
            query?: {
                /** @description Whether a CSV file begins with a byte-order mark, by which spreadsheets know that it is UTF-8. */
                bom?: boolean;
                /** @description What stands before the decimals in a CSV file: point or comma; point unless said otherwise. */
                decimal?: string;
                /** @description csv, xlsx or pdf; csv unless said otherwise. */
                format?: string;
                /** @description What stands between two cells of a CSV file: comma, semicolon or tab; comma unless said otherwise. */
                separator?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The table, piece by piece; an answer that breaks off is not a whole one. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": unknown;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                    "text/csv": unknown;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_shared_costs: {
        parameters: {
            query?: {
                /** @description Whether a CSV file begins with a byte-order mark, by which spreadsheets know that it is UTF-8. */
                bom?: boolean;
                /** @description What stands before the decimals in a CSV file: point or comma; point unless said otherwise. */
                decimal?: string;
                /** @description csv, xlsx or pdf; csv unless said otherwise. */
                format?: string;
                /** @description The first day, instead of a month. */
                from?: components["schemas"]["Day"];
                /** @description billed or effective. */
                metric?: string;
                /** @description The month. */
                month?: components["schemas"]["Month"];
                /** @description What stands between two cells of a CSV file: comma, semicolon or tab; comma unless said otherwise. */
                separator?: string;
                /** @description The last day, included. */
                to?: components["schemas"]["Day"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The table, piece by piece; an answer that breaks off is not a whole one. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": unknown;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                    "text/csv": unknown;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_sharing: {
        parameters: {
            query?: {
                /** @description Whether a CSV file begins with a byte-order mark, by which spreadsheets know that it is UTF-8. */
                bom?: boolean;
                /** @description What stands before the decimals in a CSV file: point or comma; point unless said otherwise. */
                decimal?: string;
                /** @description csv, xlsx or pdf; csv unless said otherwise. */
                format?: string;
                /** @description What stands between two cells of a CSV file: comma, semicolon or tab; comma unless said otherwise. */
                separator?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The table, piece by piece; an answer that breaks off is not a whole one. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": unknown;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                    "text/csv": unknown;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_statement: {
        parameters: {
            query: {
                /** @description As it was known at the end of this day in UTC, owned by today's rules; as it is known now if absent. */
                as_of?: components["schemas"]["Day"];
                /** @description Whether a CSV file begins with a byte-order mark, by which spreadsheets know that it is UTF-8. */
                bom?: boolean;
                /** @description What stands before the decimals in a CSV file: point or comma; point unless said otherwise. */
                decimal?: string;
                /** @description csv, xlsx or pdf; csv unless said otherwise. */
                format?: string;
                /** @description billed or effective. */
                metric?: string;
                /** @description The month. */
                month: components["schemas"]["Month"];
                /** @description The person's number. */
                person: number;
                /** @description What stands between two cells of a CSV file: comma, semicolon or tab; comma unless said otherwise. */
                separator?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The table, piece by piece; an answer that breaks off is not a whole one. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": unknown;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                    "text/csv": unknown;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_tax_rates: {
        parameters: {
            query?: {
                /** @description Whether a CSV file begins with a byte-order mark, by which spreadsheets know that it is UTF-8. */
                bom?: boolean;
                /** @description What stands before the decimals in a CSV file: point or comma; point unless said otherwise. */
                decimal?: string;
                /** @description csv, xlsx or pdf; csv unless said otherwise. */
                format?: string;
                /** @description What stands between two cells of a CSV file: comma, semicolon or tab; comma unless said otherwise. */
                separator?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The table, piece by piece; an answer that breaks off is not a whole one. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": unknown;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                    "text/csv": unknown;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_team_members: {
        parameters: {
            query?: {
                /** @description Whether a CSV file begins with a byte-order mark, by which spreadsheets know that it is UTF-8. */
                bom?: boolean;
                /** @description What stands before the decimals in a CSV file: point or comma; point unless said otherwise. */
                decimal?: string;
                /** @description csv, xlsx or pdf; csv unless said otherwise. */
                format?: string;
                /** @description What stands between two cells of a CSV file: comma, semicolon or tab; comma unless said otherwise. */
                separator?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The table, piece by piece; an answer that breaks off is not a whole one. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": unknown;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                    "text/csv": unknown;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_teams: {
        parameters: {
            query?: {
                /** @description Whether a CSV file begins with a byte-order mark, by which spreadsheets know that it is UTF-8. */
                bom?: boolean;
                /** @description What stands before the decimals in a CSV file: point or comma; point unless said otherwise. */
                decimal?: string;
                /** @description csv, xlsx or pdf; csv unless said otherwise. */
                format?: string;
                /** @description What stands between two cells of a CSV file: comma, semicolon or tab; comma unless said otherwise. */
                separator?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The table, piece by piece; an answer that breaks off is not a whole one. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": unknown;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                    "text/csv": unknown;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_tenant_activity: {
        parameters: {
            query: {
                /** @description Whether a CSV file begins with a byte-order mark, by which spreadsheets know that it is UTF-8. */
                bom?: boolean;
                /** @description What stands before the decimals in a CSV file: point or comma; point unless said otherwise. */
                decimal?: string;
                /** @description csv, xlsx or pdf; csv unless said otherwise. */
                format?: string;
                /** @description The first day, in UTC; the last seven days if none is given. */
                from?: components["schemas"]["Day"];
                /** @description What stands between two cells of a CSV file: comma, semicolon or tab; comma unless said otherwise. */
                separator?: string;
                /** @description The tenant's number. */
                tenant: number;
                /** @description The last day, in UTC; today if none is given. */
                to?: components["schemas"]["Day"];
                /** @description Only this user's. */
                user?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The table, piece by piece; an answer that breaks off is not a whole one. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": unknown;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                    "text/csv": unknown;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_tenant_usage: {
        parameters: {
            query: {
                /** @description Whether a CSV file begins with a byte-order mark, by which spreadsheets know that it is UTF-8. */
                bom?: boolean;
                /** @description What stands before the decimals in a CSV file: point or comma; point unless said otherwise. */
                decimal?: string;
                /** @description csv, xlsx or pdf; csv unless said otherwise. */
                format?: string;
                /** @description The month; this one if none is given. */
                month?: components["schemas"]["Month"];
                /** @description What stands between two cells of a CSV file: comma, semicolon or tab; comma unless said otherwise. */
                separator?: string;
                /** @description The tenant's number. */
                tenant: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The table, piece by piece; an answer that breaks off is not a whole one. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": unknown;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                    "text/csv": unknown;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_users_of_tenants: {
        parameters: {
            query?: {
                /** @description Whether a CSV file begins with a byte-order mark, by which spreadsheets know that it is UTF-8. */
                bom?: boolean;
                /** @description What stands before the decimals in a CSV file: point or comma; point unless said otherwise. */
                decimal?: string;
                /** @description csv, xlsx or pdf; csv unless said otherwise. */
                format?: string;
                /** @description What stands between two cells of a CSV file: comma, semicolon or tab; comma unless said otherwise. */
                separator?: string;
                /** @description The tenant's number; the users of all if none is given. */
                tenant?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The table, piece by piece; an answer that breaks off is not a whole one. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": unknown;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                    "text/csv": unknown;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_tenants: {
        parameters: {
            query?: {
                /** @description Whether a CSV file begins with a byte-order mark, by which spreadsheets know that it is UTF-8. */
                bom?: boolean;
                /** @description What stands before the decimals in a CSV file: point or comma; point unless said otherwise. */
                decimal?: string;
                /** @description csv, xlsx or pdf; csv unless said otherwise. */
                format?: string;
                /** @description What stands between two cells of a CSV file: comma, semicolon or tab; comma unless said otherwise. */
                separator?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The table, piece by piece; an answer that breaks off is not a whole one. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": unknown;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                    "text/csv": unknown;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_transfer_files: {
        parameters: {
            query: {
                /** @description Whether a CSV file begins with a byte-order mark, by which spreadsheets know that it is UTF-8. */
                bom?: boolean;
                /** @description What stands before the decimals in a CSV file: point or comma; point unless said otherwise. */
                decimal?: string;
                /** @description csv, xlsx or pdf; csv unless said otherwise. */
                format?: string;
                /** @description What stands between two cells of a CSV file: comma, semicolon or tab; comma unless said otherwise. */
                separator?: string;
                /** @description waiting, underway, completing, done, skipped, clash, failed or cancelled; any if nothing is said. */
                state?: string;
                /** @description Its number. */
                transfer: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The table, piece by piece; an answer that breaks off is not a whole one. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": unknown;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                    "text/csv": unknown;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_transfers: {
        parameters: {
            query?: {
                /** @description Whether a CSV file begins with a byte-order mark, by which spreadsheets know that it is UTF-8. */
                bom?: boolean;
                /** @description Instead of the others those that were cleared, whose receipts are kept. */
                cleared?: boolean;
                /** @description What stands before the decimals in a CSV file: point or comma; point unless said otherwise. */
                decimal?: string;
                /** @description csv, xlsx or pdf; csv unless said otherwise. */
                format?: string;
                /** @description Only those that have not ended. */
                open?: boolean;
                /** @description What stands between two cells of a CSV file: comma, semicolon or tab; comma unless said otherwise. */
                separator?: string;
                /** @description Only of this tenant. */
                tenant?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The table, piece by piece; an answer that breaks off is not a whole one. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": unknown;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                    "text/csv": unknown;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    forecast: {
        parameters: {
            query?: {
                /** @description Sub accounts, by id. */
                account?: string[];
                /** @description As it was known at the end of this day in UTC, owned by today's rules; as it is known now if absent. */
                as_of?: components["schemas"]["Day"];
                /**
                 * @description person, team, client, provider, service, category, account, region, resource or tag:KEY; without it the
                 *     total only.
                 */
                by?: string;
                /** @description Charge categories. */
                category?: string[];
                /** @description On the bills of these clients: names or numbers. */
                client?: string[];
                /** @description billed (the basis of the provider's invoice) or effective (amortised). */
                metric?: string;
                /** @description How many months, the running one included: 1 to 12, 3 unless said otherwise. */
                months?: number;
                /** @description `unowned`: what nobody owns. */
                owner?: string[];
                /** @description Owned by these people: names or numbers. */
                person?: string[];
                /** @description Providers. */
                provider?: string[];
                /** @description Regions, by id. */
                region?: string[];
                /** @description Resources, by id. */
                resource?: string[];
                /** @description Services. */
                service?: string[];
                /** @description Tags, each KEY=VALUE. */
                tag?: string[];
                /** @description Owned by these teams, or by their members on that day: names or numbers. */
                team?: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Forecasts"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    health: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
        };
    };
    import: {
        parameters: {
            query?: {
                /** @description Keep what is loaded for the same billing period: the bill comes in parts. */
                add?: boolean;
                /** @description The client whose bill it is: name or number. */
                client?: string;
                /** @description The file's name, for the record. */
                name?: string;
                /** @description Import the rest of a file that has bad rows; the rows left out are recorded. */
                skip_bad_rows?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": number[];
            };
        };
        responses: {
            /** @description The work has begun. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    invoices: {
        parameters: {
            query?: {
                /** @description Only for this one: person:NAME, team:NAME or client:NAME. */
                for?: string;
                /** @description Only of this month. */
                month?: components["schemas"]["Month"];
                /** @description Only those that were to be paid before today and are not. */
                overdue?: boolean;
                /** @description Which page, from one; the first unless said otherwise. */
                page?: number;
                /** @description How many rows a page has; all there are if absent. */
                per_page?: number;
                /** @description Only those whose number or recipient has this in it. */
                search?: string;
                /** @description draft, approved, issued, `partly_paid`, paid or credited; several are any of them. */
                state?: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invoices"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    invoice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invoice"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_draft: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InvoiceChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invoice"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_draft: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    approve_invoice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invoice"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    attachments: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvoiceAttachments"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    add_attachment: {
        parameters: {
            query?: {
                /** @description The file's name. */
                name?: string;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": number[];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvoiceAttachment"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    attachment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
                n: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": number[];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    remove_attachment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
                n: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    credit_invoice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewCredit"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invoice"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    invoice_deliveries: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvoiceDeliveries"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    issue_invoice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invoice"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    invoice_message: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvoiceMessage"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    record_payment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PaymentDraft"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invoice"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    remove_payment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
                n: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InvoiceReason"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invoice"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    invoice_pdf: {
        parameters: {
            query?: {
                /** @description Whether the file carries its data for programs as well: Factur-X and ZUGFeRD, as PDF/A-3. */
                hybrid?: boolean;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": number[];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replace_invoice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InvoiceReason"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invoice"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    send_invoice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InvoiceSending"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvoiceDelivery"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    withdraw_invoice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invoice"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    invoice_xml: {
        parameters: {
            query?: {
                /** @description ubl (UBL 2.1) or cii (CII D16B); ubl unless said otherwise. */
                syntax?: string;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/xml": number[];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    batch_invoices: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewBatch"];
            };
        };
        responses: {
            /** @description The work has begun. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    invoice_batch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvoiceBatch"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    compare_invoices: {
        parameters: {
            query: {
                /** @description people, teams or clients; those who are billed if absent. */
                for?: string;
                /** @description The month. */
                month: components["schemas"]["Month"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvoiceComparison"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    draft_invoices: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewDrafts"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Drafts"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    invoice_mailing: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvoiceMailing"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    set_invoice_mailing: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InvoiceMailing"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvoiceMailing"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    overdue: {
        parameters: {
            query?: {
                /** @description As they stand on this day; today if absent. */
                as_of?: components["schemas"]["Day"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invoices"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    restatements: {
        parameters: {
            query: {
                /** @description The month. */
                month: components["schemas"]["Month"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Restatements"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    account: {
        parameters: {
            query: {
                /** @description person:NAME, team:NAME or client:NAME, or kind and number. */
                for: string;
                /** @description json, or pdf for a statement on the seller's paper in the recipient's language; json unless said otherwise. */
                format?: string;
                /** @description The first day. */
                from: components["schemas"]["Day"];
                /** @description The last day. */
                to: components["schemas"]["Day"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountStatement"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    verify_invoices: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The work has begun. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    jobs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Jobs"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    job: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancel_job: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    overview: {
        parameters: {
            query?: {
                /** @description As it was known at the end of this day in UTC, owned by today's rules; as it is known now if absent. */
                as_of?: components["schemas"]["Day"];
                /** @description The month; the latest loaded if absent. */
                month?: components["schemas"]["Month"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Overview"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    people: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["People"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    add_person: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPerson"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Person"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    person: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Person"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_person: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_person: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PersonChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Person"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    statement: {
        parameters: {
            query: {
                /** @description As it was known at the end of this day in UTC, owned by today's rules; as it is known now if absent. */
                as_of?: components["schemas"]["Day"];
                /** @description billed or effective. */
                metric?: string;
                /** @description The month. */
                month: components["schemas"]["Month"];
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Statement"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    periods: {
        parameters: {
            query?: {
                /** @description Only this client's: name or number. */
                client?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Periods"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    diff: {
        parameters: {
            query: {
                /**
                 * @description service, account, person, team, category, region, resource or any other dimension of costs;
                 *     service unless said otherwise.
                 */
                by?: string;
                /** @description The version before: its number in this workspace. */
                from: number;
                /** @description billed or effective. */
                metric?: string;
                /** @description The version after. */
                to: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PeriodDiff"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    price_books: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PriceBooks"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    add_price_book: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPriceBook"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PriceBook"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    price_book: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PriceBook"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_price_book: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPriceBook"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PriceBook"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    remove_price_book: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    write_price_book: {
        parameters: {
            query: {
                /** @description csv or toml. */
                format: string;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    preview_price_book: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PricePreviewQuestion"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PricePreview"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    price_book_versions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PriceBookVersions"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_price_book: {
        parameters: {
            query: {
                /** @description csv or toml. */
                format: string;
                /** @description The book's name; a new one is added. */
                name: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "text/plain": string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PriceBook"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    quarantine: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Quarantined"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    release: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its number. */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewRelease"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QuarantinedMonth"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reconciliation: {
        parameters: {
            query: {
                /** @description Only this client's: name or number. */
                client?: string;
                /** @description The month. */
                month: components["schemas"]["Month"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Reconciliation"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reconcile_month: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewReconciliation"];
            };
        };
        responses: {
            /** @description With dry_run: the plan. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReconciliationPlan"];
                };
            };
            /** @description The work has begun. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    report_pdf: {
        parameters: {
            query?: {
                /** @description en, de, fr or es; that of the workspace's documents unless said otherwise. */
                language?: string;
                /** @description The month; the latest loaded one unless said otherwise. */
                month?: components["schemas"]["Month"];
            };
            header?: never;
            path: {
                report: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": number[];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resources: {
        parameters: {
            query?: {
                /** @description Sub accounts, by id. */
                account?: string[];
                /** @description As it was known at the end of this day in UTC, owned by today's rules; as it is known now if absent. */
                as_of?: components["schemas"]["Day"];
                /** @description Charge categories. */
                category?: string[];
                /** @description On the bills of these clients: names or numbers. */
                client?: string[];
                /** @description How many at most, up to 1000. */
                limit?: number;
                /** @description billed or effective. */
                metric?: string;
                /** @description The month whose cost is shown; the latest loaded if absent. */
                month?: components["schemas"]["Month"];
                /** @description How many to leave out. */
                offset?: number;
                /** @description `unowned`: what nobody owns. */
                owner?: string[];
                /** @description Owned by these people: names or numbers. */
                person?: string[];
                /** @description Providers. */
                provider?: string[];
                /** @description Regions, by id. */
                region?: string[];
                /** @description Resources, by id. */
                resource?: string[];
                /** @description A part of the id or the name. */
                search?: string;
                /** @description Services. */
                service?: string[];
                /** @description Tags, each KEY=VALUE. */
                tag?: string[];
                /** @description Owned by these teams, or by their members on that day: names or numbers. */
                team?: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Resources"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rules: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rules"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    add_rule: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewRule"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangedRule"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_rule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeletedRule"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_rule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RuleChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangedRule"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    preview_rule: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewRule"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RulePreview"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    schedules: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Schedules"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_schedule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ScheduleChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Schedule"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    run_schedule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Run"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    schedule_runs: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Runs"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    session: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    settings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Settings"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_settings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Settings"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Settings"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    letterhead: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Letterhead"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_letterhead: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LetterheadDraft"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Letterhead"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    logo: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": number[];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    set_logo: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": number[];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Letterhead"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    drop_logo: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Letterhead"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sharing_rules: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SharingRules"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    add_sharing_rule: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewSharingRule"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SharingRule"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_sharing_rule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewSharingRule"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SharingRule"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_sharing_rule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    shared_costs: {
        parameters: {
            query?: {
                /** @description The first day, instead of a month. */
                from?: components["schemas"]["Day"];
                /** @description billed or effective. */
                metric?: string;
                /** @description The month. */
                month?: components["schemas"]["Month"];
                /** @description The last day, included. */
                to?: components["schemas"]["Day"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SharedCosts"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    preview_sharing: {
        parameters: {
            query?: {
                /** @description The first day, instead of a month. */
                from?: components["schemas"]["Day"];
                /** @description billed or effective. */
                metric?: string;
                /** @description The month. */
                month?: components["schemas"]["Month"];
                /** @description The number of the rule that it would replace. */
                replaces?: number;
                /** @description The last day, included. */
                to?: components["schemas"]["Day"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewSharingRule"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SharingPreview"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    discover: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Discover"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Discovered"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sync: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewSync"];
            };
        };
        responses: {
            /** @description With dry_run: the plan. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SyncPlans"];
                };
            };
            /** @description The work has begun. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tax_rules: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaxRules"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_tax_rules: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TaxRules"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaxRules"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tax_tables: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaxTables"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tax_table: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                country: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaxTable"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_tax_table: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                country: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewTaxTable"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaxTable"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reset_tax_table: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                country: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    teams: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Teams"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    add_team: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewTeam"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Team"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_team: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_team: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TeamChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Team"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    join_team: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
                person_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MembershipDays"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Team"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    leave_team: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
                person_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Team"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tenants: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tenants"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    add_tenant: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TenantDraft"];
            };
        };
        responses: {
            /** @description The work has begun. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tenant: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tenant"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_tenant: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TenantEdit"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tenant"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    remove_tenant: {
        parameters: {
            query: {
                /** @description The tenant's short name, to say that it is meant. */
                confirm: string;
                /** @description keep: the files stay in S3 with their key; erase: all versions of them are erased, and the key is. */
                files?: string;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The work has begun. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tenant_activity: {
        parameters: {
            query?: {
                /** @description The first day, in UTC; the last seven days if none is given. */
                from?: components["schemas"]["Day"];
                /** @description The last day, in UTC; today if none is given. */
                to?: components["schemas"]["Day"];
                /** @description Only this user's. */
                user?: string;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TenantActivity"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    download: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DownloadDraft"];
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Transfer"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tenant_drift: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TenantDrifts"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tenant_files: {
        parameters: {
            query?: {
                /** @description Where the last answer ended. */
                continuation?: string;
                /** @description The folder, which ends with /; the tenant's own place if none is given. */
                prefix?: string;
                /** @description Only files below it whose path holds this. */
                search?: string;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TenantFiles"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    remove_file: {
        parameters: {
            query: {
                /** @description Its path within the tenant's place; a folder's ends with /. */
                path: string;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FilesChanged"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    file_content: {
        parameters: {
            query: {
                /** @description Bytes from its beginning; eight mebibytes at most, and if nothing is said. */
                most?: number;
                /** @description Its path within the tenant's place. */
                path: string;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": number[];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    copy_file: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FileFromTo"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FilesChanged"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    make_folder: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FilePath"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FilesChanged"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tenant_leftovers: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TenantLeftovers"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    clean_leftovers: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FilesChanged"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rename_file: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FileFromTo"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FilesChanged"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    restore_file: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VersionToRestore"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FilesChanged"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    share_file: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LinkAsk"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileLink"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    file_versions: {
        parameters: {
            query: {
                /** @description Its path within the tenant's place; a folder's ends with /. */
                path: string;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileVersions"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    whole_file: {
        parameters: {
            query: {
                /** @description Its path within the tenant's place; a folder's ends with /. */
                path: string;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": number[];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    make_key_pair: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["KeyPairAsk"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyPair"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    mend_tenant: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TenantMended"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    set_tenant_quota: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TenantQuota"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tenant"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reactivate_tenant: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tenant"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tenant_removal: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TenantRemoval"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resume_setup: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The work has begun. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    suspend_tenant: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tenant"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    upload: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UploadDraft"];
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Transfer"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    upload_preflight: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UploadDraft"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadPreflight"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tenant_usage: {
        parameters: {
            query?: {
                /** @description The month; this one if none is given. */
                month?: components["schemas"]["Month"];
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TenantUsage"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    measure_tenant: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TenantUsage"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tenant_users: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TenantUsers"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    add_tenant_user: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TenantUserDraft"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TenantUser"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_tenant_user: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TenantUserEdit"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TenantUser"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    remove_tenant_user: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    add_tenant_key: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["KeyToAdd"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TenantUser"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    remove_tenant_key: {
        parameters: {
            query: {
                /** @description Its fingerprint. */
                fingerprint: string;
            };
            header?: never;
            path: {
                id: number;
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TenantUser"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_tenant_users: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": number[];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    import_tenant_users: {
        parameters: {
            query?: {
                /** @description Only say what would change. */
                dry_run?: boolean;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "text/csv": number[];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkUsers"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    verify_tenant: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TenantIsolation"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    transfer_limits: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TransferLimits"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    set_transfer_limits: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TransferLimits"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TransferLimits"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    transfers: {
        parameters: {
            query?: {
                /** @description Instead of the others those that were cleared, whose receipts are kept. */
                cleared?: boolean;
                /** @description Only those that have not ended. */
                open?: boolean;
                /** @description Only of this tenant. */
                tenant?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Transfers"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    clear_ended_transfers: {
        parameters: {
            query?: {
                /** @description keep or erase; keep if nothing is said. */
                receipts?: string;
                /** @description Only of this tenant. */
                tenant?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TransfersCleared"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    transfer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Transfer"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    clear_transfer: {
        parameters: {
            query?: {
                /** @description keep or erase; keep if nothing is said. */
                receipts?: string;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancel_transfer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Transfer"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    transfer_files: {
        parameters: {
            query?: {
                /** @description Only those after this file. */
                after?: number;
                /** @description waiting, underway, completing, done, skipped, clash, failed or cancelled; any if nothing is said. */
                state?: string;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TransferFiles"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    recheck_transfer_file: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                file: number;
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rechecked"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    retry_transfer_file: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                file: number;
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Transfer"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    limit_transfer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TransferLimit"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Transfer"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    pause_transfer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Transfer"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    prioritise_transfer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TransferTurn"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Transfer"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    receipts: {
        parameters: {
            query?: {
                /** @description Only those after this file. */
                after?: number;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Receipts"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    recheck_transfer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The work has begun. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resume_transfer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Transfer"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    retry_transfer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Transfer"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    settle_transfer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ClashAnswer"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Transfer"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    values: {
        parameters: {
            query?: {
                /** @description Only what charges had as known at the end of this day in UTC. */
                as_of?: components["schemas"]["Day"];
                /** @description Of this tag, for `tag-value`. */
                key?: string;
                /** @description How many at most, up to 1000. */
                limit?: number;
                /** @description A part of the value. */
                search?: string;
            };
            header?: never;
            path: {
                /** @description service, account, region, provider, category, resource, tag-key or tag-value */
                dimension: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Values"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    verify: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Verification"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    why: {
        parameters: {
            query?: {
                /** @description Sub accounts, by id. */
                account?: string[];
                /** @description As it was known at the end of this day in UTC, owned by today's rules; as it is known now if absent. */
                as_of?: components["schemas"]["Day"];
                /** @description What the rows of the report are, as in /costs. */
                by?: string;
                /** @description Charge categories. */
                category?: string[];
                /** @description On the bills of these clients: names or numbers. */
                client?: string[];
                /** @description The first day, instead of a month. */
                from?: components["schemas"]["Day"];
                /** @description The row's key; without it the total is asked about. */
                key?: string;
                /** @description billed or effective. */
                metric?: string;
                /** @description The month. */
                month?: components["schemas"]["Month"];
                /** @description `unowned`: what nobody owns. */
                owner?: string[];
                /** @description Owned by these people: names or numbers. */
                person?: string[];
                /** @description Providers. */
                provider?: string[];
                /** @description Regions, by id. */
                region?: string[];
                /** @description Resources, by id. */
                resource?: string[];
                /** @description Services. */
                service?: string[];
                /** @description Tags, each KEY=VALUE. */
                tag?: string[];
                /** @description Owned by these teams, or by their members on that day: names or numbers. */
                team?: string[];
                /** @description The last day, included. */
                to?: components["schemas"]["Day"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Why"];
                };
            };
            /** @description What went wrong. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
