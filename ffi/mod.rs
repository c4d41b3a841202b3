//! The C ABI.

#![allow(unsafe_code, non_camel_case_types)]

pub mod guard;
pub mod head;
