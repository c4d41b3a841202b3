//! What the driver tells about itself.

use super::super::Info;

/// What the driver can do.
pub(super) const INFO: Info =
    Info { name: "IOCP", holds_sends: false, notices_paused: true, sends_files: false, lends: false, fallback: None };
