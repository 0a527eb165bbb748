use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use tallyport_ledger::{Permission, PermissionKind};
use tallyport_workspace::{Grant, SignedIn};
use utoipa::openapi::OpenApi;
use utoipa::openapi::extensions::Extensions;
use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::security::SecurityRequirement;
use utoipa_axum::router::UtoipaMethodRouter;

use crate::problem::Problem;

/// Who asks, and that they may: the first argument of every handler but the open ones.
///
/// It yields the [`Grant`] that the use case demands. The identity is the [`SignedIn`] that the
/// transport put into the request; without one the answer is 401, without the permission 403.
pub struct Caller<P: Permission> {
    /// The proof of the permission.
    pub grant: Grant<P>,
    /// Who it is.
    pub signed_in: SignedIn,
}

impl<S: Send + Sync, P: Permission> FromRequestParts<S> for Caller<P> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let signed_in = parts
            .extensions
            .get::<SignedIn>()
            .cloned()
            .ok_or_else(Problem::not_signed_in)?;
        let grant = signed_in.grant::<P>()?;
        Ok(Self { grant, signed_in })
    }
}

/// A handler whose first argument is a [`Caller`]; its permission is part of its type.
pub trait Guarded<Arguments> {
    /// The permission it demands.
    type Demands: Permission;
}

macro_rules! guarded {
    ($($argument:ident),*) => {
        impl<F, Answer, P: Permission, $($argument),*> Guarded<(P, Answer, $($argument,)*)> for F
        where
            F: Fn(Caller<P>, $($argument),*) -> Answer,
        {
            type Demands = P;
        }
    };
}

guarded!();
guarded!(A);
guarded!(A, B);
guarded!(A, B, C);
guarded!(A, B, C, D);

/// The permission that a handler demands, read from its type.
pub fn permission_of<Arguments, F: Guarded<Arguments>>(_: &F) -> PermissionKind {
    F::Demands::KIND
}

/// Writes the permission into the document of the routes.
pub fn guard<S>(
    (schemas, mut paths, router): UtoipaMethodRouter<S>,
    permission: PermissionKind,
) -> UtoipaMethodRouter<S> {
    for item in paths.paths.values_mut() {
        for operation in operations(item) {
            operation
                .extensions
                .get_or_insert_with(Extensions::default)
                .insert("x-permission".to_owned(), permission.word().into());
            operation.security = Some(vec![SecurityRequirement::new(
                "session",
                [permission.word()],
            )]);
        }
    }
    (schemas, paths, router)
}

/// Routes of one handler that demands a [`Caller`]; any other handler does not compile.
macro_rules! guarded_routes {
    ($handler:path) => {
        $crate::guard::guard(
            utoipa_axum::routes!($handler),
            $crate::guard::permission_of(&$handler),
        )
    };
}
pub(crate) use guarded_routes;

fn operations(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    [
        &mut item.get,
        &mut item.put,
        &mut item.post,
        &mut item.patch,
        &mut item.delete,
    ]
    .into_iter()
    .flatten()
}

/// Every operation of `document`: method, path and the permission it demands, if it demands one.
#[must_use]
pub fn demanded(document: &OpenApi) -> Vec<(&'static str, String, Option<PermissionKind>)> {
    let permission = |operation: &Operation| {
        let word = operation
            .extensions
            .as_ref()?
            .get("x-permission")?
            .as_str()?;
        PermissionKind::ALL
            .iter()
            .copied()
            .find(|kind| kind.word() == word)
    };
    let mut all = Vec::new();
    for (path, item) in &document.paths.paths {
        for (method, operation) in [
            ("GET", &item.get),
            ("PUT", &item.put),
            ("POST", &item.post),
            ("PATCH", &item.patch),
            ("DELETE", &item.delete),
        ] {
            if let Some(operation) = operation {
                all.push((method, path.clone(), permission(operation)));
            }
        }
    }
    all
}
