//! What a driver tells about itself.

/// What a driver can do, and why it runs. It stays the same as long as the driver lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Info {
    /// The name of its kind, for messages: `epoll`, `io_uring`, `kqueue`, `IOCP`.
    pub name: &'static str,
    /// A send may be [held](super::Sent::Held), so its octets must stay until it completes.
    pub holds_sends: bool,
    /// The end or the failure of a connection is also reported while receiving is cancelled. Without it, the next
    /// receive or send shows it.
    pub notices_paused: bool,
    /// [`Driver::send_zero_copy`](super::Driver::send_zero_copy) may lend octets. Without it, it copies.
    pub lends: bool,
    /// [`Driver::send_file`](super::Driver::send_file) sends files. Without it, it always fails and files must be read.
    pub sends_files: bool,
    /// The system refused the kind that was chosen, with this error number, and another kind runs in its place.
    pub fallback: Option<i32>,
}
