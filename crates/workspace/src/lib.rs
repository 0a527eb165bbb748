//! Room workspace.
