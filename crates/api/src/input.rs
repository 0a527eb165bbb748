//! What a request carries, read so that every refusal is a [`Problem`].

use axum::extract::rejection::{JsonRejection, PathRejection};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use serde::Deserialize;
use serde::de::DeserializeOwned;
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
        let pairs = query::pairs(parts.uri.query());
        let mut known = query::names::<T>();
        known.extend(query::names::<Filters>());
        query::only(&pairs, &known)?;
        Ok(Self(query::read(&pairs)?, query::read(&pairs)?))
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
