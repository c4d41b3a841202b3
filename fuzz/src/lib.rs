//! What the fuzz targets have in common: how an input is read, and a connection driven by it to the end.
//!
//! The first octets of an input choose the configuration, what the application does and where the rest, the peer's octets,
//! is cut; so every finding replays.

pub mod addresses;
pub mod api;
pub mod application;
mod calls;
pub mod contents;
pub mod cuts;
mod files;
pub use api::random;
pub mod log;
pub mod proxy;
pub mod session;
pub mod setup;
pub mod values;

use setup::Setup;
use wireway::http1::machine::Role;

/// Octets before those of the peer.
pub const CONTROL: usize = 4;

/// Runs the peer's octets in as large pieces as a lend may have, and cut; both must be the same story. So must one whose application
/// copies what it has in files.
pub fn same_however_cut(role: Role, data: &[u8]) {
    let Some((&control, wire)) = data.split_first_chunk::<CONTROL>() else { return };
    let setup = Setup::of(role, control);
    let mut whole = session::run(&setup, wire, cuts::whole());
    let mut cut = session::run(&setup, wire, cuts::chosen(control[2], control[3], wire.len()));
    if setup.has_files {
        let copied = session::run(&Setup { has_files: false, ..setup.clone() }, wire, cuts::whole());
        assert_eq!(whole, copied, "a file goes as its octets do, in {setup:?}");
    }
    if role == Role::Client && whole.has_failed() {
        // What a client queued in the turn of a fatal error is not sent; more of it had been when the error came in a later turn.
        let same = whole.output.len().min(cut.output.len());
        whole.output.truncate(same);
        cut.output.truncate(same);
    }
    assert_eq!(whole, cut, "the same octets, cut differently, in {setup:?}");
}
