//! What a request carries, read so that every refusal is a [`Problem`].

use axum::extract::rejection::{JsonRejection, PathRejection};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use tallyport_workspace::Page;
use utoipa::IntoParams;

use crate::costs::Filters;
use crate::problem::{Problem, sentence};
use crate::query;

/// A part of the address.
pub struct Path<T>(pub T);

/// What stands behind the question mark; a parameter that the route does not know is refused,
/// since a filter that is silently ignored gives a wrong figure.
pub struct Query<T>(pub T);

/// Like [`Query`], with the filters that all questions about charges share.
pub struct Filtered<T>(pub T, pub Filters);

/// Like [`Query`], with which part of a long list is wanted.
pub struct Paged<T>(pub T, pub PageQuestion);

/// Which part of a long list.
#[derive(Debug, Clone, Copy, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PageQuestion {
    /// Which page, from one; the first unless said otherwise.
    pub page: Option<u64>,
    /// How many rows a page has; all there are if absent.
    pub per_page: Option<u64>,
}

/// No question at all.
#[derive(Debug, Deserialize, IntoParams)]
pub struct Nothing {}

/// A JSON body.
pub struct Json<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Path<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        axum::extract::Path::from_request_parts(parts, state)
            .await
            .map(|axum::extract::Path(value)| Self(value))
            .map_err(|rejection: PathRejection| {
                Problem::new(
                    StatusCode::NOT_FOUND,
                    "request.not-found",
                    format!(
                        "There is nothing at this address: {}.",
                        rejection.body_text()
                    ),
                )
            })
    }
}

impl<S: Send + Sync, T: DeserializeOwned + IntoParams> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let pairs = query::pairs(parts.uri.query());
        query::only(&pairs, &query::names::<T>())?;
        query::read(&pairs).map(Self)
    }
}

impl<S: Send + Sync, T: DeserializeOwned + IntoParams> FromRequestParts<S> for Filtered<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        both(parts).map(|(ask, filters)| Self(ask, filters))
    }
}

impl<S: Send + Sync, T: DeserializeOwned + IntoParams> FromRequestParts<S> for Paged<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        both(parts).map(|(ask, page)| Self(ask, page))
    }
}

/// Two questions in one address.
fn both<T, U>(parts: &Parts) -> Result<(T, U), Problem>
where
    T: DeserializeOwned + IntoParams,
    U: DeserializeOwned + IntoParams,
{
    let pairs = query::pairs(parts.uri.query());
    let mut known = query::names::<T>();
    known.extend(query::names::<U>());
    query::only(&pairs, &known)?;
    Ok((query::read(&pairs)?, query::read(&pairs)?))
}

impl PageQuestion {
    /// The same as rows that are left out and rows that are shown.
    pub fn page(self) -> Page {
        let limit = self.per_page.unwrap_or(u64::MAX);
        let before = self.page.unwrap_or(1).saturating_sub(1);
        Page {
            offset: before.saturating_mul(limit),
            limit,
        }
    }
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        axum::Json::from_request(request, state)
            .await
            .map(|axum::Json(value)| Self(value))
            .map_err(|rejection: JsonRejection| {
                let status = match rejection {
                    JsonRejection::JsonDataError(_) => StatusCode::UNPROCESSABLE_ENTITY,
                    JsonRejection::JsonSyntaxError(_) => StatusCode::BAD_REQUEST,
                    _ => rejection.status(),
                };
                let code = match rejection {
                    JsonRejection::JsonDataError(_) => "request.invalid",
                    _ => "request.unreadable",
                };
                Problem::new(status, code, sentence(&rejection.body_text()))
            })
    }
}
