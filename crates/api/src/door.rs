use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::{Json, Router};
use tallyport_workspace::Context;
use utoipa::OpenApi;
use utoipa::openapi::OpenApi as Document;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::invoices::InvoiceVerification;
use crate::loopback::{self, Loopback, StartToken};
use crate::problem::Problem;
use crate::{
    alerts, anomalies, athena, budgets, buyers, care, channels, charges, clients, connections,
    costs, deliveries, einvoice, events, exchange_rates, exports, forecast, imports, interface,
    invoices, jobs, letterhead, overview, people, periods, price_books, quarantine, reconciliation,
    reports, resources, rules, schedules, session, settings, sharing, sources, statement, syncs,
    tables, tax_rules, taxes, teams, tenants, values, why,
};

/// Which way requests come in.
#[derive(Debug, Clone)]
pub enum Door {
    /// From the same process. The caller puts a [`SignedIn`](tallyport_workspace::SignedIn) into
    /// each request, as [`InProcess`](crate::InProcess) does.
    InProcess,
    /// Over HTTP on this machine: who brings the start-up token is the local super admin.
    Loopback {
        /// The token.
        token: StartToken,
        /// The port, which the `Host` header must name.
        port: u16,
    },
}

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Tallyport",
        description = "What your AWS accounts cost, who caused it and who pays. Amounts are \
            decimal strings, never numbers. Days are UTC days, both ends included. Every refusal \
            is a Problem. The permission that an operation demands stands in x-permission.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0"),
    ),
    components(schemas(Problem, InvoiceVerification))
)]
struct Head;

/// The door of an open workspace.
pub fn router(context: Context, door: Door) -> Router {
    let (routes, document) = described().split_for_parts();
    let document = finished(document);
    let answer = move || async move { Json(document) };
    let routes = routes
        .route("/api/v1/openapi.json", axum::routing::get(answer))
        .fallback(interface::file)
        .method_not_allowed_fallback(no_such_method)
        .with_state(context);
    let routes = match door {
        Door::InProcess => routes,
        Door::Loopback { token, port } => routes.layer(middleware::from_fn_with_state(
            Loopback { token, port },
            loopback::check,
        )),
    };
    routes
        .layer(middleware::from_fn(loopback::secure))
        .layer(middleware::from_fn(caught))
}

/// The description of all routes.
#[must_use]
pub fn openapi() -> Document {
    finished(described().split_for_parts().1)
}

fn described() -> OpenApiRouter<Context> {
    let guarded = OpenApiRouter::new()
        .merge(session::routes())
        .merge(overview::routes())
        .merge(costs::routes())
        .merge(budgets::routes())
        .merge(alerts::routes())
        .merge(anomalies::routes())
        .merge(exports::routes())
        .merge(tables::routes())
        .merge(forecast::routes())
        .merge(reports::routes())
        .merge(athena::routes())
        .merge(charges::routes())
        .merge(values::routes())
        .merge(resources::routes())
        .merge(people::routes())
        .merge(statement::routes())
        .merge(teams::routes())
        .merge(rules::routes())
        .merge(clients::routes())
        .merge(connections::routes())
        .merge(price_books::routes())
        .merge(sharing::routes())
        .merge(sources::routes())
        .merge(imports::routes())
        .merge(syncs::routes())
        .merge(periods::routes())
        .merge(reconciliation::routes())
        .merge(why::routes())
        .merge(quarantine::routes())
        .merge(schedules::routes())
        .merge(jobs::routes())
        .merge(events::routes())
        .merge(invoices::routes())
        .merge(channels::routes())
        .merge(deliveries::routes())
        .merge(buyers::routes())
        .merge(tenants::routes())
        .merge(tax_rules::routes())
        .merge(taxes::routes())
        .merge(exchange_rates::routes())
        .merge(einvoice::routes())
        .merge(settings::routes())
        .merge(letterhead::routes())
        .merge(care::routes())
        .routes(routes!(health));
    OpenApiRouter::with_openapi(Head::openapi()).nest("/api/v1", guarded)
}

fn finished(mut document: Document) -> Document {
    let scheme = SecurityScheme::Http(
        HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some("The start-up token that `tally serve` printed."))
            .build(),
    );
    document
        .components
        .get_or_insert_default()
        .add_security_scheme("session", scheme);
    document
}

/// Whether the program answers; needs nobody signed in and says nothing about the workspace.
#[utoipa::path(get, path = "/health", responses((status = 200, body = String)))]
async fn health() -> Json<&'static str> {
    Json("ok")
}

async fn no_such_method() -> Problem {
    Problem::new(
        StatusCode::METHOD_NOT_ALLOWED,
        "request.method",
        "This address does not take that method.",
    )
}

/// A handler that panics is a fault of ours; the program goes on and says so.
async fn caught(request: Request, next: Next) -> Response {
    match tokio::spawn(next.run(request)).await {
        Ok(answer) => answer,
        Err(_) => Problem::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "program.fault",
            "A fault of the program; nothing was changed by this request.",
        )
        .into_response(),
    }
}
