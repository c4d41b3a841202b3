//! The C ABI: checks arguments, contains panics, converts between C and the machines; no logic of its own.
//!
//! Everything public here becomes part of the C headers (`./dev header`), doc comments included, in the place where a line of `header/parts/`
//! names it. So names are C names: `ww_` for functions and types, `WW_` for constants. Functions are written out rather than made by
//! macros, which the header generator could not see into.

#![allow(unsafe_code, non_camel_case_types)]
// A function's whole comment is its contract in C; a heading for the Rust half of it would stand in the header.
#![allow(clippy::missing_safety_doc)]

#[cfg(feature = "service")]
pub mod address;
mod check;
pub mod chunk;
pub mod config;
pub mod conn;
#[cfg(feature = "service")]
mod descriptor;
#[cfg(feature = "service")]
pub mod driver;
mod error_info;
pub mod event;
#[cfg(feature = "service")]
pub mod event_loop;
pub mod file;
pub mod file_response;
#[cfg(feature = "service")]
pub mod group;
mod guard;
mod handle;
pub mod head;
mod head_views;
pub mod lookup;
#[cfg(feature = "service")]
pub mod mailbox;
pub mod message;
pub mod role;
pub mod semantics;
#[cfg(feature = "service")]
pub mod server;
#[cfg(feature = "service")]
pub mod slow;
pub mod status;
pub mod tls;
pub mod tls_config;
pub mod url;
pub mod version;
mod view;
pub mod websocket;
pub mod workspace;
pub mod write;
pub mod ws_message;
pub mod ws_prepared;
