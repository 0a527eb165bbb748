//! Room lake.
