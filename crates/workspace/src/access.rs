use std::fmt;
use std::marker::PhantomData;

use tallyport_ledger::{Permission, PermissionKind, Role};

/// Someone who has signed in: a name for the audit trail and a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedIn {
    name: String,
    role: Role,
}

/// Proof that someone holds the permission `P`. Only [`SignedIn::grant`] makes one, so that a use
/// case that demands it cannot be reached without.
pub struct Grant<P> {
    by: String,
    permission: PhantomData<fn() -> P>,
}

/// Why somebody may not.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a {role} may not {}", .permission.word())]
pub struct Refused {
    /// Their role.
    pub role: Role,
    /// What it lacks.
    pub permission: PermissionKind,
}

impl SignedIn {
    /// Somebody whose identity the transport has established.
    #[must_use]
    pub fn new(name: impl Into<String>, role: Role) -> Self {
        Self {
            name: name.into(),
            role,
        }
    }

    /// The person at this computer, who opened the workspace with its key.
    #[must_use]
    pub fn local_super_admin() -> Self {
        Self::new("local", Role::SuperAdmin)
    }

    /// Their name in the audit trail.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Their role.
    #[must_use]
    pub const fn role(&self) -> Role {
        self.role
    }

    /// The permissions they hold.
    #[must_use]
    pub fn permissions(&self) -> Vec<PermissionKind> {
        let all = PermissionKind::ALL.iter().copied();
        all.filter(|kind| self.role.may(*kind)).collect()
    }

    /// The permission `P`, if their role holds it.
    ///
    /// # Errors
    /// [`Refused`] names role and permission.
    pub fn grant<P: Permission>(&self) -> Result<Grant<P>, Refused> {
        if self.role.may(P::KIND) {
            Ok(Grant {
                by: self.name.clone(),
                permission: PhantomData,
            })
        } else {
            Err(Refused {
                role: self.role,
                permission: P::KIND,
            })
        }
    }
}

impl<P> Grant<P> {
    /// Who holds it, for the audit trail.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.by
    }
}

impl<P> Clone for Grant<P> {
    fn clone(&self) -> Self {
        Self {
            by: self.by.clone(),
            permission: PhantomData,
        }
    }
}

impl<P: Permission> fmt::Debug for Grant<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Grant({} by {})", P::KIND.word(), self.by)
    }
}
